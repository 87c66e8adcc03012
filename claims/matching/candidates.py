"""Claims that may be like one, from the database: those that share rare words or pairs of words, the newest of each.

Looked through are what everybody at the desk may read of every claim, its headline and the sentence it stands in, each
with an index (see the eighth and the eleventh migration).
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, OuterRef, QuerySet, Subquery, Value

from claims.literals import Literal
from claims.matching.terms import Commonness, choose_queries
from claims.matching.words import Said
from claims.models import Appearance, Claim

MOST_EACH = 150  # candidates, of each way to find them

_COMMONNESS = """
SELECT t.reltuples, s.most_common_elems::text::text[], s.most_common_elem_freqs
FROM (VALUES ('claims_claim', 'claims_by_headline_words'), ('claims_appearance', 'appearances_by_sentence_words'))
    AS searched (rows, words)
JOIN pg_class t ON t.oid = searched.rows::regclass
LEFT JOIN pg_stats s ON s.schemaname = current_schema() AND s.tablename = searched.words
"""


class Mentions(Func):
    """That a text has what a query of words asks for."""

    # In the text of the statement and not beside it: PostgreSQL finds an index of an expression by what stands there.
    template = "to_tsvector('simple'::regconfig, %(expressions)s)"
    arg_joiner = ") @@ to_tsquery('simple'::regconfig, "
    arity = 2
    output_field = BooleanField()


def find_candidates(claims: QuerySet[Claim], said: Said) -> set[int]:
    """The numbers of some hundreds of the claims, and of all that are alike, unless there are very many."""
    queries = [query for query in choose_queries(said, read_commonness()) if query]
    ways = [way.values_list("claim")[:MOST_EACH] for query in queries for way in _ways(claims, query)]
    if not ways:
        return set()
    return {pk for (pk,) in ways[0].union(*ways[1:])}


def _ways(claims: QuerySet[Claim], query: str) -> Iterator[QuerySet[Any]]:
    """By headline and by sentence; among the checked ones, which are fewer and matter more, and among all.

    The words are to be the only way in: of rare words that it takes for common, PostgreSQL would read a million claims
    instead, in the order of their numbers or by their status. So the order is of no index, who is checked is told by
    the rating, which has none, and an appearance asks for its claim, which is no join.
    """
    asked, newest = Literal(query), (F("pk") + Value(0)).desc()
    for some in (claims.filter(rating__isnull=False), claims):
        yield some.annotate(claim=F("pk")).filter(Mentions(F("headline"), asked)).order_by(newest)
        its_claim = Subquery(some.filter(pk=OuterRef("claim")).values("pk")[:1])
        said_so = Appearance.objects.annotate(shown=its_claim).filter(Mentions(F("sentence"), asked))
        yield said_so.filter(shown__isnull=False).order_by(newest)


def read_commonness() -> Commonness:
    """Of the words of all headlines and sentences. A desk that PostgreSQL has not looked at yet has no common word."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMONNESS)
        rows = cursor.fetchall()
    shares: dict[str, float] = {}
    unknown = 0.0
    for _, words, frequencies in rows:
        for word, share in zip(words or (), frequencies or (), strict=False):  # their extremes follow at the end
            shares[word] = max(share, shares.get(word, 0.0))
        unknown = max(unknown, min(frequencies or (0.0,)) / 2)
    return Commonness(max(0.0, *(count for count, _, _ in rows)), shares, unknown)
