"""What a quantity is compared with, and in which direction."""

import re

from claims.extraction.facts import Comparison, Direction
from claims.extraction.tokens import squeeze
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_BASE = r"(?P<base>(?:[^,;:.()–—]|[.,](?=\d)){2,60})"
_AFTER = re.compile(
    rf"\s*(?:of \w+ )?(?:(?P<more>more|higher|above|larger|greater|longer|older|faster|bigger)"
    rf"|(?P<less>less|fewer|lower|below|smaller|shorter|younger|slower))\b(?: \w+){{0,2}}?(?: than {_BASE})?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:(?P<more>more|higher|above|larger|greater|longer)|(?:less|fewer|lower|below|smaller|shorter))\b.*?"
    r"\bthan (?P<base>(?!\d).+)"
)
_FROM = re.compile(
    rf"[^.;]{{0,30}}?\b(?:(?P<up>up from)|(?P<down>down from)|compared (?:with|to)|against)\s{_BASE}", re.IGNORECASE
)
_TIMES = re.compile(rf"\s*times?\b[^.;]{{0,40}}?\b(?:than|as)\s{_BASE}", re.IGNORECASE)
_ROSE = re.compile(
    r"\b(?:rose|risen|increased|grew|grown|jumped|climbed|soared|surged|gained|up|rise|increase)\b", re.I
)
_FELL = re.compile(r"\b(?:fell|fallen|dropped|declined|shrank|shrunk|decreased|slipped|down|fall|drop|decline)\b", re.I)
_NEAR_WORDS = 4
_COMPARATIVES = word_set(
    "more higher above larger greater longer less fewer lower below smaller shorter cheaper earlier later sooner",
    "faster slower as",
)
_REACH, _STOPS = 5, frozenset(',;:.()–—”"')


def find_comparison(tree: Tree, first: int, end: int) -> Comparison | None:
    """For the quantity of words `first` to `end`: `12% higher than a year earlier`, `rose by 18%`, `up from 2,100`."""
    rest = tree.text[tree.words[end - 1].end :]
    after = _AFTER.match(rest) or _WITHIN.search(tree.string(first, end))
    if after:
        direction = Direction.MORE if after["more"] else Direction.LESS
        return Comparison(direction, squeeze(after["base"] or ""))
    before = tree.string(max(0, first - _NEAR_WORDS), first)
    compared = _FROM.match(rest)
    if _ROSE.search(before) or (compared and compared["up"]):
        return Comparison(Direction.UP, squeeze(compared["base"]) if compared else "")
    if _FELL.search(before) or (compared and compared["down"]):
        return Comparison(Direction.DOWN, squeeze(compared["base"]) if compared else "")
    times = _TIMES.match(rest)
    return Comparison(Direction.TIMES, squeeze(times["base"])) if times else None


def end_of_comparison(tree: Tree, index: int, ties: tuple[str, ...] = ("than", "as")) -> int:
    """Index after `more than a year earlier`, `as many as in 2020`; `index` if no comparison follows."""
    words = tree.words
    if index >= len(words) or words[index].lower not in _COMPARATIVES:
        return index
    tie = next((i for i in range(index + 1, min(len(words), index + _REACH)) if words[i].lower in ties), None)
    if tie is None:
        return index
    counted = [i for i in range(index + 1, tie) if words[i].upos == "NOUN" and words[i].lower not in ("times", "years")]
    if counted and words[tie].lower == "than":  # `41% less nitrogen | than bare mud`
        return counted[-1] + 1
    end = tie + 1
    while end < len(words) and words[end].text not in _STOPS and words[end].upos not in ("VERB", "SCONJ"):
        end += 1
    if any(word.lower == "who" for word in words[tie:end]):  # `3 mm lower | than those who`
        return tie
    if end < len(words) and words[end].xpos == "VBN" and words[end - 1].lower == "been":  # `than had been thought`
        return end + 1
    while end > tie + 1 and words[end - 1].upos in ("ADP", "CCONJ", "DET", "PUNCT", "PRON"):
        end -= 1
    return end if end > tie + 1 else tie + 2 if end < len(words) and words[end].xpos == "VBN" else index
