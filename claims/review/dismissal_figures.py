"""What the desk puts aside and why, and what another threshold of check-worthiness would let into its queue."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, F, FloatField, Func, IntegerField, OuterRef, Q, QuerySet, Value

from claims.enums import ClaimStatus, DismissalReason
from claims.models import ClaimEvent, Reviewer
from claims.permissions import blind_claims
from claims.review.counted import put_aside
from claims.review.judged_claims import Judgement, judged_claims
from claims.review.period import Period

THRESHOLDS = tuple(n / 10 for n in range(1, 10))


class ReasonCount(NamedTuple):
    """Claims dismissed for a reason ("": nobody said which), by the kinds that occur."""

    reason: str
    kinds: Counter[str]

    @property
    def total(self) -> int:
        return self.kinds.total()


class Threshold(NamedTuple):
    """Of the judged claims, those that a threshold lets into the queue; `worth_below`: worth checking, and kept out."""

    threshold: float
    is_present: bool
    worth: int
    not_worth: int
    worth_below: int

    @property
    def share_dismissed(self) -> float | None:
        judged = self.worth + self.not_worth
        return self.not_worth / judged if judged else None


@dataclass(frozen=True)
class Dismissals:
    period: Period
    reasons: list[ReasonCount] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(reason.total for reason in self.reasons)

    @property
    def kinds(self) -> Counter[str]:
        return sum((reason.kinds for reason in self.reasons), Counter())


def dismissals(person: Reviewer, period: Period) -> Dismissals:
    """Claims dismissed in the period, and still so; and claims that people judged last in it, against thresholds."""
    return Dismissals(period, _reasons(period), _thresholds(person, period))


def _reasons(period: Period) -> list[ReasonCount]:
    """Every reason, whether it occurs or not."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    rows = put_aside(period).order_by().values_list("claim__dismissed_as", "claim__kind").annotate(Count("pk"))
    for reason, kind, number in rows:
        counted[reason][kind] = number
    known = [*DismissalReason, *([""] if "" in counted else [])]
    return [ReasonCount(reason, counted[reason]) for reason in known]


def thresholds() -> list[float]:
    """Those that are compared: the desk's own, and round ones."""
    present = settings.CLAIM_THRESHOLD
    return sorted({present, *(one for one in THRESHOLDS if not math.isclose(one, present))})


def _thresholds(person: Reviewer, period: Period) -> list[Threshold]:
    rows = judged_in(person, period).values_list("judgement", "passed").annotate(Count("pk"))
    counted = Counter({(judgement, number): count for judgement, number, count in rows})
    known = thresholds()

    def at_or_above(judgement: Judgement, place: int) -> int:
        return sum(counted[judgement, passed] for passed in range(place, len(known) + 1))

    return [
        Threshold(
            threshold,
            is_present=threshold == settings.CLAIM_THRESHOLD,
            worth=at_or_above(Judgement.WORTH, place),
            not_worth=at_or_above(Judgement.NOT_WORTH, place),
            worth_below=sum(counted[Judgement.WORTH, passed] for passed in range(place)),
        )
        for place, threshold in enumerate(known, start=1)
    ]


def judged_in(person: Reviewer, period: Period) -> QuerySet[Any]:
    """Claims that people judged last in the period, each with how many of the `thresholds` it reaches (`passed`).

    Those that the machine found: no threshold keeps out what a person adds. And none in a review that the person is
    blind to, since that somebody has judged it is not theirs to know; unless it is plain, as a dismissal is.
    """
    touched = ClaimEvent.objects.filter(period.holds("at"), actor__isnull=False)  # far fewer rows than all claims
    hidden = Exists(blind_claims(person).filter(pk=OuterRef("pk")))
    judged = judged_claims().filter(period.holds("judged_at"), pk__in=touched.values("claim"), added_by=None)
    passed = Func(
        F("check_worthiness"),
        Value(thresholds(), ArrayField(FloatField())),
        function="WIDTH_BUCKET",
        output_field=IntegerField(),
    )
    return judged.filter(~hidden | Q(status=ClaimStatus.DISMISSED)).order_by().annotate(passed=passed)
