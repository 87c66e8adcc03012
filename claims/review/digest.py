"""The morning digest: what waits for a person, what they hold, and what they chose to hear of in it."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from claims.enums import ClaimStatus, EmailKind, Timing
from claims.models import Appearance, Assignment, Claim, DigestEntry, Reviewer, Seat
from claims.notifications.choices import choose_timings, local_time
from claims.notifications.gathering import MOST_LISTED
from claims.notifications.outbox import Occasion, queue_mails
from claims.permissions import Power, can, own_assignments, roles_of
from claims.review.adjudication import is_impartial
from claims.review.queue import open_seats_for, seats_suiting

MOST_COUNTED = 1_000  # of what waits; "more than" stands before it
MOST_REASONS = 3
MOST_SEATS = 3  # of one claim


def send_digests() -> int:
    """The sweep: everybody whose morning has come, once on each of their own days. Returns how many mails were written.

    A day is a date of the person's own calendar: clocks that are put forward or back neither skip nor double one. A
    desk that was down at that hour tells later the same day.
    """
    now = timezone.now()
    anywhere = (now + timedelta(days=1)).date()  # no calendar is further than that
    people = Reviewer.objects.filter(is_active=True, digest_on__lt=anywhere)
    return sum(_send(person.pk, now) for person in people.order_by("pk") if _is_due(person, now))


def _is_due(person: Reviewer, now: datetime) -> bool:
    local = local_time(person, now)
    return person.digest_on < local.date() and local.hour >= min(person.digest_hour, _last_hour(local))


def _last_hour(local: datetime) -> int:
    """Of that day: there are clocks that are put forward at 23, to the next day."""
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return (midnight.astimezone(UTC) - timedelta(seconds=1)).astimezone(local.tzinfo).hour


@transaction.atomic
def _send(person_id: int, now: datetime) -> bool:
    """The person's row is locked: two sweeps at once write one digest."""
    locked = Reviewer.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=person_id)
    person = next((one for one in locked if _is_due(one, now)), None)
    if person is None:
        return False
    person.digest_on = local_time(person, now).date()
    person.save(update_fields=["digest_on"])
    # Who is away or has paused mail gets a digest of all of it when they are back; who has no role now, with the next.
    if not roles_of(person) or choose_timings(EmailKind.DIGEST, [person]).get(person.pk) is not Timing.AT_ONCE:
        return False
    digest = compose_digest(person)
    if digest is None:
        return False
    (mail,) = queue_mails(Occasion(EmailKind.DIGEST, f"day:{person.digest_on}", digest), [person])
    _untold(person).filter(pk__in=[entry.pk for entry in digest["entries"]]).update(told_by=mail)
    return True


class Waiting(NamedTuple):
    claim: Claim
    quote: str
    reasons: list[str]  # why it was picked, the weightiest first


def compose_digest(person: Reviewer) -> dict[str, Any] | None:
    """What the mail says; None where there is nothing to say."""
    seats = seats_suiting(person, open_seats_for(person)) if can(person, Power.REVIEW) else Seat.objects.none()
    entries = list(_untold(person).select_related("claim").order_by("pk"))
    digest = {
        "waiting": _first_claims(seats),
        "held": list(_held(person)),
        "contested": list(_contested(person)),
        "entries": entries,
    }
    if not any(digest.values()):
        return None
    total = seats.order_by().values("claim").distinct()[: MOST_COUNTED + 1].count()
    return digest | {"total": min(total, MOST_COUNTED), "is_more": total > MOST_COUNTED}


def _untold(person: Reviewer) -> QuerySet[DigestEntry]:
    return DigestEntry.objects.filter(recipient=person, told_by=None, due_at=None)


def _first_claims(seats: QuerySet[Seat]) -> list[Waiting]:
    """In the order of the queue, each once: how many of its seats are free is nobody's business in a blind review."""
    newest = Appearance.objects.filter(claim=OuterRef("claim")).order_by("-version__number", "start")
    related: QuerySet[Any] = seats.select_related("claim__article", "claim__claimant")
    with_words = related.annotate(quote=Subquery(newest.values("quote")[:1]))
    claims = {seat.claim_id: seat for seat in reversed(with_words[: MOST_LISTED * MOST_SEATS])}
    return [_describe(seat) for seat in list(claims.values())[::-1][:MOST_LISTED]]


def _describe(seat: Any) -> Waiting:
    spoke_for_it = [reason for reason in seat.claim.reasons if reason["weight"] > 0 and reason["name"] != "base"]
    spoke_for_it.sort(key=lambda reason: -reason["weight"])
    return Waiting(seat.claim, seat.quote or "", [reason["text"] for reason in spoke_for_it[:MOST_REASONS]])


def _held(person: Reviewer) -> QuerySet[Assignment]:
    open_turns = own_assignments(person).filter(closed_at=None, expires_at__gt=timezone.now())
    return open_turns.select_related("claim__article", "claim__claimant").order_by("expires_at")[:MOST_LISTED]


def _contested(person: Reviewer) -> Iterator[Claim]:
    """What the person may decide between; the oldest first."""
    if not can(person, Power.ADJUDICATE):
        return
    theirs = Claim.objects.filter(status=ClaimStatus.IN_ADJUDICATION, rule__adjudicated_by__in=roles_of(person))
    related = theirs.select_related("article", "claimant", "rule").order_by(F("due_at").asc(nulls_last=True), "pk")
    yield from [claim for claim in related[: 2 * MOST_LISTED] if is_impartial(person, claim)][:MOST_LISTED]
