"""A verdict comes in under a held lease."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import EventKind
from claims.exceptions import Conflict, DeskError, LeaseLost
from claims.kept_queries import KeptQuery
from claims.models import Assignment, Claim, Evidence, Rating, Reviewer, Verdict
from claims.notifications.routing import tell_verdict_recorded
from claims.permissions import Power, require
from claims.review.assignments import hold_assignment
from claims.review.decision import conclude
from claims.review.drafts import save_draft
from claims.review.evidence import check_publishers, create_evidence


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

    Raises LeaseLost when the turn is over or the fence is old, DeskError where the policy asks for more evidence: the
    text is then kept as the reviewer's draft. Raises DeskError for an empty explanation or unfit evidence;
    Assignment.DoesNotExist for another's turn.
    """
    require(reviewer, Power.REVIEW)
    if not explanation.strip():
        raise DeskError(_("Explain your verdict: readers and colleagues will ask why."), code="explanation_needed")
    try:
        return _record(reviewer, assignment_id, fence, rating, explanation.strip(), evidence)
    except DeskError as refusal:
        if refusal.code == "verdict_recorded" or not _keeps_draft(refusal):
            raise
        claim = Assignment.objects.get(pk=assignment_id, reviewer=reviewer).claim
        try:
            save_draft(reviewer, claim, rating=rating, explanation=explanation, evidence=evidence)
        except Conflict as other_turn:  # they took the claim again, in another window, and judged it there
            raise LeaseLost(other_turn.message, other_turn.code) from refusal
        kept = _("What you wrote is kept as your draft.")
        raise type(refusal)(f"{refusal.message} {kept}", refusal.code) from refusal


def _keeps_draft(refusal: DeskError) -> bool:
    return isinstance(refusal, LeaseLost) or refusal.code == "publishers_needed"


@transaction.atomic
def _record(
    reviewer: Reviewer,
    assignment_id: int,
    fence: int,
    rating: Rating,
    explanation: str,
    evidence: Sequence[dict[str, Any] | int],
) -> Verdict:
    claim = _lock_with_rule(reviewer, assignment_id)
    assignment = hold_assignment(reviewer, assignment_id, fence)
    assignment.claim = claim
    sources = [_resolve_evidence(reviewer, claim, one) for one in evidence]
    check_publishers(reviewer, claim)  # while the person is still blind to what others found
    verdict = Verdict(assignment=assignment, rating=rating, explanation=explanation)
    _hand_in(verdict)
    if sources:
        verdict.evidence.set(sources)
    conclude(claim, EventKind.VERDICT_RECORDED, verdict, actor=reviewer, details=_describe(verdict))
    tell_verdict_recorded(verdict)
    return verdict


# What ends a turn with its verdict. In one statement: everybody waits for it, and each of its own costs as much again.
_HAND_IN = """
WITH turn AS (
    UPDATE claims_assignment SET closed_at = %s, outcome = 'verdict' WHERE id = %s
    RETURNING id, seat_id, claim_id, reviewer_id
),
seat AS (UPDATE claims_seat SET status = 'filled' FROM turn WHERE claims_seat.id = turn.seat_id),
draft AS (DELETE FROM claims_draft USING turn WHERE (claims_draft.claim_id, claims_draft.reviewer_id)
    = (turn.claim_id, turn.reviewer_id))
INSERT INTO claims_verdict (assignment_id, rating_id, explanation, created_at)
SELECT id, %s, %s, %s FROM turn RETURNING id
"""


def _hand_in(verdict: Verdict) -> None:
    """Write the verdict, close its turn, fill the seat, and drop the draft."""
    written: list[Any] = [verdict.rating_id, verdict.explanation, verdict.created_at]
    with connection.cursor() as cursor:
        cursor.execute(_HAND_IN, [timezone.now(), verdict.assignment_id, *written])
        (verdict.pk,) = cursor.fetchone()


def _lock_with_rule(reviewer: Reviewer, assignment_id: int) -> Claim:
    """The claim of the person's assignment under its lock, and its rule. Raises Assignment.DoesNotExist."""
    found = _locked_claim_of(assignment_id, reviewer.pk)
    if not found:
        raise Assignment.DoesNotExist
    return found[0]


@KeptQuery
def _locked_claim_of(assignment_id: Any, reviewer_id: Any) -> QuerySet[Claim]:
    claims = Claim.objects.select_for_update(of=("self",)).select_related("rule__policy", "article", "claimant")
    return claims.filter(assignments=assignment_id, assignments__reviewer=reviewer_id)


def _resolve_evidence(reviewer: Reviewer, claim: Claim, one: dict[str, Any] | int) -> Evidence:
    if isinstance(one, dict):
        return create_evidence(reviewer, claim, one)
    found = claim.evidence.filter(pk=one).first()
    if found is None:
        words = _("Evidence %(number)s is not evidence of this claim. Add it to the claim first.")
        raise DeskError(words % {"number": one}, code="evidence")
    return found


def _describe(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.pk,
        "assignment": verdict.assignment_id,
        "rating": verdict.rating.name,
        "explanation": verdict.explanation,
    }
