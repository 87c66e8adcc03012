"""What the desk puts aside and why, and what another threshold of check-worthiness would let into its queue."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, F, FloatField, Func, IntegerField, OuterRef, Q, Value

from claims.enums import ClaimStatus, DismissalReason
from claims.models import ClaimEvent, Reviewer
from claims.permissions import blind_claims
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
    later = ClaimEvent.objects.filter(
        claim=OuterRef("claim"), number__gt=OuterRef("number"), to_status=ClaimStatus.DISMISSED
    )
    put_aside = ClaimEvent.objects.filter(
        period.holds("at"), ~Exists(later), to_status=ClaimStatus.DISMISSED, claim__status=ClaimStatus.DISMISSED
    )
    rows = put_aside.order_by().values_list("claim__dismissed_as", "claim__kind").annotate(Count("pk"))
    for reason, kind, number in rows:
        counted[reason][kind] = number
    known = [*DismissalReason, *([""] if "" in counted else [])]
    return [ReasonCount(reason, counted[reason]) for reason in known]


def _thresholds(person: Reviewer, period: Period) -> list[Threshold]:
    present = settings.CLAIM_THRESHOLD
    known = sorted({present, *(one for one in THRESHOLDS if not math.isclose(one, present))})
    counted = _count_judged(person, period, known)

    def at_or_above(judgement: Judgement, place: int) -> int:
        return sum(counted[judgement, passed] for passed in range(place, len(known) + 1))

    return [
        Threshold(
            threshold,
            is_present=threshold == present,
            worth=at_or_above(Judgement.WORTH, place),
            not_worth=at_or_above(Judgement.NOT_WORTH, place),
            worth_below=sum(counted[Judgement.WORTH, passed] for passed in range(place)),
        )
        for place, threshold in enumerate(known, start=1)
    ]


def _count_judged(person: Reviewer, period: Period, thresholds: list[float]) -> Counter[tuple[str, int]]:
    """Claims by their judgement and by how many of the thresholds they reach.

    Those that the machine found: no threshold keeps out what a person adds. And none in a review that the person is
    blind to, since that somebody has judged it is not theirs to know; unless it is plain, as a dismissal is.
    """
    touched = ClaimEvent.objects.filter(period.holds("at"), actor__isnull=False)  # far fewer rows than all claims
    hidden = Exists(blind_claims(person).filter(pk=OuterRef("pk")))
    judged = judged_claims().filter(period.holds("judged_at"), pk__in=touched.values("claim"), added_by=None)
    passed = Func(
        F("check_worthiness"),
        Value(thresholds, ArrayField(FloatField())),
        function="WIDTH_BUCKET",
        output_field=IntegerField(),
    )
    shown = judged.filter(~hidden | Q(status=ClaimStatus.DISMISSED)).order_by()
    rows = shown.annotate(passed=passed).values_list("judgement", "passed").annotate(Count("pk"))
    return Counter({(judgement, number): count for judgement, number, count in rows})
