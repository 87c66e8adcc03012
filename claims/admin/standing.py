"""How a claim stands towards the person who looks at it: theirs, somebody else's, free, or none of these."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.admin.words import say
from claims.enums import AssignmentOutcome, ClaimStatus, SeatStatus
from claims.lifecycle import CLOSED, MOVES
from claims.models import Assignment, Claim, Reviewer
from claims.permissions import Power, can


@dataclass(frozen=True)
class Standing:
    """`mine` and `others` are turns that run; `ended` is the person's last turn, if it ran out."""

    mine: Assignment | None
    others: Assignment | None
    ended: Assignment | None
    may_take: bool
    why_not: str
    may_review: bool
    may_assign: bool
    may_dismiss: bool
    may_reopen: bool


def find_standing(claim: Claim, person: Reviewer) -> Standing:
    turns = list(claim.assignments.select_related("reviewer").order_by("-pk")[:50])
    now = timezone.now()
    running = [turn for turn in turns if turn.closed_at is None and turn.expires_at > now]
    mine = next((turn for turn in running if turn.reviewer_id == person.pk), None)
    others = next((turn for turn in running if turn.reviewer_id != person.pk), None)
    is_free = _has_free_seat(claim, turns, running)
    why_not = "" if mine else _why_not(claim, person, turns, others, is_free)
    status = ClaimStatus(claim.status)
    return Standing(
        mine=mine,
        others=others,
        ended=None if mine else _ended(turns, person),
        may_take=can(person, Power.REVIEW) and not mine and not why_not,
        why_not=why_not,
        may_review=can(person, Power.REVIEW),
        may_assign=can(person, Power.ASSIGN) and is_free,
        may_dismiss=can(person, Power.DISMISS) and ClaimStatus.DISMISSED in MOVES[status],
        may_reopen=can(person, Power.REOPEN) and status in CLOSED,
    )


def _has_free_seat(claim: Claim, turns: list[Assignment], running: list[Assignment]) -> bool:
    """An open seat, or one whose taker's time has run out."""
    expired = any(turn.closed_at is None and turn not in running for turn in turns)
    return expired or claim.seats.filter(status=SeatStatus.OPEN).exists()


def _ended(turns: list[Assignment], person: Reviewer) -> Assignment | None:
    last = next((turn for turn in turns if turn.reviewer_id == person.pk), None)
    ran_out = last is not None and (last.closed_at is None or last.outcome == AssignmentOutcome.LAPSED)
    return last if ran_out else None


def _why_not(claim: Claim, person: Reviewer, turns: list[Assignment], others: Assignment | None, is_free: bool) -> str:
    if any(turn.reviewer_id == person.pk and turn.outcome == AssignmentOutcome.VERDICT for turn in turns):
        return _("You have given your verdict on this claim.")
    if claim.added_by_id == person.pk:
        return _("You added this claim; a colleague judges it.")
    if is_free:
        return ""
    if others:
        return _("%(reviewer)s holds this claim until %(time)s UTC.") % {
            "reviewer": others.reviewer,
            "time": f"{others.expires_at:%H:%M}",
        }
    return _("This claim is %(status)s; it has no open seat.") % {"status": say(ClaimStatus, claim.status).lower()}
