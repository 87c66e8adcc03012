"""What to look for in the texts of a desk to find claims like one: its rare words, and pairs of less rare ones.

How rare a word is, in whatever language, is learnt from the desk itself: from what PostgreSQL's own statistics know of
its most common words. Terms are in the language of `to_tsquery`; they are made of letters and digits alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from claims.matching.words import Said, is_year

MOST_TERMS = 8  # of one claim: the rarest
MOST_ALONE = 2_000  # claims that a word may stand in to be looked for alone
MOST_TOGETHER = 3_000  # and two words, as far as one can tell from each of them
MOST_PASSED = 50_000  # entries of the rarer of two words: reading them takes milliseconds
_WORDS_ALONE = 4
_INFLECTED = 4  # letters, from which on a word is looked for by its beginning
_LONG = 7
_TELLING = 3  # digits of a number that is looked for alone
_MOST_DIGITS = 15


@dataclass(frozen=True)
class Commonness:
    """In what share of `total` texts the most common words stand; `unknown`: of any other word, at most."""

    total: float = 0
    shares: Mapping[str, float] | None = None
    unknown: float = 0

    def count(self, beginning: str, *, is_whole: bool) -> float:
        """In how many texts a word stands, as far as is known."""
        known = self.shares or {}
        if is_whole:
            found = known.get(beginning, 0.0)
        else:
            found = sum(share for word, share in known.items() if word.startswith(beginning))
        return self.total * max(found, self.unknown)


class Term(NamedTuple):
    query: str
    texts: float  # that it stands in
    tells: bool  # also alone, where it is rare


class Queries(NamedTuple):
    """The same as one query each, or empty: claims that share two words, and claims that share a rare one."""

    pairs: str
    alone: str


def choose_queries(said: Said, commonness: Commonness) -> Queries:
    terms = {*_words(said, commonness), *_numbers(said, commonness)}
    rarest = sorted(terms, key=lambda term: (term.texts, -len(term.query), term.query))[:MOST_TERMS]
    together = [pair for pair in combinations(rarest, 2) if _is_rare(*pair, commonness)]
    pairs = [f"({one.query} & {other.query})" for one, other in together]
    alone = [term.query for term in rarest if term.tells and term.texts <= MOST_ALONE][:_WORDS_ALONE]
    if not pairs and len(rarest) > 1:  # of common words, all together
        pairs = [" & ".join(term.query for term in rarest)]
    return Queries(" | ".join(pairs), " | ".join(alone))


def _is_rare(one: Term, other: Term, commonness: Commonness) -> bool:
    together = one.texts * other.texts / max(commonness.total, 1)
    return together <= MOST_TOGETHER and min(one.texts, other.texts) <= MOST_PASSED


def _words(said: Said, commonness: Commonness) -> Iterable[Term]:
    for form in said.words.values():
        beginning = _beginning(form)
        is_whole = beginning is None
        count = commonness.count((beginning or form).lower(), is_whole=is_whole)
        query = f"'{form}'" if is_whole else f"'{beginning}':*"
        if form.startswith("ال") and beginning:  # the Arabic article
            query = f"({query} | '{beginning[2:]}':*)"
        yield Term(query, count, tells=True)


def _beginning(form: str) -> str | None:
    """What the forms of a word begin with; None for a word that is too short to have any."""
    base = form[:-1] if form.endswith("s") and not form.endswith("ss") else form
    if len(base) < _INFLECTED or "." in form:
        return None
    return base[:-2] if len(base) > _LONG else base


def _numbers(said: Said, commonness: Commonness) -> Iterable[Term]:
    """In each way of writing them; a digit or two say too little."""
    for number in said.numbers:
        digits = len(number.replace(".", ""))
        if not 1 < digits <= _MOST_DIGITS:
            continue
        forms = sorted(_ways_of_writing(number))
        count = min(commonness.count(part, is_whole=True) for form in forms for part in form.split(","))
        query = " | ".join(f"'{form}'" for form in forms)
        yield Term(f"({query})", count, tells=digits >= _TELLING and not is_year(number))


def _ways_of_writing(number: str) -> set[str]:
    whole, point, rest = number.partition(".")
    if point:
        return {number, f"{whole},{rest}"}
    if is_year(number):
        return {number}
    return {number, f"{int(whole):,}", f"{int(whole):,}".replace(",", ".")}
