"""What makes a figure rough or a bound: `roughly`, `at least`, `up to`, `or more`."""

import re

from claims.extraction.facts import Bound
from claims.extraction.tree import Tree

_APPROXIMATOR = re.compile(
    r"(?:\b(?:(?P<about>roughly|about|around|approximately|some|an estimated|estimated|circa|or so)"
    r"|(?P<min>(?:just |well |slightly |far )?(?:over|above|more than)|at least"
    r"|not? fewer than|not? less than|upwards of)"
    r"|(?P<max>(?:just |well )?(?:under|below)|(?:fewer|less) than|up to|at most|not? more than|no later than|within"
    r"|nearly|almost|close to|as (?:many|much|high) as)"
    r"|only(?: about)?|just|a record|as few as|as little as|an average of|a total of|an additional|another"
    r"|a further|an extra|exactly)\s+"
    r"|~\s?)$",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"\b(?:hand|turn|sign)(?:ed|s|ing)? over $|\bt(?:ake|akes|ook|aken|aking) over $", re.IGNORECASE)
_DURATION = re.compile(r"[\w-]+ (?:years|months|weeks|days|hours|nights|summers|winters|decades|seasons)\b(?! ago)")
_SPREAD = re.compile(  # what may be spread over a time: a sum, a change, what was done
    r"(?:[0-9%]|\b(?:million|billion|per\s?cent|percent|rise|raise|increase|cuts?|fall|drop|growth"
    r"|a (?:year|month|week)|(?:was|were|been|be) \w+(?:ed|[dnt])))\s$"
)
_REACH = 24  # characters
_COUNTING = frozenset(("NUM", "NOUN", "ADJ", "PROPN", "SYM"))
_AFTER = dict.fromkeys(("more", "above", "longer", "over", "higher", "older"), Bound.AT_LEAST) | dict.fromkeys(
    ("less", "fewer", "under", "below", "younger"), Bound.AT_MOST
)


def find_approximator(text: str, start: int) -> tuple[int, Bound | None]:
    """Where the approximator before the figure at `start` begins (`start` if there is none), and what it says."""
    found = _APPROXIMATOR.search(text, max(0, start - _REACH), start)
    if not found or (found["min"] and _is_no_bound(text, found, start)):
        return start, None
    return found.start(), _bound_of(found)


def _is_no_bound(text: str, found: re.Match[str], figure: int) -> bool:
    """`over` as the particle of a verb, or before how long something takes."""
    is_particle = bool(_PARTICLE.search(text, max(0, figure - _REACH), figure))
    return is_particle or (found["min"].lower() == "over" and _lasts(text, found.start(), figure))


def _lasts(text: str, start: int, figure: int) -> bool:
    """`a pay rise | over | two years`: how long it takes; `waited over two years` says how long at least."""
    return bool(_DURATION.match(text, figure)) and bool(_SPREAD.search(text, max(0, start - _REACH), start))


def _bound_of(found: re.Match[str]) -> Bound | None:
    if found["about"] or found[0].startswith("~"):
        return Bound.ABOUT
    if found["min"]:
        return Bound.AT_LEAST
    return Bound.AT_MOST if found["max"] else None


def find_bound_after(tree: Tree, index: int) -> tuple[int, Bound | None]:
    """The index after `or more` in `5% or more` (`index` if that does not follow), and what it says."""
    following = tree.words[index : index + 3]
    is_bound = len(following) > 1 and following[0].lower == "or"
    bound = _AFTER.get(following[1].lower) if is_bound else None
    goes_on = len(following) > 2 and (following[2].lower == "than" or following[2].upos in _COUNTING)
    return (index + 2, bound) if bound and not goes_on else (index, None)
