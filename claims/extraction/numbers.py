"""Numbers as English newspapers write them: `2,500`, `4.3 billion`, `twenty-five`, `two hundred`."""

import re
from decimal import Decimal
from typing import NamedTuple

from claims.extraction.tokens import Token
from claims.extraction.words import word_set

Number = int | float

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL_NUMBERS = {word: value for value, word in enumerate(_ONES.split())} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)
}
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "bn": 10**9, "tn": 10**12, "mn": 10**6, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_LETTER_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
ATTACHED_UNITS = word_set("km kg mph kph cm mm ha mw gw kwh gwh mwh lb lbs ft sq gb tb mb pc pp")
_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,4})?|[0-9]{1,15}(?:\.[0-9]{1,4})?")


class ReadNumber(NamedTuple):
    """`end` is the index of the first token after the number."""

    value: Number
    end: int
    in_words: bool


def read_number(tokens: list[Token], index: int) -> ReadNumber | None:
    """The number that begins at this token. Ordinals, codes (`G20`) and `5th` are none."""
    if tokens[index].text[0].isdigit():
        return _read_digits(tokens, index)
    return _read_words(tokens, index)


def _read_digits(tokens: list[Token], index: int) -> ReadNumber | None:
    token = tokens[index]
    touches_word = index > 0 and tokens[index - 1].is_word and tokens[index - 1].end == token.start
    if touches_word or not _DIGITS.fullmatch(token.text):
        return None
    value, end = Decimal(token.text.replace(",", "")), index + 1
    if end < len(tokens) and tokens[end].start == token.end and tokens[end].is_word:
        letters = tokens[end].lower
        if letters in ATTACHED_UNITS:
            return ReadNumber(_plain(value), end, False)
        if letters not in _LETTER_SCALES:
            return None
        return ReadNumber(_plain(value * _LETTER_SCALES[letters]), end + 1, False)
    return _with_scale(tokens, value, end, in_words=False)


def _read_words(tokens: list[Token], index: int) -> ReadNumber | None:
    value = _small_number(tokens[index].lower)
    if value is None and index and tokens[index].lower in SCALES and tokens[index - 1].lower == "a":
        return _with_scale(tokens, Decimal(1), index, in_words=True)
    if value is None:
        return None
    return _with_scale(tokens, Decimal(value), index + 1, in_words=True)


def _with_scale(tokens: list[Token], value: Decimal, end: int, *, in_words: bool) -> ReadNumber:
    """`two hundred and fifty thousand`: every scale multiplies, every small number after a scale adds."""
    while end < len(tokens) and tokens[end].lower in SCALES and value < 10**15:
        value *= SCALES[tokens[end].lower]
        end += 1
        skip = 1 if end + 1 < len(tokens) and tokens[end].lower == "and" else 0
        rest = _small_number(tokens[end + skip].lower) if end + skip < len(tokens) and in_words else None
        if rest:
            value, end = value + rest, end + skip + 1
    return ReadNumber(_plain(value), end, in_words)


def _small_number(word: str) -> int | None:
    """0 to 99, also `twenty-five`."""
    if word in SMALL_NUMBERS:
        return SMALL_NUMBERS[word]
    tens, hyphen, ones = word.partition("-")
    if hyphen and SMALL_NUMBERS.get(tens, 0) >= 20 and 0 < SMALL_NUMBERS.get(ones, 0) < 10:
        return SMALL_NUMBERS[tens] + SMALL_NUMBERS[ones]
    return None


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else float(value)


def is_attached(tokens: list[Token], index: int) -> bool:
    """Does a unit stand here that can follow a number without a space (`40km`)?"""
    return index < len(tokens) and tokens[index].lower in ATTACHED_UNITS
