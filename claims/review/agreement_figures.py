"""How far people at the desk agree, over all of them, by pair, by kind of claim and by month.

Only decided claims count: of a review that runs, nothing may be known.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations, groupby

from django.db.models import Count, Window
from django.utils import timezone

from claims.enums import Choice, ClaimKind
from claims.lifecycle import DECIDED
from claims.models import Reviewer, Verdict
from claims.review.agreement import cohens_kappa, krippendorffs_alpha, percent_agreement
from claims.review.period import Period


class By(Choice):
    PAIR = "pair"
    KIND = "kind"
    MONTH = "month"  # of the decision


@dataclass(frozen=True)
class JudgedRound:
    """What people said of one claim in one round: the unit of all coefficients.

    `ratings` and `values` are by reviewer; values are places on the desk's scale, of the ratings that have one there.
    """

    claim: int
    kind: str
    decided_at: datetime
    ratings: dict[int, int] = field(default_factory=dict)
    values: dict[int, int] = field(default_factory=dict)

    @property
    def month(self) -> date:
        """Of the decision: its first day."""
        return timezone.localdate(self.decided_at).replace(day=1)

    @property
    def is_ordinal(self) -> bool:
        """Whether two ratings at least have a place on the scale."""
        return len(self.values) > 1

    def of(self, people: Iterable[int]) -> "JudgedRound":
        """What only these people said."""
        ratings = {person: self.ratings[person] for person in people}
        values = {person: value for person, value in self.values.items() if person in ratings}
        return JudgedRound(self.claim, self.kind, self.decided_at, ratings, values)


@dataclass(frozen=True)
class Agreement:
    """The coefficients of a group of rounds; None where one is not defined. `kappa` is defined for pairs alone.

    `people` are the pair, `month` its first day: whichever of them, or of `kind`, the group is.
    """

    rounds: int
    share_agreeing: float | None
    alpha_nominal: float | None
    ordinal_rounds: int  # with two ratings at least that have a place on the scale
    alpha_ordinal: float | None
    kappa: float | None = None
    people: tuple[Reviewer, ...] = ()
    kind: str = ""
    month: date | None = None

    @property
    def usernames(self) -> list[str]:
        return [person.username for person in self.people]


@dataclass(frozen=True)
class AgreementReport:
    period: Period
    overall: Agreement
    groups: list[Agreement]


def agreement(period: Period, by: By | None = None) -> AgreementReport:
    """Over the rounds with two verdicts or more of claims decided in the period, and still so.

    Pairs come with most rounds first, kinds and months in their order.
    """
    rounds = read_rounds(period)
    return AgreementReport(period, measure(rounds), group_rounds(rounds, by) if by else [])


def read_rounds(period: Period) -> list[JudgedRound]:
    """A claim that was decided anew counts with the rounds of all its reviews, under its last decision."""
    verdicts = Verdict.objects.filter(
        period.holds("assignment__claim__decided_at"), assignment__claim__status__in=DECIDED
    )
    table = ("assignment__claim", "assignment__seat__round")
    several = verdicts.annotate(given=Window(Count("pk"), partition_by=table)).filter(given__gte=2)
    rows = several.order_by(*table, "assignment__reviewer").values_list(
        *table,
        "assignment__claim__kind",
        "assignment__claim__decided_at",
        "assignment__reviewer",
        "rating",
        "rating__value",
        "rating__scale__is_default",
    )
    return [_build_round(list(given)) for _key, given in groupby(rows, key=lambda row: row[:2])]


def _build_round(rows: Sequence[tuple]) -> JudgedRound:
    claim, _round, kind, decided_at = rows[0][:4]
    judged = JudgedRound(claim, kind, decided_at)
    for *_claim, reviewer, rating, value, is_on_scale in rows:
        judged.ratings[reviewer] = rating
        if value is not None and is_on_scale:
            judged.values[reviewer] = value
    return judged


def measure(rounds: Sequence[JudgedRound], **group: object) -> Agreement:
    ratings = [judged.ratings for judged in rounds]
    values = [judged.values for judged in rounds if judged.is_ordinal]
    return Agreement(
        rounds=len(ratings),
        share_agreeing=percent_agreement(ratings),
        alpha_nominal=krippendorffs_alpha(ratings, "nominal"),
        ordinal_rounds=len(values),
        alpha_ordinal=krippendorffs_alpha(values, "ordinal"),
        **group,  # type: ignore[arg-type]
    )


def group_rounds(rounds: Sequence[JudgedRound], by: By) -> list[Agreement]:
    groupings = {By.PAIR: _by_pair, By.KIND: _by_kind, By.MONTH: _by_month}
    return list(groupings[by](rounds))


def select_rounds(
    rounds: Iterable[JudgedRound], kind: str = "", month: date | None = None, people: Sequence[int] = ()
) -> list[JudgedRound]:
    """Those of a group; of the pair `people`, those where both judged, with what the two said."""
    fit = (one for one in rounds if one.kind == (kind or one.kind) and one.month == (month or one.month))
    return [one.of(people) if people else one for one in fit if one.ratings.keys() >= set(people)]


def _by_pair(rounds: Sequence[JudgedRound]) -> Iterator[Agreement]:
    shared: dict[tuple[int, int], list[JudgedRound]] = defaultdict(list)
    for judged in rounds:
        for pair in combinations(sorted(judged.ratings), 2):
            shared[pair].append(judged.of(pair))
    people = Reviewer.objects.in_bulk({person for pair in shared for person in pair})
    for (one, other), units in sorted(shared.items(), key=lambda item: (-len(item[1]), item[0])):
        kappa = cohens_kappa([(unit.ratings[one], unit.ratings[other]) for unit in units])
        yield measure(units, kappa=kappa, people=(people[one], people[other]))


def _by_kind(rounds: Sequence[JudgedRound]) -> Iterator[Agreement]:
    for kind in ClaimKind:
        if of_kind := select_rounds(rounds, kind=kind):
            yield measure(of_kind, kind=kind.value)


def _by_month(rounds: Sequence[JudgedRound]) -> Iterator[Agreement]:
    for month in sorted({judged.month for judged in rounds}):
        yield measure(select_rounds(rounds, month=month), month=month)
