"""Finding claims in the queue by words, or by a number.

What is searched is what everybody at the desk may read of every claim: its headline, its claimant's name, its outlet's
name and its number. Each kind of words has an index of its own (see the eighth migration). Taking a claim changes none
of them; that its row is written anew, and so its headline's place in the index, is one part in forty of the work.
"""

from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet

from claims.admin.doorway import typed_number
from claims.literals import Literal
from claims.models import Article, Claim, Claimant

MOST_FOUND = 1_000  # claims that a search or a view goes through, the newest first; the page says when there are more
MOST_TYPED = 200  # characters


class Says(Func):
    """That a text has all the words of another one, each at least as its beginning; in any case, in any order."""

    # In the text of the statement and not beside it: PostgreSQL finds an index of an expression by what stands there.
    # What is typed is read by PostgreSQL's own parser, as the texts were: none of it can be an operator.
    template = "to_tsvector('simple'::regconfig, %(expressions)s)::text || ' ', ''' ', ''':* ')::tsquery"
    arg_joiner = ") @@ replace(plainto_tsquery('simple'::regconfig, "
    arity = 2
    output_field = BooleanField()


def find_words(claims: QuerySet[Claim], typed: str) -> list[int]:
    """Those of the claims whose number it is, or where one of the searched texts has all the words.

    The newest `MOST_FOUND`, and one more where there are more; of an outlet, those of its newest articles.
    """
    asked = Literal(typed)
    said = [
        claims.filter(Says(F("headline"), asked)),
        claims.filter(claimant__in=_newest(Claimant.objects.filter(Says(F("name"), asked)))),
        claims.filter(article__in=_newest(Article.objects.filter(Says(F("outlet"), asked)))),
    ]
    numbered = claims.filter(pk=typed_number(typed.strip().removeprefix("#")))
    found = [matching.order_by("-pk").values_list("pk")[: MOST_FOUND + 1] for matching in (*said, numbered)]
    rows = found[0].union(*found[1:]).order_by("-id")[: MOST_FOUND + 1]
    return [pk for (pk,) in rows]


def _newest(rows: QuerySet[Any]) -> list[int]:
    """Their numbers, asked for first: how many claims are theirs can then be guessed, and the quicker way be chosen."""
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND])
