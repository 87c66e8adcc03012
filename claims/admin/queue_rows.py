"""The rows of the review queue page: which claims, in which order, and how each stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.timesince import timesince

from claims.admin.doorway import typed_number
from claims.admin.words import say
from claims.enums import ClaimKind, ClaimStatus, SeatStatus
from claims.models import Appearance, Assignment, Claim, Reviewer, Seat
from claims.permissions import visible_claims

PAGE = 50
OPEN = (ClaimStatus.QUEUED, ClaimStatus.IN_REVIEW)
OUTLETS_FROM = 500  # claims whose outlets are offered as filters


@dataclass(frozen=True)
class QueueFilter:
    """What the address asks for; what it asks wrongly is left out."""

    statuses: tuple[ClaimStatus, ...] = OPEN
    kind: str = ""
    outlet: str = ""
    after: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "QueueFilter":
        status, kind = query.get("status", ""), query.get("kind", "")
        return cls(
            statuses=(ClaimStatus(status),) if status in list(ClaimStatus) else OPEN,
            kind=kind if kind in list(ClaimKind) else "",
            outlet=query.get("outlet", ""),
            after=query.get("after", ""),
        )

    @property
    def waits(self) -> bool:
        """Whether these claims still wait for a verdict: they come as the queue takes them, others newest first."""
        return set(self.statuses) <= set(OPEN)


@dataclass(frozen=True)
class Row:
    """`held` is the open turn, lapsed or not; `is_open`: somebody can take the claim, `is_free`: so can this person."""

    claim: Claim
    person: Reviewer
    now: datetime

    @property
    def kind(self) -> str:
        return say(ClaimKind, self.claim.kind)

    @property
    def status(self) -> str:
        return say(ClaimStatus, self.claim.status)

    @property
    def quote(self) -> str:
        """The claim's words; its sentence where the headline is those very words."""
        appearance = next(iter(self.claim.appearances.all()), None)
        if appearance is None:
            return ""
        return appearance.sentence if appearance.quote == self.claim.headline else appearance.quote

    @property
    def waiting_since(self) -> datetime | None:
        seats = self.claim.live_seats  # type: ignore[attr-defined]
        return seats[0].created_at if seats else None

    @property
    def waiting(self) -> str:
        return timesince(self.waiting_since, self.now, depth=1) if self.waiting_since else ""

    @property
    def held(self) -> Assignment | None:
        """The open turn, this person's before others'."""
        turns = self.claim.open_assignments  # type: ignore[attr-defined]
        return min(turns, key=lambda turn: turn.reviewer_id != self.person.pk, default=None)

    @property
    def is_lapsed(self) -> bool:
        return self.held is not None and self.held.expires_at <= self.now

    @property
    def is_mine(self) -> bool:
        return self.held is not None and self.held.reviewer_id == self.person.pk and not self.is_lapsed

    @property
    def is_open(self) -> bool:
        seats = self.claim.live_seats  # type: ignore[attr-defined]
        return self.is_lapsed or any(seat.status == SeatStatus.OPEN for seat in seats)

    @property
    def is_free(self) -> bool:
        return self.is_open and self.claim.added_by_id != self.person.pk


def find_rows(person: Reviewer, wanted: QueueFilter) -> tuple[list[Row], str]:
    """One page of rows, and the key that the next page comes after ("" on the last one)."""
    claims = _in_order(_with_details(_matching(person, wanted)), wanted)
    found = list(claims[: PAGE + 1])
    key = _key(found[PAGE - 1], wanted) if len(found) > PAGE else ""
    return [Row(claim, person, timezone.now()) for claim in found[:PAGE]], key


def _matching(person: Reviewer, wanted: QueueFilter) -> QuerySet[Claim]:
    claims = visible_claims(person).filter(status__in=wanted.statuses)
    if wanted.kind:
        claims = claims.filter(kind=wanted.kind)
    return claims.filter(article__outlet=wanted.outlet) if wanted.outlet else claims


def _with_details(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    seats = Seat.objects.filter(status__in=[SeatStatus.OPEN, SeatStatus.TAKEN])
    held = Assignment.objects.filter(closed_at=None).select_related("reviewer")
    return claims.select_related("article", "claimant", "rating").prefetch_related(
        Prefetch("appearances", Appearance.objects.order_by("-version", "start")),
        Prefetch("seats", seats, to_attr="live_seats"),
        Prefetch("assignments", held, to_attr="open_assignments"),
    )


def _in_order(claims: QuerySet[Claim], wanted: QueueFilter) -> QuerySet[Claim]:
    words, _separator, number = wanted.after.rpartition("_")
    pk, worth = typed_number(number), _worthiness(words)
    if not wanted.waits:
        return (claims.filter(pk__lt=pk) if pk else claims).order_by("-pk")
    if pk and worth is not None:
        same = Q(check_worthiness=worth, pk__gt=pk)
        claims = claims.filter(Q(check_worthiness__lt=worth) | same)
    return claims.order_by("-check_worthiness", "pk")


def _worthiness(words: str) -> float | None:
    try:
        worth = float(words)
    except ValueError:
        return None
    return worth if 0 <= worth <= 1 else None


def _key(claim: Claim, wanted: QueueFilter) -> str:
    return f"{claim.check_worthiness!r}_{claim.pk}" if wanted.waits else str(claim.pk)


def waiting_outlets(person: Reviewer, statuses: tuple[ClaimStatus, ...]) -> list[str]:
    """Outlets of the first claims that wait, by name."""
    first = visible_claims(person).filter(status__in=statuses).order_by("-check_worthiness", "pk")
    claims = Claim.objects.filter(pk__in=first.values("pk")[:OUTLETS_FROM]).exclude(article__outlet="")
    return sorted(claims.order_by().values_list("article__outlet", flat=True).distinct())
