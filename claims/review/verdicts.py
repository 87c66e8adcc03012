"""A verdict comes in under a held lease; the verdicts of a round decide the claim, or call for an adjudicator."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.enums import AssignmentOutcome, ClaimStatus, EventKind, SeatStatus
from claims.exceptions import DeskError, LeaseLost
from claims.history import append_event
from claims.lifecycle import move_locked, settle, withdraw_open_seats
from claims.models import Assignment, Claim, Draft, Evidence, Rating, Reviewer, SignOffRule, Verdict
from claims.notifications.routing import tell_adjudication_needed, tell_verdict_recorded
from claims.permissions import Power, require
from claims.review.assignments import close_assignment, hold_assignment
from claims.review.drafts import save_draft
from claims.review.evidence import check_publishers, create_evidence
from claims.review.signoff import Step, find_decision


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
        raise DeskError("Explain your verdict: readers and colleagues will ask why.", code="explanation_needed")
    try:
        return _record(reviewer, assignment_id, fence, rating, explanation.strip(), evidence)
    except DeskError as refusal:
        if refusal.code == "verdict_recorded" or not _keeps_draft(refusal):
            raise
        claim = Assignment.objects.get(pk=assignment_id, reviewer=reviewer).claim
        save_draft(reviewer, claim, rating=rating, explanation=explanation, evidence=evidence)
        raise type(refusal)(f"{refusal.message} What you wrote is kept as your draft.", refusal.code) from refusal


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
    verdict = Verdict.objects.create(assignment=assignment, rating=rating, explanation=explanation)
    if evidence:
        verdict.evidence.set([_resolve_evidence(reviewer, claim, one) for one in evidence])
    check_publishers(reviewer, claim)
    close_assignment(assignment, AssignmentOutcome.VERDICT, SeatStatus.FILLED)
    Draft.objects.filter(claim=claim, reviewer=reviewer).delete()
    _tally(claim, verdict)
    tell_verdict_recorded(verdict)
    return verdict


def _lock_with_rule(reviewer: Reviewer, assignment_id: int) -> Claim:
    """The claim of the person's assignment under its lock, and its rule. Raises Assignment.DoesNotExist."""
    claims = Claim.objects.select_for_update(of=("self",)).select_related("rule__policy", "article", "claimant")
    claim = claims.filter(assignments=assignment_id, assignments__reviewer=reviewer).first()
    if claim is None:
        raise Assignment.DoesNotExist
    return claim


def _resolve_evidence(reviewer: Reviewer, claim: Claim, one: dict[str, Any] | int) -> Evidence:
    if isinstance(one, dict):
        return create_evidence(reviewer, claim, one)
    found = claim.evidence.filter(pk=one).first()
    if found is None:
        raise DeskError(f"Evidence {one} is not evidence of this claim. Add it to the claim first.", code="evidence")
    return found


def _tally(claim: Claim, verdict: Verdict) -> None:
    """Record the verdict, and what it means for the claim.

    A blind round waits for its last verdict: that it goes on would tell that the first ones differ. An open one ends as
    soon as enough agree and nobody else is at work.
    """
    rule = rule_of(claim)
    verdicts = [verdict] if rule.seats == 1 else verdicts_of_round(claim)
    is_complete = len(verdicts) >= rule.seats
    is_early = not (is_complete or rule.is_blind or claim.assignments.filter(closed_at=None).exists())
    rating = decide_by(rule, verdicts) if is_complete or is_early else None
    record = append_event if rating or is_complete else settle
    record(claim, EventKind.VERDICT_RECORDED, actor=verdict.assignment.reviewer, details=_describe(verdict))
    if rating:
        if is_early:
            withdraw_open_seats(claim)
        decide(claim, EventKind.DECIDED, rating, verdicts)
    elif is_complete:
        details = {"verdicts": [one.pk for one in verdicts]} | describe_rule(rule)
        event = move_locked(claim, ClaimStatus.IN_ADJUDICATION, EventKind.VERDICTS_DIFFER, details=details)
        tell_adjudication_needed(claim, event)


def _describe(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.pk,
        "assignment": verdict.assignment_id,
        "rating": verdict.rating.name,
        "explanation": verdict.explanation,
    }


def rule_of(claim: Claim) -> SignOffRule:
    """Of a claim that is, or was, in review."""
    assert claim.rule  # noqa: S101
    return claim.rule


def verdicts_of_round(claim: Claim) -> list[Verdict]:
    """The verdicts of the round that runs, or ran last."""
    verdicts = Verdict.objects.filter(assignment__claim=claim, assignment__seat__round=claim.round)
    return list(verdicts.select_related("rating").order_by("pk"))


def decide_by(rule: SignOffRule, verdicts: Sequence[Verdict]) -> Rating | None:
    """The rating that the verdicts carry under the rule."""
    if len(verdicts) < rule.agreeing:
        return None
    ratings = {verdict.rating_id: verdict.rating for verdict in verdicts}
    if len(ratings) == 1:
        return verdicts[0].rating
    scale = Rating.objects.filter(scale=verdicts[0].rating.scale_id).exclude(value=None)
    places = {pk: place for place, pk in enumerate(scale.order_by("value").values_list("pk", flat=True))}
    steps = [Step(verdict.rating_id, places.get(verdict.rating_id)) for verdict in verdicts]
    found = find_decision(steps, rule.agreeing, rule.tolerance, len(places))
    return ratings[found.rating] if found else None


def decide(
    claim: Claim,
    kind: EventKind,
    rating: Rating,
    verdicts: Sequence[Verdict],
    *,
    actor: Reviewer | None = None,
    reason: str = "",
) -> None:
    """The outcome of verdicts, or of an adjudication; it says under which policy."""
    details = {"rating": rating.name, "verdicts": [verdict.pk for verdict in verdicts]}
    move_locked(
        claim,
        ClaimStatus.DECIDED,
        kind,
        actor=actor,
        reason=reason,
        details=details | describe_rule(rule_of(claim)),
        rating=rating,
        decided_at=timezone.now(),
    )


def describe_rule(rule: SignOffRule) -> dict[str, Any]:
    return {"policy": rule.policy.number, "rule": rule.position}
