"""The next seat, taken in one statement: what `assignments` does step by step, for the act that everybody waits for.

Whoever takes holds the lock on the head of the queue for as long as the database needs, and not for as long as messages
travel. Which seats are open to a person is still said by `queue.open_seats_for` alone.
"""

import json
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from psycopg.sql import Literal

from claims.enums import Role
from claims.models import Assignment, Reviewer, Seat
from claims.permissions import remember_roles, roles_of
from claims.review.queue import nothing_lapsed, open_seats_for

_PICKED = ("pk", "claim_id", "fence", "claim__status", "claim__last_event_number", "claim__last_event_hash")
# What stands for the reviewer and the moment in a statement that is kept.
_SOMEBODY, _SOME_TIME = -1, datetime(1, 1, 1, tzinfo=UTC)
_COLUMNS = [field.attname for field in Assignment._meta.concrete_fields]

# `hash` is that of `history.hash_event`: over JSON with sorted keys. The moment is that after the lock was had: no turn
# begins before the one before it ended.
_TAKE = """
WITH picked (seat_id, claim_id, fence, status, number, hash) AS (
    {seats} FOR UPDATE OF claims_seat, claims_claim SKIP LOCKED
),
seat AS (
    UPDATE claims_seat SET status = 'taken', fence = picked.fence + 1 FROM picked WHERE claims_seat.id = picked.seat_id
),
turn AS (
    INSERT INTO claims_assignment (seat_id, claim_id, reviewer_id, fence, taken_at, expires_at)
    SELECT seat_id, claim_id, %s, fence + 1, clock_timestamp(), %s FROM picked
    RETURNING *
),
step AS (
    SELECT turn.claim_id, turn.id AS turn_id, turn.taken_at AS at,
        picked.number + 1 AS number, picked.hash AS previous_hash,
        CASE picked.status WHEN 'in_review' THEN '' ELSE picked.status END AS from_status,
        CASE picked.status WHEN 'in_review' THEN '' ELSE 'in_review' END AS to_status
    FROM turn JOIN picked USING (claim_id)
),
event AS (
    SELECT *, encode(sha256(convert_to(
        '{{"actor": ' || %s || ', "at": "'
        || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00')
        || '", "claim": ' || claim_id || ', "details": {{"assignment": ' || turn_id
        || ', "reviewer": ' || %s || '}}, "from_status": "' || from_status
        || '", "kind": "taken", "number": ' || number
        || ', "previous_hash": "' || previous_hash || '", "reason": "", "to_status": "' || to_status || '"}}',
    'UTF8')), 'hex') AS hash FROM step
),
told AS (
    INSERT INTO claims_claimevent
        (claim_id, number, kind, actor_id, at, from_status, to_status, reason, details, previous_hash, hash)
    SELECT claim_id, number, 'taken', %s, at, from_status, to_status, '',
        jsonb_build_object('assignment', turn_id, 'reviewer', %s::text), previous_hash, hash FROM event
),
moved AS (
    UPDATE claims_claim SET status = 'in_review', last_event_number = event.number, last_event_hash = event.hash
    FROM event WHERE claims_claim.id = event.claim_id
)
SELECT {columns} FROM turn
"""


def take_open_seat(reviewer: Reviewer, expires_at: datetime) -> Assignment | None:
    """Take the first seat that is open to the person, of those that nobody else is taking at this moment.

    None, too, while a turn has run out and nobody has ended it: its seat may be the first.
    """
    return _take(_compile_open(roles_of(reviewer)), reviewer, expires_at)


def take_seat(reviewer: Reviewer, seats: QuerySet[Seat], expires_at: datetime) -> Assignment | None:
    """Take the first of these seats, of those that nobody else is taking at this moment."""
    return _take(_compile(seats), reviewer, expires_at)


class Statement(NamedTuple):
    """`stand_ins` are what its first parameters stand for; everything else that was asked for is in the text."""

    sql: str
    stand_ins: tuple[Any, ...]


def _take(statement: Statement, reviewer: Reviewer, expires_at: datetime) -> Assignment | None:
    now, name = timezone.now(), json.dumps(reviewer.username, ensure_ascii=False)
    meant: dict[Any, Any] = {_SOMEBODY: reviewer.pk, _SOME_TIME: now}
    values: list[Any] = [reviewer.pk, expires_at, str(reviewer.pk), name, reviewer.pk, reviewer.username]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, [*(meant[value] for value in statement.stand_ins), *values])
        row = cursor.fetchone()
    return Assignment.from_db(connection.alias, _COLUMNS, row) if row else None


@cache
def _compile_open(roles: frozenset[Role]) -> Statement:
    somebody = Reviewer(pk=_SOMEBODY)
    remember_roles(somebody, roles)
    return _compile(open_seats_for(somebody).filter(nothing_lapsed(_SOME_TIME)))


def _compile(seats: QuerySet[Seat]) -> Statement:
    sql, parameters = seats.values_list(*_PICKED)[:1].query.sql_with_params()
    stand_ins = tuple(value for value in parameters if value in (_SOMEBODY, _SOME_TIME))
    written = [_quote(value) if value not in stand_ins else "%s" for value in parameters]
    columns = ", ".join(str(field.column) for field in Assignment._meta.concrete_fields)
    return Statement(_TAKE.format(seats=sql % tuple(written), columns=columns), stand_ins)


def _quote(value: Any) -> str:
    """As SQL has it: a partial index is only found by what stands in the text."""
    connection.ensure_connection()
    plain = str(value) if isinstance(value, StrEnum) else value
    quoted: str = Literal(plain).as_string(connection.connection)
    return quoted.replace("%", "%%")
