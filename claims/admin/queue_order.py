"""In which order the queue page lists claims, a page at a time.

One row a claim: of its seats that are free or taken, the one with the lowest number stands for it. Lateness and status
of a seat name a stretch of the index `live_seats_in_queue_order`, so that a page reads each stretch from where the last
page ended, however many claims wait. Claims in adjudication have no such seat; the first of their round stands for
them. No index orders those, but they are few: people decide them one by one.
"""

import math
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from claims.admin.doorway import typed_number
from claims.admin.queue_filter import QueueFilter
from claims.admin.queue_views import View
from claims.enums import ClaimStatus, SeatStatus
from claims.models import Claim, Reviewer, Seat
from claims.permissions import visible_claims, with_shown_status

LIVE = (SeatStatus.OPEN, SeatStatus.TAKEN)
ORDER = ("-is_overdue", "-priority", "id")


class Place(NamedTuple):
    """Of a claim in the queue."""

    is_overdue: bool
    priority: float
    seat: int
    claim: int = 0

    @classmethod
    def from_words(cls, words: str) -> "Place | None":
        """None for what is no place."""
        late, _first, rest = words.partition("_")
        priority, _second, seat = rest.partition("_")
        try:
            place = cls(late == "1", float(priority), typed_number(seat))
        except ValueError:
            return None
        return place if late in ("0", "1") and math.isfinite(place.priority) and place.seat else None

    @property
    def words(self) -> str:
        return f"{int(self.is_overdue)}_{self.priority!r}_{self.seat}"


Among = Collection[int] | None  # claims to choose from; None: all there are


def find_places(person: Reviewer, wanted: QueueFilter, most: int, among: Among = None) -> list[Place]:
    """The next `most` claims that wait, in the order in which they are taken."""
    after = Place.from_words(wanted.after)
    late = [True] if wanted.view is View.OVERDUE else [True, False]
    stretches = [
        _beyond(seats, is_overdue, after).order_by().values_list("is_overdue", "priority", "id", "claim")
        for is_overdue in late
        if after is None or is_overdue <= after.is_overdue
        for seats in _stretches(person, wanted, among)
    ]
    if not stretches:
        return []
    return _first(stretches, most) if among is None else _first_of_few(stretches, most)


def _first(stretches: list[Any], most: int) -> list[Place]:
    stretches = [seats.order_by(*ORDER)[:most] for seats in stretches]
    return [Place(*row) for row in stretches[0].union(*stretches[1:], all=True).order_by(*ORDER)[:most]]


def _first_of_few(stretches: list[Any], most: int) -> list[Place]:
    """Asked for in order, a thousand claims would be looked for along the whole queue."""
    places = [Place(*row) for row in stretches[0].union(*stretches[1:], all=True)]
    return sorted(places, key=lambda place: (not place.is_overdue, -place.priority, place.seat))[:most]


def _stretches(person: Reviewer, wanted: QueueFilter, among: Among) -> Iterator[QuerySet[Seat]]:
    seats = wanted.wanted.narrow(Seat.objects.all() if among is None else Seat.objects.filter(claim__in=among))
    lower = Seat.objects.filter(claim=OuterRef("claim"), number__lt=OuterRef("number"))
    live = seats.filter(~Exists(lower.filter(status__in=LIVE)), claim__status__in=wanted.statuses)
    yield from (live.filter(status=status) for status in LIVE)
    differing = visible_claims(person).filter(status=ClaimStatus.IN_ADJUDICATION)
    shown = with_shown_status(differing, wanted.statuses).values("pk")
    first = ~Exists(lower.filter(round=OuterRef("round")))
    yield seats.filter(first, claim__in=shown, round=F("claim__round"))


def _beyond(seats: QuerySet[Seat], is_overdue: bool, after: Place | None) -> QuerySet[Seat]:
    seats = seats.filter(is_overdue=is_overdue)
    if after is None or after.is_overdue != is_overdue:
        return seats
    # The first condition is what the index can find; the second leaves out what was on the page before.
    return seats.filter(
        Q(priority__lt=after.priority) | Q(priority=after.priority, pk__gt=after.seat), priority__lte=after.priority
    )


def newest_first(person: Reviewer, wanted: QueueFilter, among: Among = None) -> QuerySet[Claim]:
    """Claims that do not wait, after the one that the page before ended with."""
    claims = with_shown_status(visible_claims(person), wanted.statuses)
    claims = claims if among is None else claims.filter(pk__in=among)
    pk = typed_number(wanted.after)
    return wanted.wanted.narrow_claims(claims.filter(pk__lt=pk) if pk else claims).order_by("-pk")
