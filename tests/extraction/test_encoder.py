"""What the parse promises of any text, whatever the weights."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import encoder
from claims.extraction.tokens import Token, tokenise
from claims.extraction.tree import Tree
from tests.extraction.reading import read

FRAGMENTS = "the port lost 40 ships and said that who when closed , “ ” . : of it Mary in 2021 to is are because US %"
SOUPS = st.lists(st.sampled_from(FRAGMENTS.split(" ")), max_size=30).map(" ".join)
SENTENCES = ("The port lost 40 ships in 2023.", "Maria Keller said that the bridge was safe.", "Is it over?")


def parse_words(text: str) -> list[Token]:
    words = tokenise(text)
    encoder.read(text, words)
    return words


@settings(deadline=None)
@given(SOUPS | st.text(max_size=80))
def test_every_word_leads_to_the_one_root(text: str) -> None:
    words = parse_words(text)
    tree = Tree(text, words)
    roots = [index for index, word in enumerate(words) if word.head == -1]
    assert len(roots) == min(1, len(words))
    for index in range(len(words)):
        above = list(tree.ancestors(index))  # never ends in a circle
        assert (above or [index])[-1] == roots[0]
        assert index in tree.descend(roots[0])


def test_root_is_the_verb() -> None:
    tree = read("The port lost 40 ships in 2023.").tree
    root = next(index for index, word in enumerate(tree.words) if word.head == -1)
    assert tree.words[root].text == "lost"
    assert [tree.words[kid].text for kid in tree.children(root, "nsubj", "obj", "obl")] == ["port", "ships", "2023"]


def test_outcome_does_not_depend_on_what_was_read_before() -> None:
    alone = {sentence: repr((read(sentence).logit, parse_words(sentence))) for sentence in SENTENCES}
    for sentence in reversed(SENTENCES):
        read("Something else, at some length, was read first.")
        assert repr((read(sentence).logit, parse_words(sentence))) == alone[sentence]


@pytest.mark.parametrize("text", ["", " ", ".", "\ud800", "😀" * 600, "\x00" * 600])
def test_text_without_words_is_bearable(text: str) -> None:
    assert all(word.start < word.end for word in parse_words(text))


def test_words_beyond_the_window_keep_their_places() -> None:
    text = "a b c d e " * 150 + "The port lost 40 ships."
    words = parse_words(text)
    assert len(words) > encoder.MAX_PIECES
    assert [text[word.start : word.end] for word in words] == [word.text for word in words]
    assert words[-1].head >= 0


def test_a_state_is_the_mean_of_its_words() -> None:
    reading = read("The port lost 40 ships.")
    assert reading.state_of([1, 2]) == pytest.approx((reading.state_of([1]) + reading.state_of([2])) / 2)
    assert reading.state_of([1]).shape == (384,)


def test_words_beyond_the_window_have_the_state_of_the_whole() -> None:
    reading = read("a b c d e " * 150)
    assert reading.state_of([700, 701]).tolist() == reading.state_of([-1]).tolist()


@pytest.mark.parametrize(
    ("word", "case"), [("port", 0), ("2023", 0), ("“", 0), ("Port", 1), ("I", 1), ("US", 2), ("McKay", 3), ("iPad", 3)]
)
def test_capitals_are_told(word: str, case: int) -> None:
    assert encoder.case_of(word) == case


def test_pieces_are_aligned_with_words() -> None:
    words = tokenise("US ports")
    pieces = encoder.align([101, 2149, 3417, 2015, 102], [(0, 0), (0, 2), (3, 7), (7, 8), (0, 0)], words)
    assert pieces == ([101, 2149, 3417, 2015, 102], [0, 2, 0, 0, 0], [0, 1, 2])


def embed(text: str) -> numpy.ndarray:
    """The sentence's place among all sentences, 384 numbers."""
    encoding = encoder._tokenizer().encode(text)
    pieces = encoder.align(encoding.ids, encoding.offsets, tokenise(text))
    inputs = {name: numpy.array(values) for name, values in zip(("ids", "cases", "starts"), pieces, strict=True)}
    return encoder._session().run(("embedding",), inputs)[0]


def test_embedding_has_unit_length() -> None:
    assert [round(float(numpy.linalg.norm(embed(sentence))), 5) for sentence in SENTENCES] == [1, 1, 1]


def test_embedding_places_like_with_like() -> None:
    said, again, other = map(
        embed, ("The port lost 40 ships.", "Forty ships were lost by the port.", "The queen visited a school.")
    )
    assert said @ again > said @ other
