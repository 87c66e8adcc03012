"""In which order seats are taken: what is late comes first, then the higher priority, then the older seat.

Ageing is part of the number and never rewrites it: every seat gains the same in a day, so that a fixed deduction for a
later beginning orders them as a growing bonus for waiting would, and an index can hold the order.
"""

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.enums import SeatStatus
from claims.models import Appearance, Claim, Seat

PER_DAY = 0.1  # gained by waiting
PER_DOUBLING = 0.1  # gained each time that the number of appearances doubles
PER_BOOST = 0.5  # gained by a step of an editor's boost
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def weigh_priority(claim: Claim, reach: int, since: datetime) -> float:
    """The priority of a claim's seats that wait `since`; `reach`: its appearances and those of its duplicates."""
    deduction = (since - EPOCH) / timedelta(days=1) * PER_DAY
    return claim.check_worthiness + PER_DOUBLING * math.log2(max(reach, 1)) + PER_BOOST * claim.boost - deduction


def explain_priority(claim: Claim, reach: int, since: datetime, now: datetime) -> list[dict[str, float | str]]:
    """What a claim's seats are worth by now, part by part; what differs between claims is what orders them."""
    days = (now - since) / timedelta(days=1)
    parts = [
        ("check_worthiness", claim.check_worthiness, "how much it deserves a check"),
        ("reach", PER_DOUBLING * math.log2(max(reach, 1)), f"seen in {reach} place{'' if reach == 1 else 's'}"),
        ("boost", PER_BOOST * claim.boost, "an editor's boost"),
        ("waiting", PER_DAY * days, f"{days:.1f} days in the queue"),
    ]
    return [{"name": name, "weight": round(weight, 3), "text": text} for name, weight, text in parts if weight]


def with_reach(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """Each with its `reach`: its appearances and those of its duplicates."""
    own = Appearance.objects.filter(claim=OuterRef("pk")).order_by().values("claim").annotate(n=Count("pk"))
    others = Appearance.objects.filter(claim__duplicate_of=OuterRef("pk")).order_by()
    repeated = others.values("claim__duplicate_of").annotate(n=Count("pk"))
    reach = Coalesce(Subquery(own.values("n")), 0) + Coalesce(Subquery(repeated.values("n")), 0)
    return claims.annotate(reach=reach)


def refresh_priority(claims: Iterable[int]) -> None:
    """Bring the seats of these claims to their place, filled ones too. The caller holds the claims' locks."""
    known = with_reach(Claim.objects.all()).in_bulk(list(claims))
    # One that is filled keeps the claim's place in lists while its verdicts wait for an adjudicator.
    seats = list(Seat.objects.filter(claim__in=known, round=F("claim__round")).exclude(status=SeatStatus.WITHDRAWN))
    for seat in seats:
        claim = known[seat.claim_id]
        seat.priority = weigh_priority(claim, claim.reach, seat.created_at)
    Seat.objects.bulk_update(seats, ["priority"], batch_size=500)
