"""What the person may do about a claim besides judging it; the services decide it again."""

from dataclasses import dataclass
from typing import Any

from claims.enums import ClaimStatus
from claims.lifecycle import CLOSED, MOVES, UNDER_REVIEW
from claims.models import Claim, Reviewer
from claims.permissions import Power, can, may_adjudicate
from claims.review.adjudication import is_impartial
from claims.review.closing import can_reopen, can_restore


@dataclass(frozen=True)
class Moves:
    """Whether the person finds the form of that name."""

    adjudication: bool
    dismissal: bool
    reopening: bool
    restoration: bool
    prioritise: bool
    reassign: bool
    merging: bool
    unmerging: bool
    correcting: bool
    publishing: bool
    withdrawal: bool  # and the correction of what is published


def find_moves(claim: Any, person: Reviewer) -> Moves:
    """Of a claim that knows whether it `is_public`: whether readers see a fact-check of it."""
    status = ClaimStatus(claim.status)
    is_duplicate = status is ClaimStatus.DUPLICATE
    return Moves(
        adjudication=_may_adjudicate_now(claim, person),
        dismissal=can(person, Power.DISMISS) and ClaimStatus.DISMISSED in MOVES[status] and not claim.is_public,
        reopening=can_reopen(person, claim) and not is_duplicate,  # what was merged is unmerged
        restoration=can_restore(person, claim),
        prioritise=can(person, Power.ASSIGN) and status in (ClaimStatus.EXTRACTED, *UNDER_REVIEW),
        reassign=can(person, Power.ASSIGN),
        merging=may_merge(claim, person) and not claim.is_public,
        unmerging=can(person, Power.MERGE) and is_duplicate,
        correcting=can(person, Power.CORRECT) and status not in CLOSED,
        publishing=can(person, Power.PUBLISH) and status is ClaimStatus.DECIDED and not claim.is_public,
        withdrawal=can(person, Power.PUBLISH) and claim.is_public,
    )


def may_merge(claim: Claim, person: Reviewer) -> bool:
    return can(person, Power.MERGE) and ClaimStatus.DUPLICATE in MOVES[ClaimStatus(claim.status)]


def _may_adjudicate_now(claim: Claim, person: Reviewer) -> bool:
    differs = claim.status == ClaimStatus.IN_ADJUDICATION
    return differs and may_adjudicate(person, claim) and is_impartial(person, claim)
