"""Numbers as English newspapers write them: `2,500`, `4.3 billion`, `twenty-five`, `two hundred`, `1½`."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from claims.extraction.currencies import is_sign
from claims.extraction.facts import Bound
from claims.extraction.number_words import (
    NUMBER_WORDS,
    SCALES,
    STARTERS,
    cardinal_of,
    read_cardinal,
    read_part,
    read_scales,
)
from claims.extraction.tokens import Token
from claims.extraction.words import looks_plural, word_set

__all__ = ["SCALES", "ReadNumber", "is_attached", "read_number", "read_ordinal"]

_LETTER_SCALES = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9, "tn": 10**12,
    "trn": 10**12,
}  # fmt: skip
_LENGTHWAYS = word_set("high tall long wide deep above below apart away race wave wall across thick")
ATTACHED_UNITS = word_set("m km kg mph kph cm mm ha mw gw kwh gwh mwh lb lbs ft sq gb tb mb pc pp c f p")
_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3}){0,4},[0-9]{3}(?:\.[0-9]{1,12})?|[0-9]{1,15}(?:\.[0-9]{1,12})?")
_HYPHENS = re.compile("[-‐‑]")
_ORDINAL_ENDINGS = word_set("st nd rd th")
_MAX_WORDS = 24


class ReadNumber(NamedTuple):
    """`end` is the index of the first token after the number. A `share` is a part of one: 0.5 for half."""

    value: Decimal
    end: int
    in_words: bool
    bound: Bound | None = None
    share: bool = False


def read_number(tokens: list[Token], index: int) -> ReadNumber | None:
    """The number that begins at this token, `a` of `a hundred` included. Ordinals, codes (`G20`) and `5th` are none."""
    if tokens[index].text[0] in "0123456789":
        return _read_digits(tokens, index)
    return _read_words(tokens, index)


def read_ordinal(tokens: list[Token], index: int) -> ReadNumber | None:
    """`first`, `23rd`, `twenty-first`, `two hundredth`."""
    if tokens[index].text[:-2].isdecimal() and tokens[index].lower[-2:] in _ORDINAL_ENDINGS:
        return ReadNumber(_decimal(tokens[index].text[:-2]), index + 1, False)
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.lower in _ORDINAL_ENDINGS and following.start == tokens[index].end:
        digits = _DIGITS.fullmatch(tokens[index].text)
        return ReadNumber(_decimal(digits[0]), index + 2, False) if digits and "." not in digits[0] else None
    words, ends = _number_words(tokens, index, with_ordinal=True)
    last = cardinal_of(words[-1]) if words else None
    if not last or words[0] == "a":
        return None
    cardinal = ["one"] * (words[0] == words[-1] and last in SCALES) + words[:-1] + [last]
    value, taken = read_cardinal(cardinal)
    return ReadNumber(value, ends[-1], True) if taken == len(cardinal) else None


def is_attached(tokens: list[Token], index: int) -> bool:
    """Does a unit stand here that can follow a number without a space (`40km`)?"""
    return index < len(tokens) and tokens[index].lower in ATTACHED_UNITS


def _read_digits(tokens: list[Token], index: int) -> ReadNumber | None:
    token = tokens[index]
    before = tokens[index - 1] if index else None
    is_glued = before is not None and before.end == token.start
    if is_glued and before is not None and before.is_word:
        figure = " ".join(token.text for token in tokens[index : index + 2])
        if not is_sign(before.text, figure):
            return None
    if not _DIGITS.fullmatch(token.text):
        return None
    value, end = _decimal(token.text), index + 1
    if not _touches(tokens, end):
        return _scale_digits(tokens, value, end)
    letters = tokens[end].lower
    if letters == "-" and _touches(tokens, end + 1) and tokens[end + 1].lower in SCALES:
        return ReadNumber(value * SCALES[tokens[end + 1].lower], end + 2, False)
    part = _vulgar_fraction(letters)
    if part:
        return _scale_digits(tokens, value + part, end + 1)
    if letters == "m" and _is_length(tokens, index):
        return ReadNumber(value, end, False)
    if letters in _LETTER_SCALES:
        return ReadNumber(value * _LETTER_SCALES[letters], end + 1, False)
    return None if tokens[end].is_word and letters not in ATTACHED_UNITS else ReadNumber(value, end, False)


def _is_length(tokens: list[Token], index: int) -> bool:
    """`300m tall` are metres; `£300m`, `300m people` and `a population of 300m` are not."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 2] if index + 2 < len(tokens) else None
    is_money = before is not None and (not before.text[0].isalnum() or before.is_acronym) and before.text not in ",;:("
    is_count = after is not None and looks_plural(after.lower) and after.lower not in _LENGTHWAYS
    is_total = before is not None and before.lower in ("of", "to", "from", "than", "some", "about", "nearly", "over")
    is_alone = before is None and after is None
    return not (is_alone or is_money or is_count) and (after is None or after.lower in _LENGTHWAYS or not is_total)


def _scale_digits(tokens: list[Token], value: Decimal, end: int) -> ReadNumber:
    """`4.3 billion`, `2 and a half million`, `2 hundred thousand`."""
    words, ends = _number_words(tokens, end)
    part, at = read_part(words, 0)
    scale, taken = read_scales(words, at)
    if not taken or not ends[taken - 1]:
        return ReadNumber(value, end, False)
    return ReadNumber((value + part) * scale, ends[taken - 1], False)


def _read_words(tokens: list[Token], index: int) -> ReadNumber | None:
    if _HYPHENS.split(tokens[index].lower, maxsplit=1)[0] not in STARTERS:
        follows_article = index and tokens[index].lower in SCALES and tokens[index - 1].lower == "a"
        return _read_words(tokens, index - 1) if follows_article else None
    words, ends = _number_words(tokens, index)
    is_range = index > 0 and tokens[index - 1].lower == "between"
    value, taken = read_cardinal(words, joins=not is_range)
    end = ends[taken - 1] if taken else 0
    return ReadNumber(value, end, True) if end else None


def _number_words(tokens: list[Token], index: int, *, with_ordinal: bool = False) -> tuple[list[str], list[int]]:
    """The words of the number, and after each the index of the next token; 0 inside a word with a hyphen."""
    words: list[str] = []
    ends: list[int] = []
    for at in range(index, min(len(tokens), index + _MAX_WORDS)):
        parts = _HYPHENS.split(tokens[at].lower)
        is_last = with_ordinal and bool(cardinal_of(parts[-1]))
        if not all(part in NUMBER_WORDS for part in (parts[:-1] if is_last else parts)):
            break
        words += parts
        ends += [0] * (len(parts) - 1) + [at + 1]
        if is_last:
            break
    return words, ends


def _touches(tokens: list[Token], index: int) -> bool:
    """Does this token stand close to the one before it?"""
    return index < len(tokens) and tokens[index].start == tokens[index - 1].end


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _vulgar_fraction(mark: str) -> Decimal | None:
    """The value of `½`."""
    if len(mark) != 1 or mark.isdecimal() or mark.isalpha():
        return None
    value = unicodedata.numeric(mark, 0)
    if not 0 < value < 1:
        return None
    top, _, bottom = unicodedata.normalize("NFKC", mark).partition("⁄")
    return Decimal(top) / Decimal(bottom) if bottom else None
