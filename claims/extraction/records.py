"""Records: `lowest level in 50 years`, `highest rate since 1998`."""

from decimal import Decimal
from typing import NamedTuple

from claims.extraction.facts import Amount
from claims.extraction.numbers import read_number
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

RECORDS = word_set(
    "lowest highest worst best biggest largest smallest deadliest longest shortest fastest slowest strongest",
    "weakest hottest coldest driest wettest sharpest steepest heaviest oldest youngest warmest busiest fewest",
    "most least first",
)
_PERIODS = word_set("years months weeks decades days year decade century history record")
_MORE = word_set("more than at least nearly almost over about around some roughly")
_MAX_RECORD_WORDS = 6


class Record(NamedTuple):
    """`end` is the index of the first word after it."""

    end: int
    amount: Amount


def read_record(tree: Tree, index: int) -> Record | None:
    """A superlative with its span: the span's number and unit are the amount's."""
    words = tree.words
    if words[index].lower not in RECORDS or (index and words[index - 1].lower == "at"):  # `at least 40 since May`
        return None
    for at in range(index + 1, min(len(words), index + 2 + _MAX_RECORD_WORDS)):
        if words[at].text in ",;:." or words[at].lower == "time":
            return None
        period = _read_period(tree, at)
        if period:
            end, value, unit = period
            return Record(end, Amount(value=value, unit=unit, record=words[index].lower))
    return None


def _read_period(tree: Tree, index: int) -> tuple[int, Decimal | None, str] | None:
    """Index after `in 50 years`, `since 1998`, `in decades`, with its number and unit; None if that does not follow."""
    words, tie = tree.words, tree.words[index].lower
    at = index + 1
    if at >= len(words) or tie not in ("in", "since", "for", "on"):
        return None
    if tie == "on":
        return (at + 1, None, "record") if words[at].lower == "record" else None
    while at < len(words) - 1 and words[at].lower in _MORE:
        at += 1
    if tie == "since":
        return _read_since(tree, at)
    number = read_number(words, at)
    at = number.end if number else at + (words[at].lower in ("a", "its", "recorded"))
    if at < len(words) and words[at].lower in _PERIODS:
        return at + 1, number.value if number else None, words[at].lower
    return None


def _read_since(tree: Tree, at: int) -> tuple[int, Decimal | None, str] | None:
    """`since 1998`, `since March 2009`."""
    words = tree.words
    at += words[at].lower == "the"
    if at >= len(words):
        return None
    if at + 1 < len(words) and words[at].upos == "NOUN" and words[at + 1].lower in ("began", "started", "begin"):
        return _read_beginning(tree, at + 2)
    year = at if words[at].text.isdigit() else at + 1
    if year < len(words) and words[year].text.isdigit() and len(words[year].text) == 4:
        return year + 1, Decimal(words[year].text), "year"
    return (at + 1, None, "") if words[at].upos == "PROPN" else None


def _read_beginning(tree: Tree, at: int) -> tuple[int, Decimal | None, str]:
    """`since records began`, `since records began in 1995`: `at` is the index after the verb."""
    words = tree.words
    is_dated = at + 1 < len(words) and words[at].lower == "in" and words[at + 1].text.isdecimal()
    return (at + 2, Decimal(words[at + 1].text), "year") if is_dated else (at, None, "")
