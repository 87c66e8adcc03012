"""Who may still judge a claim in blind review sees nothing of what others found."""

from collections.abc import Iterable
from typing import Any

import psycopg
from django.db import connection
from django.db.models import CharField, F, IntegerField, QuerySet, Value

from claims.enums import ClaimStatus
from claims.lifecycle import DECIDED
from claims.models import Claim, Reviewer
from claims.permissions import blind_claims, visible_claims, visible_events, visible_evidence, visible_verdicts
from claims.review.queue import open_seats_for


class Blindness:
    """Questions about what some people see, asked in the words of `claims.permissions`; for one transaction."""

    def __init__(self, people: Iterable[Reviewer]) -> None:
        people = list(people)
        self.leaks = _ask("leaks", "text text bigint", (part for person in people for part in _leaks(person)))
        self.views = _ask("views", "bigint bigint int", map(_view, people))
        self.turns = _ask("turns", "bigint bigint int", map(_turns, people))

    def check(self, seen: set[tuple[Any, ...]]) -> None:
        """`seen` gathers (person, claim, the first round of its review): verdicts of others, while undecided."""
        assert _answer(self.leaks) == []
        seen.update(_answer(self.views))
        assert not seen.intersection(_answer(self.turns)), "somebody sits who has seen verdicts of others"


def _leaks(person: Reviewer) -> Iterable[QuerySet[Any]]:
    began, hidden = F("claim__review_began_at"), blind_claims(person).order_by()
    verdicts = visible_verdicts(person).filter(assignment__claim__in=hidden).exclude(assignment__reviewer=person)
    found = visible_evidence(person).filter(claim__in=hidden, created_at__gt=began).exclude(added_by=person)
    running = {"claim__rule__is_blind": True}
    parts = {
        "verdict": verdicts,
        "event": visible_events(person).filter(claim__in=hidden, at__gt=began),
        "evidence": found,
        "status": visible_claims(person).filter(pk__in=hidden, shown_status=ClaimStatus.IN_ADJUDICATION),
        "seat that is theirs to take": open_seats_for(person).filter(**running).exclude(claim__in=hidden),
        "turn": person.assignments.filter(closed_at=None, **running).exclude(claim__in=hidden),
    }
    for name, rows in parts.items():
        named = {"who": Value(person.username, CharField()), "what": Value(name, CharField())}
        yield rows.order_by().annotate(**named).values_list("who", "what", "pk")


def _view(person: Reviewer) -> QuerySet[Any]:
    """Reviews that run blind, and of which the person sees a verdict of somebody else."""
    undecided = Claim.objects.filter(rule__is_blind=True).exclude(status__in=DECIDED)
    verdicts = visible_verdicts(person).filter(assignment__claim__in=undecided).exclude(assignment__reviewer=person)
    of_review = verdicts.filter(assignment__seat__round__gte=F("assignment__claim__first_round"))
    return _reviews(of_review, person, "assignment__claim")


def _turns(person: Reviewer) -> QuerySet[Any]:
    return _reviews(person.assignments.filter(closed_at=None, claim__rule__is_blind=True), person, "claim")


def _reviews(rows: QuerySet[Any], person: Reviewer, claim: str) -> QuerySet[Any]:
    who = Value(person.pk, IntegerField())
    return rows.order_by().annotate(who=who).values_list("who", claim, f"{claim}__first_round")


def _ask(name: str, kinds: str, parts: Iterable[QuerySet[Any]]) -> str:
    """Put all into one query, and that into a function, whose plan is kept: it is asked after every step."""
    first, *others = parts
    sql, values = first.union(*others, all=True).query.sql_with_params()
    columns = ", ".join(f"c{number} {kind}" for number, kind in enumerate(kinds.split()))
    chosen = ", ".join(f"q.c{number}::{kind}" for number, kind in enumerate(kinds.split()))
    names = ", ".join(f"c{number}" for number in range(len(kinds.split())))
    body = f"BEGIN RETURN QUERY SELECT {chosen} FROM ({sql}) q ({names}); END"
    with psycopg.ClientCursor(connection.connection) as cursor:  # a definition takes no parameters
        cursor.execute(f"CREATE FUNCTION {name}() RETURNS TABLE ({columns}) LANGUAGE plpgsql AS $${body}$$", values)
    return name


def _answer(name: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}()")
        return cursor.fetchall()
