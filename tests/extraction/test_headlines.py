import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.headlines import MAX_HEADLINE_CHARS, label_clause, label_phrase, subject_of
from claims.extraction.tokens import Span
from tests.extraction.reading import read


def test_phrase_is_put_on_one_line() -> None:
    assert label_phrase("some\n  2,500 troops left", Span(0, 19)) == "some 2,500 troops"


@given(st.text(min_size=1, max_size=400))
def test_label_is_never_too_long(text: str) -> None:
    label = label_phrase(text, Span(0, len(text)))
    assert len(label) <= MAX_HEADLINE_CHARS
    assert label == " ".join(label.split())


def test_long_label_ends_at_a_word() -> None:
    words = label_phrase("word " * 100, Span(0, 500)).split()
    assert set(words[:-1]) == {"word"}
    assert words[-1] == "word…"


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("The council’s plan passed.", "The council’s plan passed"),
        ("“The plan passed,” he said.", "The plan passed"),
    ],
)
def test_clause_is_told_in_the_words_of_the_article(sentence: str, label: str) -> None:
    reading = read(sentence)
    clause = reading.clauses[0]
    assert label_clause(reading, clause, clause.words) == label


def test_subject_of_a_label_is_no_longer_than_its_noun() -> None:
    reading = read("The old port of Ostrel, which burned, lost 40 ships.")
    port = next(index for index, word in enumerate(reading.tree.words) if word.text == "port")
    assert subject_of(reading, port) == "The old port of Ostrel"
