"""Taking a seat, keeping it, leaving it. A turn is a lease: it lapses unless a heartbeat extends it."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.enums import AssignmentOutcome, ClaimStatus, EventKind, SeatStatus
from claims.exceptions import AlreadyTaken, Conflict, DeskError, LeaseLost, NotPermitted
from claims.history import append_event
from claims.kept_queries import KeptQuery, save_fields
from claims.lifecycle import lock_claim, move_locked, withdraw_open_seats
from claims.models import Assignment, Claim, Reviewer, Seat
from claims.notifications.routing import tell_assigned, tell_turn_ended, tell_turn_lapsed
from claims.permissions import Power, can, require, visible_assignments, visible_claims
from claims.review.decision import conclude
from claims.review.queue import EVERYTHING, Wanted, lapsed, open_seats_for, seats_suiting
from claims.review.taking import take_open_seat, take_seat
from claims.words import label_of, within_sentence

logger = logging.getLogger(__name__)

TURN_IS_OVER = gettext_noop("Your turn on this claim is over. Take the claim again to go on.")
A_FEW = 5  # lapsed turns that whoever takes a claim may have to wait for; the sweep ends the rest


def take_next(reviewer: Reviewer, wanted: Wanted = EVERYTHING) -> Assignment | None:
    """The best open seat for this person among what is wanted, or None when nothing waits for them.

    Raises Conflict when they hold as many claims as they may.
    """
    require(reviewer, Power.REVIEW)
    if reviewer.capacity is None:
        return _take_first(reviewer, wanted)
    with transaction.atomic():
        _check_capacity(reviewer)
        return _take_first(reviewer, wanted)


def _take_first(reviewer: Reviewer, wanted: Wanted) -> Assignment | None:
    try:
        return _take_best(reviewer, wanted)
    except IntegrityError:
        if connection.in_atomic_block:
            raise
        return _take_best(reviewer, wanted)  # another window of the same person was quicker at this very claim


def _take_best(reviewer: Reviewer, wanted: Wanted) -> Assignment | None:
    is_choosy = wanted != EVERYTHING or reviewer.topics or reviewer.languages
    if not is_choosy and (taken := take_open_seat(reviewer, _next_expiry())):
        return taken
    lapse_expired(A_FEW)
    return take_seat(reviewer, wanted.narrow(seats_suiting(reviewer, open_seats_for(reviewer))), _next_expiry())


def take_claim(reviewer: Reviewer, claim_id: int) -> Assignment:
    """This very claim. Raises AlreadyTaken when no seat of it is open to this person."""
    require(reviewer, Power.REVIEW)
    lapse_expired(A_FEW)
    with transaction.atomic():
        _check_capacity(reviewer)
        claim = lock_claim(claim_id)
        return _open_assignment(_find_seat(claim, reviewer), claim, reviewer)


def assign_claim(editor: Reviewer, claim_id: int, reviewer: Reviewer) -> Assignment:
    """An editor gives a claim's open seat to a reviewer, who is told."""
    require(editor, Power.ASSIGN)
    _check_assignable(reviewer)
    lapse_expired(A_FEW)
    with transaction.atomic():
        _check_capacity(reviewer)
        claim = lock_claim(claim_id)
        assignment = _open_assignment(_find_seat(claim, reviewer), claim, reviewer, assigned_by=editor)
        tell_assigned(assignment)
    return assignment


def reassign(editor: Reviewer, assignment_id: int, reviewer: Reviewer) -> Assignment:
    """An editor gives somebody's seat to somebody else, or takes it over. Both are told; the holder's draft is kept.

    Raises LeaseLost when that turn is over, AlreadyTaken when the claim is not for this reviewer.
    """
    require(editor, Power.ASSIGN)
    if reviewer != editor:
        _check_assignable(reviewer)
    with transaction.atomic():
        _check_capacity(reviewer)
        claim = lock_claim(Assignment.objects.values_list("claim", flat=True).get(pk=assignment_id))
        held = (
            claim.assignments.select_for_update(of=("self",)).select_related("seat", "reviewer").get(pk=assignment_id)
        )
        if held.closed_at:
            raise LeaseLost(_("That turn is over already. Look at the queue again."))
        close_assignment(held, AssignmentOutcome.WITHDRAWN, SeatStatus.OPEN)
        _find_seat(claim, reviewer)
        assignment = _open_assignment(held.seat, claim, reviewer, assigned_by=editor, instead_of=held.reviewer)
        tell_turn_ended(held, editor)
        tell_assigned(assignment)
    return assignment


def _check_assignable(reviewer: Reviewer) -> None:
    if not can(reviewer, Power.REVIEW):
        words = _("%(reviewer)s cannot review claims. Choose a reviewer or an editor.")
        raise NotPermitted(words % {"reviewer": reviewer})
    if reviewer.away_until and reviewer.away_until > timezone.localdate():
        words = _("%(reviewer)s is away until %(day)s. Choose somebody else.")
        raise Conflict(words % {"reviewer": reviewer, "day": date_format(reviewer.away_until, _("j F"))}, code="away")


def _check_capacity(reviewer: Reviewer) -> None:
    """Under the person's row lock, so that two windows at once do not pass it together."""
    if reviewer.capacity is None:
        return
    Reviewer.objects.select_for_update(no_key=True).get(pk=reviewer.pk)
    held = reviewer.assignments.filter(closed_at=None, expires_at__gt=timezone.now()).count()
    if held >= reviewer.capacity:
        words = _("%(reviewer)s holds %(held)s of at most %(most)s claims. One must be judged or released first.")
        known = {"reviewer": reviewer, "held": held, "most": reviewer.capacity}
        raise Conflict(words % known, code="capacity_reached")


def _find_seat(claim: Claim, reviewer: Reviewer) -> Seat:
    """An open seat of the locked claim for this person; or why there is none."""
    seat = open_seats_for(reviewer).filter(claim=claim).first()
    if seat:
        return seat
    raise AlreadyTaken(_why_not(claim, reviewer))


def _why_not(claim: Claim, reviewer: Reviewer) -> str:
    own = claim.assignments.filter(reviewer=reviewer).exclude(outcome__in=["released", "lapsed", "withdrawn"]).first()
    if own:
        known = {"reviewer": reviewer, "number": own.pk}
        return _("%(reviewer)s already sits on this claim (assignment %(number)s).") % known
    if claim.added_by_id == reviewer.pk:
        return _("Nobody judges a claim they added. Leave this one to a colleague.")
    held = visible_assignments(reviewer).filter(claim=claim, closed_at=None).select_related("reviewer").first()
    if held:
        known = {"reviewer": held.reviewer, "time": f"{held.expires_at:%H:%M}"}
        return _("%(reviewer)s holds this claim until %(time)s UTC. Take another one.") % known
    if claim.seats.filter(status=SeatStatus.OPEN).exists():
        return _("%(reviewer)s has adjudicated this claim; another one judges it.") % {"reviewer": reviewer}
    shown: Any = visible_claims(reviewer).get(pk=claim.pk)
    status = within_sentence(label_of(ClaimStatus(shown.shown_status)))
    return _("The claim is %(status)s and has no open seat. Take another one.") % {"status": status}


def _open_assignment(
    seat: Seat,
    claim: Claim,
    reviewer: Reviewer,
    assigned_by: Reviewer | None = None,
    instead_of: Reviewer | None = None,
) -> Assignment:
    """Seat the person: seat and claim were read under their locks."""
    seat.fence += 1
    seat.status = SeatStatus.TAKEN
    save_fields(seat, "fence", "status")
    assignment = Assignment.objects.create(
        seat=seat,
        claim=claim,
        reviewer=reviewer,
        assigned_by=assigned_by,
        fence=seat.fence,
        expires_at=_next_expiry(),
    )
    details = {"assignment": assignment.pk, "reviewer": reviewer.username}
    if instead_of:
        _record_taking(claim, EventKind.REASSIGNED, assigned_by, details | {"instead_of": instead_of.username})
    elif assigned_by:
        _record_taking(claim, EventKind.ASSIGNED, assigned_by, details)
    else:
        _record_taking(claim, EventKind.TAKEN, reviewer, details)
    return assignment


def _record_taking(claim: Claim, kind: EventKind, actor: Reviewer | None, details: dict[str, object]) -> None:
    if claim.status == ClaimStatus.IN_REVIEW:  # another of its seats is taken
        append_event(claim, kind, actor=actor, details=details)
    else:
        move_locked(claim, ClaimStatus.IN_REVIEW, kind, actor=actor, details=details)


def _next_expiry() -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)


def hold_assignment(reviewer: Reviewer, assignment_id: int, fence: int) -> Assignment:
    """The person's assignment under its row lock, open, unexpired, and with the fence it was taken with.

    Raises LeaseLost, saying what to do, and Assignment.DoesNotExist for somebody else's.
    """
    assignment = _locked_turn.get(assignment_id, reviewer.pk)
    assignment.reviewer = reviewer
    if assignment.outcome == AssignmentOutcome.VERDICT:
        raise LeaseLost(_("Your verdict on this claim is already recorded."), code="verdict_recorded")
    if assignment.closed_at or assignment.expires_at <= timezone.now():
        raise LeaseLost(_(TURN_IS_OVER))
    if assignment.fence != fence:
        words = _("The fence %(fence)s is not this assignment's. Load the assignment again.")
        raise LeaseLost(words % {"fence": fence}, code="wrong_fence")
    return assignment


@KeptQuery
def _locked_turn(assignment_id: Any, reviewer_id: Any) -> QuerySet[Assignment]:
    turns = Assignment.objects.select_for_update(of=("self",)).select_related("seat")
    return turns.filter(pk=assignment_id, reviewer=reviewer_id)


_EXTEND = """
UPDATE claims_assignment SET expires_at = %s
WHERE id = %s AND reviewer_id = %s AND fence = %s AND closed_at IS NULL AND expires_at > %s
"""


def extend_lease(reviewer: Reviewer, assignment_id: int, fence: int) -> datetime:
    """The heartbeat: the new expiry. Raises as `hold_assignment`."""
    expires_at = _next_expiry()
    with connection.cursor() as cursor:
        cursor.execute(_EXTEND, [expires_at, assignment_id, reviewer.pk, fence, timezone.now()])
        is_extended = cursor.rowcount
    if not is_extended:
        with transaction.atomic():
            hold_assignment(reviewer, assignment_id, fence)  # says why not
        raise LeaseLost(_(TURN_IS_OVER))
    return expires_at


@transaction.atomic
def release_assignment(reviewer: Reviewer, assignment_id: int) -> None:
    """Leave the seat; it returns to its old place in the queue. Leaving twice is harmless."""
    assignment = Assignment.objects.get(pk=assignment_id, reviewer=reviewer)
    _return_seat(assignment, AssignmentOutcome.RELEASED, EventKind.RELEASED, actor=reviewer)


def lapse_expired(at_most: int = 500) -> int:
    """End the turns whose lease has run out, the oldest first. Returns how many; each in its own transaction."""
    expired = lapsed(timezone.now()).order_by("expires_at")[:at_most]
    return sum(_lapse(assignment) for assignment in list(expired))


def _lapse(assignment: Assignment) -> bool:
    try:
        with transaction.atomic():
            return _return_seat(assignment, AssignmentOutcome.LAPSED, EventKind.LAPSED)
    except DeskError:
        # One claim that was mended by hand must not keep everybody else from taking theirs.
        logger.exception("assignment %s has run out, and its claim cannot return to the queue", assignment.pk)
        return False


def _return_seat(
    assignment: Assignment, outcome: AssignmentOutcome, kind: EventKind, actor: Reviewer | None = None
) -> bool:
    """Close the turn and open its seat again; False if it was closed, or its lease extended, meanwhile."""
    claim = lock_claim(assignment.claim_id)
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("seat").get(pk=assignment.pk)
    if assignment.closed_at or (kind is EventKind.LAPSED and assignment.expires_at > timezone.now()):
        return False
    close_assignment(assignment, outcome, SeatStatus.OPEN)
    details = {"assignment": assignment.pk, "reviewer": assignment.reviewer.username}
    conclude(claim, kind, actor=actor, details=details)
    if kind is EventKind.LAPSED:
        assignment.claim = claim
        tell_turn_lapsed(assignment)
    return True


def close_assignment(assignment: Assignment, outcome: AssignmentOutcome, seat_status: SeatStatus) -> None:
    assignment.closed_at = timezone.now()
    assignment.outcome = outcome
    save_fields(assignment, "closed_at", "outcome")
    assignment.seat.status = seat_status
    save_fields(assignment.seat, "status")


@transaction.atomic
def withdraw_seats(claim: Claim, by: Reviewer | None = None) -> None:
    """Nobody needs to sit on this claim any more; who sat there is told. The caller holds the claim's lock."""
    held = claim.assignments.select_for_update(of=("self",)).filter(closed_at=None)
    for assignment in held.select_related("seat", "reviewer", "claim"):
        close_assignment(assignment, AssignmentOutcome.WITHDRAWN, SeatStatus.WITHDRAWN)
        tell_turn_ended(assignment, by)
    withdraw_open_seats(claim)
