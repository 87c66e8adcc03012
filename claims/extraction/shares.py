"""Quantities without a plain number: fractions, records, and numbers that stay vague."""

from typing import NamedTuple

from claims.extraction.noun_phrases import has_plural, read_of_phrase
from claims.extraction.numbers import read_number
from claims.extraction.tokens import Token, join_words
from claims.extraction.words import DETERMINERS, word_set

RATIO_WORDS = word_set("in out of every")
_FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "one-third": 1 / 3, "two-thirds": 2 / 3, "quarter": 1 / 4, "one-quarter": 1 / 4,
    "three-quarters": 3 / 4, "fifth": 1 / 5, "one-fifth": 1 / 5, "tenth": 1 / 10,
}  # fmt: skip
_ONLY_AFTER_ARTICLE = word_set("third quarter fifth tenth")
_RECORDS = word_set(
    "lowest highest worst best biggest largest smallest deadliest longest shortest fastest slowest strongest weakest",
    "hottest coldest driest wettest sharpest steepest heaviest oldest youngest",
)
_PERIODS = word_set("years months weeks decades days year decade century history")
_VAGUE = {
    "tens": 20,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "billions": 2 * 10**9,
}
_MAX_RECORD_WORDS = 6


class Share(NamedTuple):
    """`end` is the index of the first token after it."""

    end: int
    unit: str
    facts: dict[str, object]


def read_fraction(tokens: list[Token], index: int) -> Share | None:
    """`half of the city's hospitals`, `a third of voters` (from `third` on)."""
    value = _FRACTIONS.get(tokens[index].lower)
    after_article = index > 0 and tokens[index - 1].lower in ("a", "one")
    if value is None or (tokens[index].lower in _ONLY_AFTER_ARTICLE and not after_article):
        return None
    end = read_of_phrase(tokens, index + 1)
    if end == index + 1:
        return None
    return Share(end, counted_noun(tokens, index + 2, end), {"value": value, "approximate": False, "share": True})


def read_record(tokens: list[Token], index: int) -> Share | None:
    """`lowest level in 50 years`, `highest rate since 1998`."""
    if tokens[index].lower not in _RECORDS:
        return None
    for at in range(index + 1, min(len(tokens), index + 2 + _MAX_RECORD_WORDS)):
        end = _read_period(tokens, at)
        if end:
            break
    else:
        return None
    return Share(
        end, join_words(tokens, index + 1, at), {"record": tokens[index].lower, "since": join_words(tokens, at, end)}
    )


def _read_period(tokens: list[Token], index: int) -> int:
    """Index after `in 50 years`, `since 1998`, `in decades`; 0 if that is not what follows."""
    if index + 1 >= len(tokens) or tokens[index].lower not in ("in", "since", "for"):
        return 0
    number = read_number(tokens, index + 1)
    at = number.end if number else index + 1
    if number and tokens[index].lower == "since":
        return at
    at += 1 if not number and tokens[at].lower in ("a", "its", "recorded", "more") else 0
    return at + 1 if at < len(tokens) and tokens[at].lower in _PERIODS else 0


def read_vague_number(tokens: list[Token], index: int) -> Share | None:
    """`dozens of patients`, `tens of thousands of people`: at least that many."""
    value = _VAGUE.get(tokens[index].lower)
    if value is None:
        return None
    at = index + 1
    while at + 1 < len(tokens) and tokens[at].lower == "of" and tokens[at + 1].lower in _VAGUE:
        value, at = value * _VAGUE[tokens[at + 1].lower] // 2, at + 2
    end = read_of_phrase(tokens, at)
    if not has_plural(tokens, at, end):
        return None
    facts: dict[str, object] = {"value": value, "approximate": True, "bound": "at_least"}
    return Share(end, counted_noun(tokens, at + 1, end), facts)


def counted_noun(tokens: list[Token], start: int, end: int) -> str:
    """The phrase without the determiners before it."""
    while start < end and (tokens[start].lower in DETERMINERS or tokens[start].lower == "all"):
        start += 1
    return join_words(tokens, start, end)
