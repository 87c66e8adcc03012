"""The table of moves of a claim, and the only writer of `Claim.status`."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claims.enums import ClaimStatus as S
from claims.enums import EventKind, SeatStatus
from claims.exceptions import DeskError, MoveRefused
from claims.history import END_OF_CHAIN, append_event, build_event
from claims.kept_queries import KeptQuery, save_fields
from claims.models import Claim, ClaimEvent, Reviewer
from claims.notifications.webhooks import tell_of_claim
from claims.words import label_of, within_sentence

MOVES: dict[S, frozenset[S]] = {
    S.EXTRACTED: frozenset({S.QUEUED, S.DISMISSED, S.DUPLICATE}),
    # Back to a decision: where a reopening is undone.
    S.QUEUED: frozenset({S.IN_REVIEW, S.DISMISSED, S.DUPLICATE, S.DECIDED, S.PUBLISHED}),
    S.IN_REVIEW: frozenset({S.QUEUED, S.IN_ADJUDICATION, S.DECIDED, S.PUBLISHED, S.DISMISSED, S.DUPLICATE}),
    S.IN_ADJUDICATION: frozenset({S.QUEUED, S.DECIDED, S.DISMISSED, S.DUPLICATE}),
    S.DECIDED: frozenset({S.PUBLISHED, S.QUEUED}),
    S.PUBLISHED: frozenset({S.QUEUED, S.DECIDED}),
    # Back to where they were, at their old place and with the verdicts that are in.
    S.DISMISSED: frozenset({S.EXTRACTED, S.QUEUED, S.IN_ADJUDICATION}),
    S.DUPLICATE: frozenset({S.EXTRACTED, S.QUEUED, S.IN_ADJUDICATION}),
}
CLOSED = frozenset({S.DECIDED, S.PUBLISHED, S.DISMISSED, S.DUPLICATE})
UNDER_REVIEW = frozenset({S.QUEUED, S.IN_REVIEW, S.IN_ADJUDICATION})
DECIDED = frozenset({S.DECIDED, S.PUBLISHED})


def lock_claim(claim_id: int) -> Claim:
    """The claim under its row lock, as it stands now. Everything that happens to a claim happens under this lock."""
    return _locked.get(claim_id)


_locked = KeptQuery(lambda claim: Claim.objects.select_for_update(of=("self",)).filter(pk=claim))


def needs_reason(came_from: S, to: S) -> bool:
    """Whether the move puts a claim aside or brings a closed one back, whatever its event is called."""
    return to in (S.DISMISSED, S.DUPLICATE) or (came_from in CLOSED and to not in CLOSED)


@transaction.atomic
def move(claim_id: int, to: S, kind: EventKind, **how: Any) -> tuple[Claim, ClaimEvent]:
    """Lock a claim and move it (`how` as for `move_locked`). One transaction."""
    claim = lock_claim(claim_id)
    return claim, move_locked(claim, to, kind, **how)


def move_locked(
    claim: Claim,
    to: S,
    kind: EventKind,
    *,
    actor: Reviewer | None = None,
    at: datetime | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
    after: ClaimEvent | None = None,
    **fields: Any,
) -> ClaimEvent:
    """Move a claim that was read under its lock: write the status and the named fields, append the event,
    and tell the programs that listen.

    `after`: the event before it, built and not yet written.

    Raises MoveRefused when the table does not know the move, DeskError without a reason where one is needed;
    nothing is written then.
    """
    came_from = S(claim.status)
    if to not in MOVES[came_from]:
        known = {"status": within_sentence(label_of(came_from)), "to": within_sentence(label_of(to))}
        raise MoveRefused(_("The claim is %(status)s; from there it cannot become %(to)s.") % known)
    if needs_reason(came_from, to) and not reason.strip():
        raise DeskError(_("Give a reason: it stays in the claim's history."), code="reason_needed")
    event = build_event(
        claim, kind, actor=actor, at=at, from_status=came_from, to_status=to, reason=reason.strip(), details=details
    )
    for name, value in (fields | {"status": to}).items():
        setattr(claim, name, value)
    save_fields(claim, "status", *fields, *END_OF_CHAIN)
    ClaimEvent.objects.bulk_create([after, event] if after else [event])
    tell_of_claim(claim, event)
    return event


def settle(claim: Claim, kind: EventKind, **how: Any) -> ClaimEvent:
    """Record what happened at a claim's table; it is in review while somebody sits there, and queued while nobody does.

    The claim was read under its lock, and its seats already stand as they will.
    """
    is_held = claim.seats.filter(status=SeatStatus.TAKEN).exists()
    to = S.IN_REVIEW if is_held else S.QUEUED
    return append_event(claim, kind, **how) if to == claim.status else move_locked(claim, to, kind, **how)


def withdraw_open_seats(claim: Claim) -> None:
    """Nobody needs to take a seat of this claim any more. The caller holds the claim's lock."""
    claim.seats.filter(status=SeatStatus.OPEN).update(status=SeatStatus.WITHDRAWN)
