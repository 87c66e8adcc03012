from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.facts import Bound
from claims.extraction.ratios import read_fraction, read_ratio, read_vague_number
from claims.extraction.tokens import tokenise
from tests.extraction.english_numbers import in_words


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("half", 1, 2), ("a third", 1, 3), ("one-tenth", 1, 10), ("two thirds", 2, 3), ("two-thirds", 2, 3),
        ("three quarters", 3, 4), ("three-quarters", 3, 4), ("¾", 3, 4), ("2/3", 2, 3), ("nine-tenths", 9, 10),
    ],
)  # fmt: skip
def test_fraction_is_a_share(text: str, part: int, whole: int) -> None:
    fraction = read_fraction(tokenise(f"{text} of voters"), 0)
    assert fraction is not None
    assert (fraction.value, fraction.share, fraction.end) == (Decimal(part) / whole, True, len(tokenise(text)))


@pytest.mark.parametrize("text", ["a second", "two second", "third", "a house", "3/2 of", "9/11", "a", "two"])
def test_what_only_looks_like_a_fraction_is_none(text: str) -> None:
    assert read_fraction(tokenise(text), 0) is None


@given(st.integers(1, 99), st.integers(2, 100), st.sampled_from((" in ", " out of ", " in every ", " out of every ")))
def test_ratio_is_read_back(part: int, whole: int, words: str) -> None:
    for text in (f"{part}{words}{whole}", f"{in_words(part)}{words}{in_words(whole)}"):
        ratio = read_ratio(tokenise(text), 0)
        assert (ratio and ratio.value) == (Decimal(part) / whole if part < whole else None)


def test_ratio_with_hyphens_is_read() -> None:
    ratio = read_ratio(tokenise("one-in-five women"), 0)
    assert ratio is not None
    assert (ratio.value, ratio.end) == (Decimal("0.2"), 1)


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("hundreds", 100, Bound.AT_LEAST), ("dozens", 12, Bound.AT_LEAST),
        ("tens of thousands", 10_000, Bound.AT_LEAST),
        ("hundreds of millions", 100_000_000, Bound.AT_LEAST), ("several hundred", 200, Bound.AT_LEAST),
        ("a few thousand", 2_000, Bound.AT_LEAST), ("a couple of hundred", 200, Bound.ABOUT),
    ],
)  # fmt: skip
def test_vague_number_is_a_bound(text: str, value: int, bound: Bound) -> None:
    number = read_vague_number(tokenise(f"{text} of people"), 0)
    assert number is not None
    assert (number.value, number.bound, number.end) == (value, bound, len(tokenise(text)))


@pytest.mark.parametrize("text", ["tens", "scores", "a few", "several people", "a couple", "tens of people"])
def test_words_without_a_size_are_no_number(text: str) -> None:
    assert read_vague_number(tokenise(text), 0) is None


@given(st.text(max_size=40))
def test_any_text_is_bearable(text: str) -> None:
    tokens = tokenise(text)
    for index in range(len(tokens)):
        for read in (read_fraction, read_ratio, read_vague_number):
            found = read(tokens, index)
            assert found is None or index < found.end <= len(tokens)
