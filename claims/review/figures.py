"""The desk's figures: how claims flow through review. What is counted stands in `counted.py`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from claims.enums import ClaimKind
from claims.models import Reviewer
from claims.permissions import visible_assignments
from claims.review.counted import (
    HAPPENED,
    IS_OPEN,
    IS_OVERDUE,
    IS_TAKEN,
    decided_claims,
    first_turns,
    happenings,
    has_lapsed,
    is_held_now,
    is_judged,
    live_seats,
)
from claims.review.period import Period

ALL = ""  # the group of all rows, beside those of each kind


class Percentile(Aggregate):
    """The value that a share of all values does not exceed; between two of them where it falls there."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: Any, fraction: float, **extra: Any) -> None:
        super().__init__(expression, fraction=fraction, **extra)


@dataclass(frozen=True)
class Spread:
    """How long something took: how often it happened, half of the times, nine in ten of them."""

    count: int = 0
    median: timedelta | None = None
    p90: timedelta | None = None


class KindFlow(NamedTuple):
    """Claims of one kind (ALL: of all): their seats that wait or are taken now, and how long things took."""

    kind: str
    open: int = 0
    taken: int = 0
    overdue: int = 0
    oldest: timedelta | None = None
    median_wait: timedelta | None = None
    to_take: Spread = Spread()
    to_decide: Spread = Spread()


class DayFlow(NamedTuple):
    day: date
    queued: int = 0
    verdicts: int = 0
    decisions: int = 0
    dismissals: int = 0


class ReviewerFlow(NamedTuple):
    person: Reviewer
    verdicts: int
    open_turns: int
    lapsed_turns: int


@dataclass(frozen=True)
class Flow:
    period: Period
    overall: KindFlow
    kinds: list[KindFlow]
    days: list[DayFlow]
    reviewers: list[ReviewerFlow]


def flow(person: Reviewer, period: Period) -> Flow:
    """The queue as it stands now, and what happened in the period, as far as the person may know.

    The queue is counted in seats, not in claims by their status: none says that verdicts differ.
    """
    kinds = _kinds(person, period)
    others = [kinds[kind] for kind in ClaimKind if kind in kinds]
    return Flow(period, kinds[ALL], others, list(_days(person, period)), _reviewers(person, period))


def _kinds(person: Reviewer, period: Period) -> dict[str, KindFlow]:
    queue, took, decided = _queue(person), _times_to_take(person, period), _times_to_decide(period)
    return {
        kind: KindFlow(kind, **queue.get(kind, {}), to_take=_spread(took, kind), to_decide=_spread(decided, kind))
        for kind in queue.keys() | took.keys() | decided.keys()
    }


def _queue(person: Reviewer) -> dict[str, dict[str, Any]]:
    waited = ExpressionWrapper(timezone.now() - F("created_at"), output_field=DurationField())
    return _by_kind(
        live_seats(person),
        "claim__kind",
        open=Count("pk", filter=IS_OPEN),
        taken=Count("pk", filter=IS_TAKEN),
        overdue=Count("pk", filter=IS_OVERDUE),
        oldest=Max(waited, filter=IS_OPEN),
        median_wait=Percentile(waited, 0.5, filter=IS_OPEN),
    )


def _times_to_take(person: Reviewer, period: Period) -> dict[str, dict[str, Any]]:
    """From the opening of a seat to its first taking."""
    return _by_kind(first_turns(person, period), "claim__kind", **_durations(F("taken_at") - F("seat__created_at")))


def _times_to_decide(period: Period) -> dict[str, dict[str, Any]]:
    return _by_kind(decided_claims(period), "kind", **_durations(F("decided_at") - F("review_began_at")))


def _durations(took: Any) -> dict[str, Aggregate]:
    span = ExpressionWrapper(took, output_field=DurationField())
    return {"count": Count("pk"), "median": Percentile(span, 0.5), "p90": Percentile(span, 0.9)}


def _spread(times: dict[str, dict[str, Any]], kind: str) -> Spread:
    return Spread(**times.get(kind, {}))


def _by_kind(rows: QuerySet[Any], kind: str, **figures: Aggregate) -> dict[str, dict[str, Any]]:
    """The figures of all rows, and of those of each kind that occurs: percentiles of parts do not add up."""
    grouped = rows.order_by().values(group=F(kind)).annotate(**figures)
    return {ALL: rows.aggregate(**figures)} | {row.pop("group"): row for row in grouped}


_COLUMNS = {kind: column for column, kinds in HAPPENED.items() for kind in kinds}


def _days(person: Reviewer, period: Period) -> Iterator[DayFlow]:
    """Every day of the period, those without anything included."""
    counted: dict[date, dict[str, int]] = {day: {} for day in period.days()}
    events = happenings(person, period).order_by()
    for day, kind, number in events.values_list(TruncDate("at"), "kind").annotate(Count("pk")):
        column = _COLUMNS[kind]
        counted[day][column] = counted[day].get(column, 0) + number
    verdicts = visible_assignments(person).filter(is_judged(period)).order_by()
    for day, number in verdicts.values_list(TruncDate("closed_at")).annotate(Count("pk")):
        counted[day]["verdicts"] = number
    return (DayFlow(day, **numbers) for day, numbers in counted.items())


def _reviewers(person: Reviewer, period: Period) -> list[ReviewerFlow]:
    """Who judged or let a turn lapse in the period, or holds one now; most verdicts first."""
    held, judged, lapsed = is_held_now(), is_judged(period), has_lapsed(period)
    figures = {"verdicts": judged, "open_turns": held, "lapsed_turns": lapsed}
    counts = {name: Count("pk", filter=one) for name, one in figures.items()}
    concerned = visible_assignments(person).filter(held | judged | lapsed).order_by().values("reviewer")
    numbers = {pk: row for pk, *row in concerned.annotate(**counts).values_list("reviewer", *counts)}
    people = Reviewer.objects.in_bulk(list(numbers))
    shown = [ReviewerFlow(people[pk], *row) for pk, row in numbers.items()]
    return sorted(shown, key=lambda row: (-row.verdicts, row.person.username))
