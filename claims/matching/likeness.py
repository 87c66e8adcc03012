"""How alike two claims are by their words, numbers and facts, and why. Pure Python.

It compares words and understands none: that two sentences mean the same in other words, or the opposite in the same
words, is for people to see. The weights and the threshold are from `tests/matching/gold_pairs.jsonl`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from claims.matching.facts import compare_facts
from claims.matching.words import Said, is_year, read_words

ALIKE = 0.52  # from this likeness on, a claim is shown
_ENOUGH = 3  # shared words and numbers; fewer are worth less, whatever part of the claim they are
_SAME_NUMBER = 0.25  # of what is missing to 1
_SAME_CLAIMANT = 0.05
_NAME_AND_NUMBER = 0.6  # at least, for a name and a number that both share, in whatever language
_OTHER_FACTS = 0.85  # the same matter, but another figure or day: what a fact-checker looks for, after the same one
_OTHER_NAMES = 0.5  # "2,500 dockers" of Velmar and of Ostrand
_OTHER_OPENINGS = 0.75  # an opening word may be a name


@dataclass(frozen=True)
class Comparable:
    """What is compared of a claim."""

    said: Said
    facts: Mapping[str, Any] = field(default_factory=dict)
    claimant: int | None = None

    @classmethod
    def of(cls, headline: str, stand_alone: str, facts: Any, claimant: int | None) -> "Comparable":
        return cls(read_words(headline, stand_alone), facts if isinstance(facts, Mapping) else {}, claimant)


@dataclass(frozen=True)
class Likeness:
    """`degree`: 0 to 1. Words and numbers are as the first claim writes them; facts go by their names."""

    degree: float
    shared_words: tuple[str, ...] = ()
    shared_numbers: tuple[str, ...] = ()
    same_facts: tuple[str, ...] = ()
    differing_facts: tuple[str, ...] = ()
    same_claimant: bool = False


def compare(one: Comparable, other: Comparable) -> Likeness:
    words = tuple(form for key, form in one.said.words.items() if key in other.said.words)
    numbers = tuple(form for key, form in one.said.numbers.items() if key in other.said.numbers)
    same, differing = compare_facts(one.facts, other.facts)
    same_claimant = one.claimant is not None and one.claimant == other.claimant
    degree = _weigh_words(one.said, other.said, len(words), len(numbers)) * _weigh_names(one.said, other.said)
    if words:
        degree = _weigh_numbers(degree, one.said, other.said, "quantity" in same)
        degree += (1 - degree) * _SAME_CLAIMANT * same_claimant
    if differing or (one.said.numbers and other.said.numbers and not numbers and not same):
        degree *= _OTHER_FACTS
    return Likeness(round(degree, 3), words, numbers, same, differing, same_claimant)


def _weigh_words(one: Said, other: Said, shared: int, numbers: int) -> float:
    """Halfway between the part of the shorter that is shared, and the part of both."""
    sizes = len(one.words), len(other.words)
    if not min(sizes):
        return 0.0
    part = (shared / min(sizes) + 2 * shared / sum(sizes)) / 2
    return part * min(1.0, (shared + numbers + 1) / (_ENOUGH + 1))


def _weigh_names(one: Said, other: Said) -> float:
    if one.names and other.names and not one.names & other.names:
        return _OTHER_NAMES
    named = one.names | one.openings, other.names | other.openings
    return _OTHER_OPENINGS if all(named) and not named[0] & named[1] else 1.0


def _weigh_numbers(degree: float, one: Said, other: Said, same_quantity: bool) -> float:
    """The year does not count: very many claims are of the same one."""
    numbers, others = ({key for key in said.numbers if not is_year(key)} for said in (one, other))
    if not (numbers & others or same_quantity):
        return degree
    degree += (1 - degree) * _SAME_NUMBER
    is_named = (one.names | one.openings) & (other.names | other.openings)
    return max(degree, _NAME_AND_NUMBER) if is_named else degree
