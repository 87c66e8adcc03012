from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.extraction.numbers import ReadNumber, read_number, read_ordinal
from claims.extraction.tokens import tokenise
from tests.extraction.english_numbers import in_words

numbers = st.integers(0, 10**12) | st.integers(0, 10**4)


def read(text: str) -> ReadNumber | None:
    """The number that takes all of the text's words; a number that stops early is none."""
    tokens = tokenise(text)
    number = read_number(tokens, 0)
    return number if number and number.end == len(tokens) else None


@given(numbers, st.sampled_from((" and ", " ")), st.sampled_from(("-", " ")))
@example(10**12, " ", "-")
def test_number_in_words_is_read_back(number: int, joint: str, hyphen: str) -> None:
    found = read(in_words(number, joint=joint, hyphen=hyphen))
    assert found is not None
    assert (found.value, found.in_words) == (number, True)


@given(numbers, st.sampled_from(("{}", "{:,}")))
def test_number_in_digits_is_read_back(number: int, form: str) -> None:
    found = read(form.format(number))
    assert found is not None
    assert (found.value, found.in_words) == (number, False)


@given(
    st.decimals(min_value=0, max_value=999, places=2),
    st.sampled_from((("k", 3), ("m", 6), ("bn", 9), ("tn", 12), (" million", 6), (" billion", 9), ("-million", 6))),
)
def test_scaled_number_is_read_back(figure: Decimal, scale: tuple[str, int]) -> None:
    found = read(f"{figure}{scale[0]}")
    assert found is not None
    assert found.value == figure * 10 ** scale[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a dozen", 12), ("half a dozen", 6), ("two dozen", 24), ("a hundred", 100),
        ("one and a half million", 1_500_000),
        ("1½", "1.5"), ("1½ million", 1_500_000), ("two and a half", "2.5"), ("half a million", 500_000),
        ("1.5-million", 1_500_000), ("a million and a half", 1_500_000), ("half-a-million", 500_000),
        ("three quarters of a million", 750_000), ("twenty-five hundred", 2500), ("2 and a half million", 2_500_000),
        ("12,34,567", 1_234_567), ("five hundred thousand million", 5 * 10**11),
    ],
)  # fmt: skip
def test_usual_ways_of_writing_are_read(text: str, value: object) -> None:
    found = read(text)
    assert found is not None
    assert found.value == Decimal(str(value))


@pytest.mark.parametrize("text", ["5th", "a man", "hundred", "first", "half", "a", "and", "1.2.3", "12,3", "٣"])
def test_what_is_no_cardinal_number_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("two hundred and three hundred", 2), ("ten and eleven", 1), ("two thousand people", 2), ("6 and a person", 1)],
)
def test_number_ends_where_another_thing_begins(text: str, words: int) -> None:
    number = read_number(tokenise(text), 0)
    assert number is not None
    assert number.end == words


@pytest.mark.parametrize(("text", "value"), [("first", 1), ("23rd", 23), ("twenty-first", 21), ("two hundredth", 200)])
def test_ordinals_are_read_apart(text: str, value: int) -> None:
    tokens = tokenise(text)
    ordinal = read_ordinal(tokens, 0)
    assert ordinal is not None
    assert (ordinal.value, ordinal.end) == (value, len(tokens))


@given(st.integers(1, 10**6))
def test_ordinal_in_digits_is_read_back(number: int) -> None:
    ordinal = read_ordinal(tokenise(f"{number:,}th"), 0)
    assert ordinal is not None
    assert ordinal.value == number


@given(st.text(max_size=40))
def test_any_text_is_bearable(text: str) -> None:
    tokens = tokenise(text)
    for index in range(len(tokens)):
        number = read_number(tokens, index)
        assert number is None or index < number.end <= len(tokens)
        ordinal = read_ordinal(tokens, index)
        assert ordinal is None or index < ordinal.end <= len(tokens)
