"""How verdicts and decisions spread over the ratings."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from claims.models import Assignment, Claim, Rating, Reviewer
from claims.permissions import visible_assignments
from claims.review.counted import decided_claims, is_judged
from claims.review.period import Period


class RatingCount(NamedTuple):
    """Verdicts, or decisions, of a rating, by the kinds of claims that occur. The rating's `scale` is read, too."""

    rating: Rating
    kinds: Counter[str]

    @property
    def total(self) -> int:
        return self.kinds.total()


@dataclass(frozen=True)
class RatingFigures:
    """Each rating of the desk's scale in its order, whether it occurs or not; then those of other scales that do."""

    period: Period
    verdicts: list[RatingCount]
    decisions: list[RatingCount]


def rating_figures(person: Reviewer, period: Period) -> RatingFigures:
    """Verdicts of the period that the person may see; and claims decided in it, and still so."""
    verdicts = _by_rating(visible_assignments(person).filter(is_judged(period)), "verdict__rating", "claim__kind")
    decisions = _by_rating(decided_claims(period), "rating", "kind")
    known = Rating.objects.filter(Q(scale__is_default=True) | Q(pk__in=[*verdicts, *decisions]))
    ratings = list(known.select_related("scale").order_by("-scale__is_default", "scale__name", "position"))
    return RatingFigures(period, _rows(ratings, verdicts), _rows(ratings, decisions))


def _by_rating(rows: QuerySet[Assignment] | QuerySet[Claim], rating: str, kind: str) -> dict[int, Counter[str]]:
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for given, of_kind, number in rows.order_by().values_list(rating, kind).annotate(Count("pk")):
        counted[given][of_kind] = number
    return counted


def _rows(ratings: list[Rating], counted: dict[int, Counter[str]]) -> list[RatingCount]:
    shown = (rating for rating in ratings if rating.scale.is_default or rating.pk in counted)
    return [RatingCount(rating, counted.get(rating.pk, Counter())) for rating in shown]
