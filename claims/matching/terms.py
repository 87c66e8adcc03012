"""What to look for in the texts of a desk to find claims like one: its rare words, and pairs of less rare ones.

How rare a word is, in whatever language, is learnt from the desk itself: from what PostgreSQL's own statistics know of
its most common words. Terms are in the language of `to_tsquery`; they are made of letters and digits alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter
from typing import NamedTuple

from claims.matching.words import Said, is_year

MOST_TERMS = 8  # of one claim: the rarest
MOST_ALONE = 2_000  # texts that words looked for alone may stand in, taken together
MOST_TOGETHER = 3_000  # and pairs of words, as far as one can tell from each of the two
MOST_PASSED = 20_000  # entries of one word: reading them takes milliseconds
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
    total = max(commonness.total, 1)
    pairs = [
        (f"({one.query} & {other.query})", one.texts * other.texts / total)
        for one, other in combinations(rarest, 2)
        if one.texts <= MOST_PASSED
    ]
    alone = [(term.query, term.texts) for term in rarest if term.tells][:_WORDS_ALONE]
    if not pairs and len(rarest) > 1:  # of common words, all together
        pairs = [(" & ".join(term.query for term in rarest), 0)]
    return Queries(" | ".join(_afford(pairs, MOST_TOGETHER)), " | ".join(_afford(alone, MOST_ALONE)))


def _afford(queries: list[tuple[str, float]], most: float) -> Iterator[str]:
    """The rarest, as long as they stand in at most so many texts together."""
    for query, texts in sorted(queries, key=itemgetter(1)):
        most -= texts
        if most < 0:
            return
        yield query


def _words(said: Said, commonness: Commonness) -> Iterable[Term]:
    for form in said.words.values():
        beginning = _beginning(form)
        texts = commonness.count(beginning.lower(), is_whole=False) if beginning else 0.0
        if not beginning or texts > MOST_PASSED:  # all the words that begin so would be read
            yield Term(f"'{form}'", commonness.count(form.lower(), is_whole=True), tells=True)
        elif form.startswith("ال"):  # the Arabic article
            yield Term(f"('{beginning}':* | '{beginning[2:]}':*)", texts, tells=True)
        else:
            yield Term(f"'{beginning}':*", texts, tells=True)


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
