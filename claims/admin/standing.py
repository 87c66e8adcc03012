"""How a claim stands towards the person who looks at it: theirs, somebody else's, free, or none of these."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.words import say
from claims.enums import AssignmentOutcome, ClaimStatus, SeatStatus
from claims.models import Assignment, Claim, Reviewer, Seat
from claims.permissions import Power, can, visible_assignments
from claims.review.queue import lapsed, seats_for
from claims.words import within_sentence


@dataclass(frozen=True)
class Standing:
    """`mine` and `others` are turns that run, as far as the person may know; `ended` is their last, if it ran out.

    `told`: sentences that say who sits there, and why the person cannot.
    """

    mine: Assignment | None
    others: list[Assignment]
    ended: Assignment | None
    told: list[str]
    may_take: bool
    may_review: bool
    may_assign: bool


def find_standing(claim: Any, person: Reviewer) -> Standing:
    """Of a claim with its `shown_status`, and its `free` seats (`count_free`)."""
    turns = list(visible_assignments(person).filter(claim=claim).select_related("reviewer").order_by("-pk")[:50])
    now = timezone.now()
    running = [turn for turn in turns if turn.closed_at is None and turn.expires_at > now]
    mine = next((turn for turn in running if turn.reviewer_id == person.pk), None)
    others = [turn for turn in running if turn is not mine]
    free = claim.free
    why_not = "" if mine else _why_not(claim, person, turns, free)
    return Standing(
        mine=mine,
        others=others,
        ended=None if mine else _ended(turns, person),
        told=[why_not] if why_not else _tell(claim, mine, others, free),
        may_take=can(person, Power.REVIEW) and free > 0 and not mine and not why_not,
        may_review=can(person, Power.REVIEW),
        may_assign=can(person, Power.ASSIGN) and free > 0,
    )


def count_free() -> Coalesce:
    """Of a claim: its seats that are open, or whose taker's time has run out."""
    ended = lapsed(timezone.now()).filter(seat=OuterRef("pk"))
    free = Seat.objects.filter(Q(status=SeatStatus.OPEN) | Exists(ended), claim=OuterRef("pk")).order_by()
    return Coalesce(Subquery(free.values("claim").annotate(count=Count("pk")).values("count")), 0)


def _ended(turns: list[Assignment], person: Reviewer) -> Assignment | None:
    last = next((turn for turn in turns if turn.reviewer_id == person.pk), None)
    ran_out = last is not None and (last.closed_at is None or last.outcome == AssignmentOutcome.LAPSED)
    return last if ran_out else None


def _why_not(claim: Claim, person: Reviewer, turns: list[Assignment], free: int) -> str:
    """Why the person never sits at this claim."""
    if any(turn.reviewer_id == person.pk and turn.outcome == AssignmentOutcome.VERDICT for turn in turns):
        return _("You have given your verdict on this claim.")
    if claim.added_by_id == person.pk:
        return _("You added this claim; a colleague judges it.")
    if free and not seats_for(person).filter(claim=claim).exists():
        return _("You could see the verdicts so far; others judge this claim.")
    return ""


def _tell(claim: Any, mine: Assignment | None, others: list[Assignment], free: int) -> list[str]:
    places = claim.rule.seats if claim.rule else 1
    if not (mine or others or free):
        words = within_sentence(say(ClaimStatus, claim.shown_status))
        return [_("This claim is %(status)s; it has no open seat.") % {"status": words}]
    if places == 1:
        return [_holds(turn) for turn in others] or ([] if mine else [_("Nobody holds this claim.")])
    known = {"free": free, "places": places}
    counted = ngettext("%(free)s of %(places)s places is free.", "%(free)s of %(places)s places are free.", free)
    return [counted % known, *(_sits(turn) for turn in others)]


def _holds(turn: Assignment) -> str:
    words = {"reviewer": turn.reviewer, "time": f"{turn.expires_at:%H:%M}"}
    return _("%(reviewer)s holds this claim until %(time)s UTC.") % words


def _sits(turn: Assignment) -> str:
    words = {"reviewer": turn.reviewer, "time": f"{turn.expires_at:%H:%M}"}
    return _("%(reviewer)s sits there until %(time)s UTC.") % words
