"""The rows of the review queue page, and how each claim stands."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.timesince import timesince

from claims.admin.deadlines_in_words import Deadline, describe_deadline
from claims.admin.queue_filter import QueueFilter
from claims.admin.queue_order import LIVE, Among, find_places, newest_first
from claims.admin.queue_search import find_words
from claims.admin.queue_views import gather, narrow_to
from claims.admin.words import say
from claims.enums import ClaimKind, ClaimStatus, SeatStatus
from claims.lifecycle import UNDER_REVIEW
from claims.models import Appearance, Assignment, Claim, Reviewer, Seat
from claims.permissions import visible_assignments, visible_claims, with_shown_status
from claims.review.queue import lapsed, seats_for

PAGE = 50


@dataclass(frozen=True)
class Row:
    """`claim` comes from `_with_details`. `turns`: open ones that the person may know of, lapsed or not."""

    claim: Any
    person: Reviewer
    now: datetime

    @property
    def kind(self) -> str:
        return say(ClaimKind, self.claim.kind)

    @property
    def status(self) -> str:
        return say(ClaimStatus, self.claim.shown_status)

    @property
    def quote(self) -> str:
        """The claim's words; its sentence where the headline is those very words."""
        appearance = next(iter(self.claim.appearances.all()), None)
        if appearance is None:
            return ""
        return appearance.sentence if appearance.quote == self.claim.headline else appearance.quote

    @property
    def waits(self) -> bool:
        return self.claim.status in UNDER_REVIEW

    @property
    def waiting(self) -> str:
        return timesince(self.claim.review_began_at, self.now, depth=1)

    @cached_property
    def deadline(self) -> Deadline | None:
        return describe_deadline(self.claim, self.now) if self.waits else None

    @property
    def turns(self) -> list[Assignment]:
        return self.claim.open_assignments

    @cached_property
    def mine(self) -> Assignment | None:
        return next((t for t in self.turns if t.reviewer_id == self.person.pk and t.expires_at > self.now), None)

    @property
    def others(self) -> list[Assignment]:
        return [t for t in self.turns if t.expires_at > self.now and t is not self.mine]

    @property
    def lapsed(self) -> list[Assignment]:
        return [t for t in self.turns if t.expires_at <= self.now]

    @property
    def places(self) -> int:
        return self.claim.rule.seats if self.waits and self.claim.rule else 1

    @property
    def free(self) -> int:
        """Places that somebody can take: open, or their taker's time has run out."""
        return sum(seat.status == SeatStatus.OPEN or seat.has_lapsed for seat in self.claim.live_seats)

    @property
    def may_take(self) -> bool:
        return bool(self.free and self.claim.may_sit and not self.mine)


def find_among(person: Reviewer, wanted: QueueFilter) -> Among:
    """The claims that the view and the words leave to choose from: at most `MOST_FOUND`, and one where there are more.

    They are gathered first, for few match: looking for them in the order of the queue would pass a million others.
    """
    claims = wanted.wanted.narrow_claims(_showing(person, wanted.statuses))
    viewed = gather(person, wanted.view, claims)
    if not wanted.words:
        return viewed
    return find_words(narrow_to(wanted.view, claims) if viewed is None else claims.filter(pk__in=viewed), wanted.words)


def _showing(person: Reviewer, statuses: frozenset[ClaimStatus]) -> QuerySet[Claim]:
    """Hiding makes one status of these two: with both, or with neither, what is stored is asked, which is quicker."""
    claims = visible_claims(person)
    hides = len(statuses & {ClaimStatus.IN_REVIEW, ClaimStatus.IN_ADJUDICATION}) == 1
    return with_shown_status(claims, statuses) if hides else claims.filter(status__in=statuses)


def find_rows(person: Reviewer, wanted: QueueFilter, among: Among = None) -> tuple[list[Row], str]:
    """One page of rows, and the key that the next page comes after ("" on the last one)."""
    keys = _find_keys(person, wanted, among)
    shown = list(keys)[:PAGE]
    claims, now = _with_details(visible_claims(person), person).in_bulk(shown), timezone.now()
    rows = [Row(claims[pk], person, now) for pk in shown if pk in claims]
    return rows, keys[shown[-1]] if len(keys) > PAGE else ""


def _find_keys(person: Reviewer, wanted: QueueFilter, among: Among) -> dict[int, str]:
    """Of one page and the claim after it: what the page after each would come after."""
    if wanted.waits:
        return {place.claim: place.words for place in find_places(person, wanted, PAGE + 1, among)}
    return {pk: str(pk) for pk in newest_first(person, wanted, among).values_list("pk", flat=True)[: PAGE + 1]}


def _with_details(claims: QuerySet[Claim], person: Reviewer) -> QuerySet[Any]:
    has_lapsed = Exists(lapsed(timezone.now()).filter(seat=OuterRef("pk")))
    seats = Seat.objects.filter(status__in=LIVE).annotate(has_lapsed=has_lapsed)
    held = visible_assignments(person).filter(closed_at=None).select_related("reviewer").order_by("pk")
    may_sit = Exists(seats_for(person).filter(claim=OuterRef("pk")))
    related = claims.select_related("article", "claimant", "rating", "rule").annotate(may_sit=may_sit)
    return related.prefetch_related(
        Prefetch("appearances", Appearance.objects.order_by("-version", "start")),
        Prefetch("seats", seats, to_attr="live_seats"),
        Prefetch("assignments", held, to_attr="open_assignments"),
    )
