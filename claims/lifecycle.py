"""The table of moves of a claim, and the only writer of `Claim.status`."""

from typing import Any

from django.db import transaction

from claims.enums import ClaimStatus as S
from claims.enums import EventKind, SeatStatus
from claims.exceptions import DeskError, MoveRefused
from claims.history import append_event
from claims.models import Claim, ClaimEvent, Reviewer

MOVES: dict[S, frozenset[S]] = {
    S.EXTRACTED: frozenset({S.QUEUED, S.DISMISSED, S.DUPLICATE}),
    S.QUEUED: frozenset({S.IN_REVIEW, S.DISMISSED, S.DUPLICATE}),
    S.IN_REVIEW: frozenset({S.QUEUED, S.IN_ADJUDICATION, S.DECIDED, S.DISMISSED, S.DUPLICATE}),
    S.IN_ADJUDICATION: frozenset({S.QUEUED, S.DECIDED, S.DISMISSED, S.DUPLICATE}),
    S.DECIDED: frozenset({S.PUBLISHED, S.QUEUED}),
    S.PUBLISHED: frozenset({S.QUEUED}),
    S.DISMISSED: frozenset({S.EXTRACTED, S.QUEUED}),
    S.DUPLICATE: frozenset({S.QUEUED}),
}
CLOSED = frozenset({S.DECIDED, S.PUBLISHED, S.DISMISSED, S.DUPLICATE})


def lock_claim(claim_id: int) -> Claim:
    """The claim under its row lock, as it stands now. Everything that happens to a claim happens under this lock."""
    return Claim.objects.select_for_update(of=("self",)).get(pk=claim_id)


def needs_reason(came_from: S, to: S) -> bool:
    """Whether the move puts a claim aside or brings a closed one back, whatever its event is called."""
    return to is S.DISMISSED or (came_from in CLOSED and to not in CLOSED)


@transaction.atomic
def move(
    claim_id: int,
    to: S,
    kind: EventKind,
    *,
    actor: Reviewer | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
    **fields: Any,
) -> tuple[Claim, ClaimEvent]:
    """Move a claim: lock, re-check, write the status and the named fields, append the event. One transaction.

    Raises MoveRefused when the table does not know the move, DeskError without a reason where one is needed;
    nothing is written then.
    """
    claim = lock_claim(claim_id)
    came_from = S(claim.status)
    if to not in MOVES[came_from]:
        raise MoveRefused(f"The claim is {came_from.label.lower()}; from there it cannot become {to.label.lower()}.")
    if needs_reason(came_from, to) and not reason.strip():
        raise DeskError("Give a reason: it stays in the claim's history.", code="reason_needed")
    for name, value in (fields | {"status": to}).items():
        setattr(claim, name, value)
    claim.save(update_fields=["status", *fields])
    event = append_event(
        claim, kind, actor=actor, from_status=came_from, to_status=to, reason=reason.strip(), details=details
    )
    return claim, event


def withdraw_open_seats(claim: Claim) -> None:
    """Nobody needs to take a seat of this claim any more. The caller holds the claim's lock."""
    claim.seats.filter(status=SeatStatus.OPEN).update(status=SeatStatus.WITHDRAWN)
