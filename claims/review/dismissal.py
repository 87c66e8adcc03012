"""Putting a claim aside, and bringing a closed one back, each with a reason that stays in its history."""

from django.db import transaction

from claims.enums import ClaimStatus, EventKind
from claims.exceptions import AlreadyTaken, MoveRefused
from claims.lifecycle import CLOSED, lock_claim, move
from claims.models import Claim, Reviewer
from claims.permissions import Power, can, require
from claims.review.assignments import withdraw_seats
from claims.review.queue import queue_claim


@transaction.atomic
def dismiss_claim(person: Reviewer, claim_id: int, reason: str) -> Claim:
    """Not worth checking. A claim that a colleague is working on is only an editor's to dismiss."""
    require(person, Power.DISMISS)
    claim = lock_claim(claim_id)
    held = claim.assignments.filter(closed_at=None).exclude(reviewer=person).select_related("reviewer").first()
    if held and not can(person, Power.ASSIGN):
        raise AlreadyTaken(f"{held.reviewer} is working on this claim. Ask them, or an editor, to dismiss it.")
    claim, _ = move(claim_id, ClaimStatus.DISMISSED, EventKind.DISMISSED, actor=person, reason=reason)
    withdraw_seats(claim)
    return claim


@transaction.atomic
def reopen_claim(person: Reviewer, claim_id: int, reason: str) -> Claim:
    """Back into the queue with a fresh seat. Past verdicts stay in the history."""
    require(person, Power.REOPEN)
    status = ClaimStatus(lock_claim(claim_id).status)
    if status not in CLOSED:
        raise MoveRefused(f"The claim is {status.label.lower()}: only a closed claim can be reopened.")
    undone = {"rating": None, "decided_at": None, "duplicate_of": None}
    return queue_claim(claim_id, EventKind.REOPENED, actor=person, reason=reason, **undone)
