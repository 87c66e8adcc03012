import pytest

from claims.extraction.noun_phrases import end_of_noun, end_of_of_phrase, end_of_rate, skip_determiners
from claims.extraction.tree import Tree
from tests.extraction.reading import parse


def after(sentence: str, word: str) -> tuple[Tree, int]:
    """The parsed sentence, and the index of the word after this one."""
    tree = parse(sentence)
    return tree, next(index for index, token in enumerate(tree.words) if token.text == word) + 1


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("It has 40 ships.", "ships"),
        ("It has 40 US soldiers.", "US soldiers"),
        ("It has 40 newly built hospital beds.", "newly built hospital beds"),
        ("It killed 40 in May.", ""),
        ("It has 40 of them.", ""),
    ],
)
def test_noun_ends_with_its_head(sentence: str, phrase: str) -> None:
    tree, start = after(sentence, "40")
    assert tree.string(start, end_of_noun(tree, start)) == phrase


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("It lost half of the hospitals.", "of the hospitals"),
        ("It lost half of the city's hospitals.", "of the city's hospitals"),
        ("It lost half in May.", ""),
    ],
)
def test_of_phrase_keeps_its_owner(sentence: str, phrase: str) -> None:
    tree, start = after(sentence, "half")
    assert tree.string(start, end_of_of_phrase(tree, start)) == phrase


@pytest.mark.parametrize(
    ("sentence", "phrase", "per"),
    [
        ("It moves 40 ships a day.", "a day", "day"),
        ("It moves 40 ships per year.", "per year", "year"),
        ("It moves 40 ships annually.", "annually", "year"),
        ("It loses 40 ships per 100,000 people.", "per 100,000 people", "100,000 people"),
        ("It lost 40 ships a day earlier.", "", ""),
        ("It lost 40 ships a mayor owned.", "", ""),
        ("It lost 40 ships.", "", ""),
    ],
)
def test_rate_is_per_something_that_rates_are_of(sentence: str, phrase: str, per: str) -> None:
    tree, start = after(sentence, "ships")
    end, found = end_of_rate(tree, start)
    assert (tree.string(start, end), found) == (phrase, per)


def test_determiners_are_skipped() -> None:
    tree, start = after("It sold all its ships.", "sold")
    assert tree.words[skip_determiners(tree, start)].text == "ships"
