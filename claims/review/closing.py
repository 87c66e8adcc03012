"""Putting a claim aside, and bringing it back: each with a reason, each undone by its counterpart.

dismissal and reopening; merge and unmerge; the reopening of a decision and its restoration.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claims.enums import AssignmentOutcome, ClaimStatus, DismissalReason, EventKind
from claims.exceptions import AlreadyTaken, Conflict, DeskError, MoveRefused
from claims.lifecycle import CLOSED, lock_claim, move_locked
from claims.models import Assignment, Claim, Reviewer
from claims.permissions import Power, can, require, visible_assignments
from claims.priority import refresh_priority
from claims.review.assignments import withdraw_seats
from claims.review.rounds import begin_review, resume_review


@transaction.atomic
def dismiss_claim(
    person: Reviewer, claim_id: int, reason: str, category: DismissalReason = DismissalReason.OTHER
) -> Claim:
    """Not worth checking. A claim that a colleague has worked on is only an editor's to dismiss."""
    require(person, Power.DISMISS)
    claim = lock_claim(claim_id)
    _check_not_public(claim)
    if not can(person, Power.ASSIGN):
        _check_untouched_by_others(claim, person)
    details = {"category": str(category)}
    move_locked(
        claim,
        ClaimStatus.DISMISSED,
        EventKind.DISMISSED,
        actor=person,
        reason=reason,
        details=details,
        dismissed_as=category,
    )
    withdraw_seats(claim, by=person)
    return claim


def _check_not_public(claim: Claim) -> None:
    """Of a published claim that is reviewed again readers see a fact-check: it must lead to a decision."""
    if claim.fact_checks.filter(withdrawn_at=None).exists():
        words = _("Readers see a fact-check of this claim. Withdraw that first, or have the claim decided again.")
        raise Conflict(words, code="published")


def _check_untouched_by_others(claim: Claim, person: Reviewer) -> None:
    others = claim.assignments.exclude(reviewer=person)
    held = others.filter(closed_at=None)
    shown = visible_assignments(person).filter(pk__in=held).select_related("reviewer").first()
    if shown:
        words = _("%(reviewer)s is working on this claim. Ask them, or an editor, to dismiss it.")
        raise AlreadyTaken(words % {"reviewer": shown.reviewer})
    judged = others.filter(outcome=AssignmentOutcome.VERDICT, seat__round__gte=claim.first_round)
    # One sentence for both: to the blind, who has judged is as hidden as who has not yet.
    if held.exists() or (claim.status not in CLOSED and judged.exists()):
        raise AlreadyTaken(_("A colleague has worked on this claim. Ask an editor to dismiss it."))


@transaction.atomic
def reopen_claim(person: Reviewer, claim_id: int, reason: str) -> Claim:
    """Bring a closed claim back: a decided one into a new review, one put aside to where its review stood.

    Editors reopen; and people what they have dismissed themselves.
    """
    claim = _lock_with_target(claim_id)
    if not can_reopen(person, claim):
        require(person, Power.REOPEN)
        raise MoveRefused(_("It is open: only a closed claim can be reopened."))
    status = ClaimStatus(claim.status)
    how: dict[str, Any] = {"actor": person, "reason": reason}
    if status is ClaimStatus.DUPLICATE:
        return _separate(claim, EventKind.REOPENED, how)
    if status is ClaimStatus.DISMISSED:
        resume = resume_review if claim.round else begin_review
        resume(claim, EventKind.REOPENED, dismissed_as="", **how)
    else:
        undone = _describe_decision(claim)
        begin_review(claim, EventKind.REOPENED, rating=None, decided_at=None, details={"undone": undone}, **how)
    return claim


def can_reopen(person: Reviewer, claim: Claim) -> bool:
    return claim.status in CLOSED and (can(person, Power.REOPEN) or _is_own_dismissal(claim, person))


def _is_own_dismissal(claim: Claim, person: Reviewer) -> bool:
    if claim.status != ClaimStatus.DISMISSED or not can(person, Power.DISMISS):
        return False
    last = claim.events.exclude(to_status="").order_by("-number").first()
    return last is not None and last.actor_id == person.pk


def _describe_decision(claim: Claim) -> dict[str, Any]:
    return {
        "status": claim.status,
        "rating": claim.rating_id,
        "decided_at": claim.decided_at and claim.decided_at.isoformat(),
        "rule": claim.rule_id,
        "review_began_at": claim.review_began_at and claim.review_began_at.isoformat(),
        "first_round": claim.first_round,
        "due_at": claim.due_at and claim.due_at.isoformat(),
    }


@transaction.atomic
def restore_decision(person: Reviewer, claim_id: int, reason: str) -> Claim:
    """Undo the reopening of a decision, as long as nobody has judged the claim anew: the decision stands again."""
    require(person, Power.REOPEN)
    claim = lock_claim(claim_id)
    undone = _reopened_decision(claim)
    if undone is None:
        raise MoveRefused(_("There is no decision to restore, or a new verdict is in."))
    if not reason.strip():
        raise DeskError(_("Give a reason: it stays in the claim's history."), code="reason_needed")
    fields = {
        "rating_id": undone["rating"],
        "rule_id": undone["rule"],
        "first_round": undone["first_round"],
        **{name: _read_time(undone[name]) for name in ("decided_at", "review_began_at", "due_at")},
    }
    withdraw_seats(claim, by=person)
    # What was published then may have been withdrawn since.
    is_live = claim.fact_checks.filter(withdrawn_at=None).exists()
    was_public = undone["status"] == ClaimStatus.PUBLISHED
    status = ClaimStatus.PUBLISHED if is_live and was_public else ClaimStatus.DECIDED
    move_locked(claim, status, EventKind.RESTORED, actor=person, reason=reason, **fields)
    return claim


def can_restore(person: Reviewer, claim: Claim) -> bool:
    return can(person, Power.REOPEN) and _reopened_decision(claim) is not None


def _reopened_decision(claim: Claim) -> dict[str, Any] | None:
    """What the last reopening undid; None where there is nothing to restore, or a new verdict is in."""
    if claim.status in CLOSED:
        return None
    # It may have been put aside, and reopened from there, since.
    reopened = claim.events.filter(kind=EventKind.REOPENED, details__has_key="undone").order_by("-number").first()
    undone = reopened.details["undone"] if reopened else None
    judged = Assignment.objects.filter(claim=claim, outcome="verdict", seat__round__gte=claim.first_round)
    return None if not undone or judged.exists() else undone


def _read_time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


@transaction.atomic
def merge_claim(person: Reviewer, claim_id: int, target_id: int, reason: str) -> Claim:
    """The claim says what another one says: it leaves the queue and points there, and adds to the other's reach.

    Where the target is a duplicate itself, the claim points to what that one points to.
    """
    require(person, Power.MERGE)
    root = _find_root(target_id)
    if root == claim_id:
        raise DeskError(_("A claim cannot be a duplicate of itself."), code="same_claim")
    claim, target = _lock_both(claim_id, root)
    if target.duplicate_of_id:
        raise Conflict(_("Somebody has just merged that claim into another one. Look again."))
    _check_not_public(claim)
    details = {"into": root, "was": claim.status}
    move_locked(
        claim,
        ClaimStatus.DUPLICATE,
        EventKind.MERGED,
        actor=person,
        reason=reason,
        details=details,
        duplicate_of=target,
    )
    withdraw_seats(claim, by=person)
    refresh_priority([root])
    return claim


def _find_root(claim_id: int) -> int:
    """The claim at the end of the chain of duplicates that begins here. Raises Claim.DoesNotExist."""
    while target := Claim.objects.values_list("duplicate_of", flat=True).get(pk=claim_id):
        claim_id = target
    return claim_id


def _lock_both(claim_id: int, other_id: int) -> tuple[Claim, Claim]:
    """Under their locks, in the order of all who lock several. Raises Claim.DoesNotExist."""
    locked = {pk: lock_claim(pk) for pk in sorted([claim_id, other_id])}
    return locked[claim_id], locked[other_id]


def _lock_with_target(claim_id: int) -> Claim:
    """The claim; a duplicate with the claim that it points to, whose place in the queue its leaving will change."""
    target_id = Claim.objects.values_list("duplicate_of", flat=True).get(pk=claim_id)
    claim = _lock_both(claim_id, target_id)[0] if target_id else lock_claim(claim_id)
    if claim.duplicate_of_id not in (None, target_id):
        raise Conflict(_("Somebody has just merged this claim. Look again."))
    return claim


@transaction.atomic
def unmerge_claim(person: Reviewer, claim_id: int, reason: str) -> Claim:
    """Not the same after all: the claim goes back to where it stood."""
    require(person, Power.MERGE)
    claim = _lock_with_target(claim_id)
    if claim.status != ClaimStatus.DUPLICATE:
        raise MoveRefused(_("It is no duplicate: only a merged claim can be unmerged."))
    return _separate(claim, EventKind.UNMERGED, {"actor": person, "reason": reason})


def _separate(claim: Claim, kind: EventKind, how: dict[str, Any]) -> Claim:
    target = claim.duplicate_of_id
    how = how | {"duplicate_of": None}
    if claim.round:
        resume_review(claim, kind, **how)
    elif kind is EventKind.REOPENED:
        begin_review(claim, kind, **how)
    else:
        move_locked(claim, ClaimStatus.EXTRACTED, kind, **how)
    if target:
        refresh_priority([target])
    return claim
