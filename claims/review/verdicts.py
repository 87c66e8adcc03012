"""A verdict comes in under a held lease, and decides: one seat a claim, so one verdict is the decision."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.enums import AssignmentOutcome, ClaimStatus, EventKind, SeatStatus
from claims.exceptions import DeskError, LeaseLost
from claims.history import append_event
from claims.lifecycle import lock_claim, move
from claims.models import Assignment, Claim, Draft, Evidence, Rating, Reviewer, Verdict
from claims.notifications.routing import tell_verdict_recorded
from claims.permissions import Power, require
from claims.review.assignments import close_assignment, hold_assignment
from claims.review.drafts import save_draft
from claims.review.evidence import create_evidence


def record_verdict(
    reviewer: Reviewer,
    assignment_id: int,
    fence: int,
    *,
    rating: Rating,
    explanation: str,
    evidence: Sequence[dict[str, Any] | int] = (),
) -> Verdict:
    """Hand in the verdict of a turn. `evidence`: ids of evidence of the claim, or fields of new evidence.

    Raises LeaseLost when the turn is over or the fence is old: the text is then kept as the reviewer's draft.
    Raises DeskError for an empty explanation or unfit evidence; Assignment.DoesNotExist for another's turn.
    """
    require(reviewer, Power.REVIEW)
    if not explanation.strip():
        raise DeskError("Explain your verdict: readers and colleagues will ask why.", code="explanation_needed")
    try:
        return _record(reviewer, assignment_id, fence, rating, explanation.strip(), evidence)
    except LeaseLost as lost:
        if lost.code == "verdict_recorded":
            raise
        claim = Assignment.objects.get(pk=assignment_id, reviewer=reviewer).claim
        save_draft(reviewer, claim, rating=rating, explanation=explanation, evidence=evidence)
        raise LeaseLost(f"{lost.message} What you wrote is kept as your draft.", lost.code) from lost


@transaction.atomic
def _record(
    reviewer: Reviewer,
    assignment_id: int,
    fence: int,
    rating: Rating,
    explanation: str,
    evidence: Sequence[dict[str, Any] | int],
) -> Verdict:
    claim = lock_claim(Assignment.objects.values_list("claim", flat=True).get(pk=assignment_id, reviewer=reviewer))
    assignment = hold_assignment(reviewer, assignment_id, fence)
    verdict = Verdict.objects.create(assignment=assignment, rating=rating, explanation=explanation)
    verdict.evidence.set([_resolve_evidence(reviewer, claim, one) for one in evidence])
    close_assignment(assignment, AssignmentOutcome.VERDICT, SeatStatus.FILLED)
    details = {
        "verdict": verdict.pk,
        "assignment": assignment.pk,
        "rating": rating.name,
        "explanation": explanation,
    }
    append_event(claim, EventKind.VERDICT_RECORDED, actor=reviewer, details=details)
    Draft.objects.filter(claim=claim, reviewer=reviewer).delete()
    _decide(claim, verdict)
    tell_verdict_recorded(verdict)
    return verdict


def _resolve_evidence(reviewer: Reviewer, claim: Claim, one: dict[str, Any] | int) -> Evidence:
    if isinstance(one, dict):
        return create_evidence(reviewer, claim, one)
    found = claim.evidence.filter(pk=one).first()
    if found is None:
        raise DeskError(f"Evidence {one} is not evidence of this claim. Add it to the claim first.", code="evidence")
    return found


def _decide(claim: Claim, verdict: Verdict) -> None:
    move(
        claim.pk,
        ClaimStatus.DECIDED,
        EventKind.DECIDED,
        details={"rating": verdict.rating.name, "verdicts": [verdict.pk]},
        rating=verdict.rating,
        decided_at=timezone.now(),
    )
