import pytest

from claims.extraction.tokens import Span, Token, tokenise
from claims.extraction.tree import Tree

TEXT = "The old port lost 40 ships."
HEADS = (("det", 2), ("amod", 2), ("nsubj:pass", 3), ("root", -1), ("nummod", 5), ("obj", 3), ("punct", 3))
PORT, LOST, SHIPS = 2, 3, 5


@pytest.fixture
def tree() -> Tree:
    words = tokenise(TEXT)
    for word, (relation, head) in zip(words, HEADS, strict=True):
        word.rel, word.dep, word.head = relation, relation.partition(":")[0], head
    return Tree(TEXT, words)


def test_relation_means_its_subtypes(tree: Tree) -> None:
    assert list(tree.children(LOST, "nsubj")) == [PORT]
    assert list(tree.children(LOST, "nsubj:pass", "obj")) == [PORT, SHIPS]
    assert list(tree.children(LOST, "obj:other")) == []
    assert (tree.child(LOST, "obj"), tree.child(LOST, "obl")) == (SHIPS, None)


def test_what_hangs_on_a_word_is_found_in_order(tree: Tree) -> None:
    assert tree.descend(LOST) == [0, 1, 2, 3, 4, 5, 6]
    assert tree.descend(LOST, without={PORT}) == [3, 4, 5, 6]
    assert tree.block(PORT) == (0, 3)
    assert tree.block(PORT, without={1}) == (2, 3)


def test_words_are_given_as_they_stand(tree: Tree) -> None:
    assert tree.string(*tree.block(SHIPS)) == "40 ships"
    assert tree.string(3, 3) == ""
    assert TEXT[slice(*tree.span(1, 3))] == "old port"


def test_span_is_turned_into_words(tree: Tree) -> None:
    assert tree.within(Span(4, 12)) == (1, 3)
    assert tree.within(Span(5, 7)) == (0, 0)


def test_way_up_ends_at_the_root(tree: Tree) -> None:
    assert [list(tree.ancestors(index)) for index in (0, LOST)] == [[PORT, LOST], []]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It cost 2,500.50 crowns.", ["It", "cost", "2,500.50", "crowns", "."]),
        ("The U.S. left.", ["The", "U.S.", "left", "."]),
        ("a US-led raid", ["a", "US-led", "raid"]),
        ("Iraq's port", ["Iraq", "'s", "port"]),
        ("They don’t.", ["They", "don’t", "."]),
        ("18%", ["18", "%"]),
        ("“Yes,” she", ["“", "Yes", ",", "”", "she"]),
        ("", []),
    ],
)
def test_text_is_cut_into_words_and_marks(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenise(text)] == words


def test_places_are_counted_from_the_beginning() -> None:
    assert [(token.start, token.end) for token in tokenise("a port")] == [(0, 1), (2, 6)]


@pytest.mark.parametrize(
    ("text", "is_acronym"), [("US", True), ("WHO", True), ("I", False), ("us", False), ("Us", False)]
)
def test_acronym_is_told_by_its_capitals(text: str, is_acronym: bool) -> None:
    assert Token(text, 0, len(text)).is_acronym is is_acronym
