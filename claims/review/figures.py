"""The desk's figures: how claims flow through review.

They are counted from what the person may see: how many have judged a claim in a running blind review, and whether
anybody still sits there, would tell that verdicts differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, DurationField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from claims.enums import AssignmentOutcome, ClaimKind, EventKind, SeatStatus
from claims.lifecycle import DECIDED
from claims.models import Assignment, Claim, ClaimEvent, Reviewer, Seat
from claims.permissions import visible_assignments
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
    turns = visible_assignments(person)
    kinds = _kinds(turns, period)
    others = [kinds[kind] for kind in ClaimKind if kind in kinds]
    return Flow(period, kinds[ALL], others, list(_days(turns, period)), _reviewers(turns, period))


def _kinds(turns: QuerySet[Assignment], period: Period) -> dict[str, KindFlow]:
    queue, took, decided = _queue(turns), _times_to_take(turns, period), _times_to_decide(period)
    return {
        kind: KindFlow(kind, **queue.get(kind, {}), to_take=_spread(took, kind), to_decide=_spread(decided, kind))
        for kind in queue.keys() | took.keys() | decided.keys()
    }


def _queue(turns: QuerySet[Assignment]) -> dict[str, dict[str, Any]]:
    is_open = Q(status=SeatStatus.OPEN)
    is_held = Q(Exists(turns.filter(seat=OuterRef("pk"), closed_at=None)), status=SeatStatus.TAKEN)
    seats = Seat.objects.filter(is_open | is_held)
    waited = ExpressionWrapper(timezone.now() - F("created_at"), output_field=DurationField())
    return _by_kind(
        seats,
        "claim__kind",
        open=Count("pk", filter=is_open),
        taken=Count("pk", filter=Q(status=SeatStatus.TAKEN)),
        overdue=Count("pk", filter=Q(is_overdue=True)),
        oldest=Max(waited, filter=is_open),
        median_wait=Percentile(waited, 0.5, filter=is_open),
    )


def _times_to_take(turns: QuerySet[Assignment], period: Period) -> dict[str, dict[str, Any]]:
    """From the opening of a seat to its first taking, in the period.

    Seats of a later round are left out: they wait at the place of the first ones, not since they were opened.
    """
    earlier = Seat.objects.filter(
        claim=OuterRef("claim"), created_at=OuterRef("seat__created_at"), round__lt=OuterRef("seat__round")
    )
    first = turns.filter(period.holds("taken_at"), ~Exists(earlier), fence=1)
    return _by_kind(first, "claim__kind", **_durations(F("taken_at") - F("seat__created_at")))


def _times_to_decide(period: Period) -> dict[str, dict[str, Any]]:
    decided = Claim.objects.filter(period.holds("decided_at"), review_began_at__isnull=False, status__in=DECIDED)
    return _by_kind(decided, "kind", **_durations(F("decided_at") - F("review_began_at")))


def _durations(took: Any) -> dict[str, Aggregate]:
    span = ExpressionWrapper(took, output_field=DurationField())
    return {"count": Count("pk"), "median": Percentile(span, 0.5), "p90": Percentile(span, 0.9)}


def _spread(times: dict[str, dict[str, Any]], kind: str) -> Spread:
    return Spread(**times.get(kind, {}))


def _by_kind(rows: QuerySet[Any], kind: str, **figures: Aggregate) -> dict[str, dict[str, Any]]:
    """The figures of all rows, and of those of each kind that occurs: percentiles of parts do not add up."""
    grouped = rows.order_by().values(group=F(kind)).annotate(**figures)
    return {ALL: rows.aggregate(**figures)} | {row.pop("group"): row for row in grouped}


_COLUMNS = {
    EventKind.QUEUED: "queued",
    EventKind.DECIDED: "decisions",
    EventKind.ADJUDICATED: "decisions",
    EventKind.DISMISSED: "dismissals",
}


def _days(turns: QuerySet[Assignment], period: Period) -> Iterator[DayFlow]:
    """Every day of the period, those without anything included."""
    counted: dict[date, dict[str, int]] = {day: {} for day in period.days()}
    events = ClaimEvent.objects.filter(period.holds("at"), kind__in=list(_COLUMNS)).order_by()
    for day, kind, number in events.values_list(TruncDate("at"), "kind").annotate(Count("pk")):
        column = _COLUMNS[kind]
        counted[day][column] = counted[day].get(column, 0) + number
    verdicts = turns.filter(period.holds("closed_at"), outcome=AssignmentOutcome.VERDICT).order_by()
    for day, number in verdicts.values_list(TruncDate("closed_at")).annotate(Count("pk")):
        counted[day]["verdicts"] = number
    return (DayFlow(day, **numbers) for day, numbers in counted.items())


def _reviewers(turns: QuerySet[Assignment], period: Period) -> list[ReviewerFlow]:
    """Who judged or let a turn lapse in the period, or holds one now; most verdicts first."""
    held = Q(closed_at=None, expires_at__gt=timezone.now())
    judged = Q(period.holds("closed_at"), outcome=AssignmentOutcome.VERDICT)
    lapsed = Q(period.holds("closed_at"), outcome=AssignmentOutcome.LAPSED)
    figures = {"verdicts": judged, "open_turns": held, "lapsed_turns": lapsed}
    counts = {name: Count("pk", filter=one) for name, one in figures.items()}
    concerned = turns.filter(held | judged | lapsed).order_by().values("reviewer").annotate(**counts)
    numbers = {pk: row for pk, *row in concerned.values_list("reviewer", *counts)}
    people = Reviewer.objects.in_bulk(list(numbers))
    shown = [ReviewerFlow(people[pk], *row) for pk, row in numbers.items()]
    return sorted(shown, key=lambda row: (-row.verdicts, row.person.username))
