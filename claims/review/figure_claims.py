"""The claims behind each number among the desk's figures: the rows that the number counts, claim by claim."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet

from claims.enums import Choice
from claims.models import Rating, Reviewer
from claims.permissions import visible_assignments
from claims.review.agreement_figures import JudgedRound, read_rounds, select_rounds
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
    put_aside,
)
from claims.review.dismissal_figures import judged_in, thresholds
from claims.review.judged_claims import Judgement
from claims.review.period import Period

PAGE = 50  # claims
NOT_SAID = "unknown"  # the reason of a dismissal, as the figures over REST call it


class Figure(Choice):
    OPEN_SEATS = "open_seats"
    TAKEN_SEATS = "taken_seats"
    OVERDUE_SEATS = "overdue_seats"
    FIRST_TURNS = "first_turns"
    DECIDED_CLAIMS = "decided_claims"
    QUEUED = "queued"
    VERDICTS = "verdicts"
    DECISIONS = "decisions"
    DISMISSALS = "dismissals"
    OPEN_TURNS = "open_turns"
    LAPSED_TURNS = "lapsed_turns"
    DISMISSED_CLAIMS = "dismissed_claims"
    WORTH = "worth"
    NOT_WORTH = "not_worth"
    WORTH_BELOW = "worth_below"
    ROUNDS = "rounds"
    ORDINAL_ROUNDS = "ordinal_rounds"


AT_THRESHOLDS = frozenset({Figure.WORTH, Figure.NOT_WORTH, Figure.WORTH_BELOW})
NOW = frozenset({Figure.OPEN_SEATS, Figure.TAKEN_SEATS, Figure.OVERDUE_SEATS, Figure.OPEN_TURNS})  # in no period


@dataclass(frozen=True)
class Selection:
    """One number among the figures: what it counts in the period, and of which group. `month` is its first day."""

    figure: Figure
    period: Period
    kind: str = ""
    day: date | None = None
    month: date | None = None
    reviewers: tuple[Reviewer, ...] = ()  # one, or a pair
    rating: Rating | None = None
    reason: str = ""
    threshold: float | None = None

    def as_query(self) -> dict[str, str]:
        """As the list of its claims is asked for, in an address."""
        asked = {
            "figure": self.figure,
            "kind": self.kind,
            "day": self.day,
            "month": self.month,
            **dict(zip(("reviewer", "other"), (person.pk for person in self.reviewers), strict=False)),
            "rating": self.rating and self.rating.pk,
            "reason": self.reason,
            "threshold": self.threshold,
        }
        return {name: str(value) for name, value in asked.items() if value not in (None, "")} | self.period.as_query()

    @property
    def frame(self) -> Period:
        """The period, or the day or the month of it that is asked for."""
        first = self.day or self.month or self.period.first
        last = self.day or (_end_of(self.month) if self.month else self.period.last)
        return Period(max(first, self.period.first), min(last, self.period.last))


class Shown(NamedTuple):
    """A claim, the last moment that counted it, and how often it was counted."""

    claim: int
    at: datetime
    times: int


@dataclass(frozen=True)
class Behind:
    """`counted`: the number itself, which may be of seats or turns; `claims`: of how many; `shown`: a page of these."""

    counted: int = 0
    claims: int = 0
    shown: list[Shown] = field(default_factory=list)


class _Counted(NamedTuple):
    """Rows, each one's moment and claim, and by which field they fall into groups."""

    rows: Callable[[Reviewer, Period], QuerySet[Any]]
    at: str
    by: Mapping[str, str]
    claim: str = "claim"


def _seats(which: Any) -> _Counted:
    return _Counted(lambda person, _period: live_seats(person).filter(which), "created_at", {"kind": "claim__kind"})


def _turns(which: Callable[[Period], Any], at: str, **by: str) -> _Counted:
    by = {"reviewer": "reviewer"} | by
    return _Counted(lambda person, period: visible_assignments(person).filter(which(period)), at, by)


def _events(column: str) -> _Counted:
    kinds = HAPPENED[column]
    return _Counted(lambda person, period: happenings(person, period).filter(kind__in=kinds), "at", {"day": ""})


def _judged(judgement: Judgement, reaches: str) -> _Counted:
    by = {"threshold": reaches}
    return _Counted(lambda *whose: judged_in(*whose).filter(judgement=judgement), "judged_at", by, "pk")


_COUNTED: dict[Figure, _Counted] = {
    Figure.OPEN_SEATS: _seats(IS_OPEN),
    Figure.TAKEN_SEATS: _seats(IS_TAKEN),
    Figure.OVERDUE_SEATS: _seats(IS_OVERDUE),
    Figure.FIRST_TURNS: _Counted(first_turns, "taken_at", {"kind": "claim__kind"}),
    Figure.DECIDED_CLAIMS: _Counted(
        lambda _person, period: decided_claims(period), "decided_at", {"kind": "kind", "rating": "rating"}, "pk"
    ),
    Figure.QUEUED: _events("queued"),
    Figure.VERDICTS: _turns(is_judged, "closed_at", kind="claim__kind", rating="verdict__rating", day=""),
    Figure.DECISIONS: _events("decisions"),
    Figure.DISMISSALS: _events("dismissals"),
    Figure.OPEN_TURNS: _turns(lambda _period: is_held_now(), "taken_at"),
    Figure.LAPSED_TURNS: _turns(has_lapsed, "closed_at"),
    Figure.DISMISSED_CLAIMS: _Counted(
        lambda _person, period: put_aside(period), "at", {"kind": "claim__kind", "reason": "claim__dismissed_as"}
    ),
    Figure.WORTH: _judged(Judgement.WORTH, "passed__gte"),
    Figure.NOT_WORTH: _judged(Judgement.NOT_WORTH, "passed__gte"),
    Figure.WORTH_BELOW: _judged(Judgement.WORTH, "passed__lt"),
}
_ROUNDS: dict[Figure, Callable[[JudgedRound], bool]] = {
    Figure.ROUNDS: lambda _round: True,
    Figure.ORDINAL_ROUNDS: lambda judged: judged.is_ordinal,
}


def groups_of(figure: Figure) -> frozenset[str]:
    """What the figure is told by: names of a query. A pair of people is `reviewer` and `other`."""
    return frozenset(_COUNTED[figure].by) if figure in _COUNTED else frozenset({"kind", "month", "reviewer", "other"})


def find_behind(person: Reviewer, selection: Selection, page: int = 1) -> Behind:
    """The claims that a number counts, as far as the person may know, the latest first."""
    start = (page - 1) * PAGE
    if selection.figure in _ROUNDS:
        return _behind_rounds(selection, start)
    counted = _COUNTED[selection.figure]
    rows = counted.rows(person, selection.frame).filter(**_narrowing(selection, counted.by)).order_by()
    totals = rows.aggregate(counted=Count("pk"), claims=Count(counted.claim, distinct=True))
    grouped = rows.values_list(counted.claim).annotate(last=Max(counted.at), times=Count("pk"))
    shown = grouped.order_by("-last", f"-{counted.claim}")[start : start + PAGE]
    return Behind(shown=[Shown(*row) for row in shown], **totals)


def _narrowing(selection: Selection, by: Mapping[str, str]) -> dict[str, Any]:
    """The group as conditions on the rows; a day is a condition already, on their moment."""
    asked = {
        "kind": selection.kind or None,
        "reviewer": selection.reviewers[0] if selection.reviewers else None,
        "rating": selection.rating,
        "reason": selection.reason.replace(NOT_SAID, "") if selection.reason else None,
        "threshold": None if selection.threshold is None else thresholds().index(selection.threshold) + 1,
    }
    return {by[name]: value for name, value in asked.items() if value is not None}


def _behind_rounds(selection: Selection, start: int) -> Behind:
    people = [person.pk for person in selection.reviewers]
    rounds = select_rounds(read_rounds(selection.frame), selection.kind, selection.month, people)
    rounds = [one for one in rounds if _ROUNDS[selection.figure](one)]
    times = Counter(one.claim for one in rounds)
    decided = sorted({(one.decided_at, one.claim) for one in rounds}, reverse=True)
    shown = [Shown(claim, at, times[claim]) for at, claim in decided[start : start + PAGE]]
    return Behind(len(rounds), len(decided), shown)


def _end_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
