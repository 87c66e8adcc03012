"""Measures that are one word with what they measure: `seven-month siege`, `14-month closure`, `a 200-bed hospital`."""

import re

from claims.extraction.facts import Amount
from claims.extraction.noun_phrases import end_of_noun, end_of_of_phrase
from claims.extraction.numbers import ReadNumber, read_number
from claims.extraction.tokens import tokenise
from claims.extraction.tree import Tree

_UNIT = re.compile(
    r"(?:year|month|week|day|hour|minute|mile|kilomet(?:er|re)|met(?:er|re)|foot|acre|hectare|tonne|ton|point|seat"
    r"|bed)s?"
)


def read_compound(tree: Tree, number: ReadNumber) -> tuple[int, Amount] | None:
    """The index after `14-month closure`, where the hyphen stands apart from the figure, and what it says."""
    words = tree.words
    at = number.end
    if at + 1 >= len(words) or words[at].text not in "-‐‑" or words[at].start != words[at - 1].end:
        return None
    if words[at + 1].start != words[at].end or not words[at + 1].is_word:
        return None
    end = end_of_noun(tree, at + 2)
    if end == at + 2 or not _UNIT.fullmatch(words[at + 1].lower):
        return None
    return end_of_of_phrase(tree, end), Amount(value=number.value, unit=_many(words[at + 1].lower))


def read_hyphened(tree: Tree, index: int) -> tuple[int, Amount] | None:
    """The same of `seven-month siege`, which is one word with its figure."""
    count, _, unit = tree.words[index].lower.rpartition("-")
    number = read_number(tokenise(count), 0) if count and _UNIT.fullmatch(unit) else None
    end = end_of_noun(tree, index + 1)
    if not number or end == index + 1:
        return None
    return end_of_of_phrase(tree, end), Amount(value=number.value, unit=_many(unit))


def _many(unit: str) -> str:
    return unit if unit.endswith("s") else f"{unit}s"
