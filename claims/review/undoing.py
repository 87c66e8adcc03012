"""Taking back what an editor has just done to a claim, as long as it stands as they left it.

What is taken back is named by its event's number in the claim's history, which also says what was there before.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.enums import AssignmentOutcome, ClaimStatus, EventKind, SeatStatus
from claims.exceptions import Conflict
from claims.lifecycle import lock_claim
from claims.marked import stored
from claims.models import Assignment, Claim, ClaimEvent, Draft, Evidence, Reviewer
from claims.notifications.routing import tell_turn_ended
from claims.permissions import Power, require
from claims.review.assignments import close_assignment
from claims.review.closing import reopen_claim
from claims.review.deadlines import prioritise_claim
from claims.review.decision import conclude

UNDONE = stored("Undone by %(editor)s")


@transaction.atomic
def undo_act(editor: Reviewer, claim_id: int, number: int) -> None:
    """Undo the editor's own dismissal, boost or assignment of a claim, the event of that number.

    Raises NotPermitted, Claim.DoesNotExist, and Conflict when something else has happened to it since.
    """
    require(editor, Power.ASSIGN)
    claim = lock_claim(claim_id)
    event = claim.events.filter(number=number, actor=editor, kind__in=_UNDO).first()
    if event is None:
        raise Conflict(_("There is nothing of yours to undo."))
    _UNDO[EventKind(event.kind)](editor, claim, event)


def _undo_dismissal(editor: Reviewer, claim: Claim, event: ClaimEvent) -> None:
    last = claim.events.exclude(to_status="").latest("number")
    if claim.status != ClaimStatus.DISMISSED or last != event:
        raise Conflict(_("The claim has moved on since, and stays where it is."))
    reopen_claim(editor, claim.pk, _reason(editor))


def _undo_boost(editor: Reviewer, claim: Claim, event: ClaimEvent) -> None:
    last = claim.events.filter(kind=EventKind.PRIORITISED).latest("number")
    changes = event.details["changes"]
    if last != event or set(changes) != {"boost"}:
        raise Conflict(_("Its place in the queue was changed again since, and stays."))
    prioritise_claim(editor, claim.pk, boost=changes["boost"]["old"], reason=_reason(editor))


def _undo_assignment(editor: Reviewer, claim: Claim, event: ClaimEvent) -> None:
    turns = claim.assignments.select_for_update(of=("self",)).select_related("seat", "reviewer", "claim")
    turn = turns.get(pk=event.details["assignment"])
    if turn.closed_at:
        raise Conflict(_("The turn of %(reviewer)s is over already.") % {"reviewer": turn.reviewer})
    if _is_touched(turn):
        raise Conflict(_("%(reviewer)s is at work on it, and keeps it.") % {"reviewer": turn.reviewer})
    close_assignment(turn, AssignmentOutcome.WITHDRAWN, SeatStatus.OPEN)
    details = {"assignment": turn.pk, "reviewer": turn.reviewer.username}
    conclude(claim, EventKind.RELEASED, actor=editor, reason=_reason(editor), details=details)
    tell_turn_ended(turn, editor)


def _is_touched(turn: Assignment) -> bool:
    """Its holder has opened it, which extends it, or has typed or found something."""
    as_given = turn.taken_at + timedelta(seconds=settings.LEASE_SECONDS)
    typed = Draft.objects.filter(claim=turn.claim, reviewer=turn.reviewer, updated_at__gt=turn.taken_at)
    found = Evidence.objects.filter(Q(claim=turn.claim, added_by=turn.reviewer, created_at__gt=turn.taken_at))
    return turn.expires_at > as_given or typed.exists() or found.exists()


def _reason(editor: Reviewer) -> str:
    return UNDONE % {"editor": editor}


_UNDO: dict[EventKind, Callable[[Reviewer, Claim, ClaimEvent], None]] = {
    EventKind.DISMISSED: _undo_dismissal,
    EventKind.PRIORITISED: _undo_boost,
    EventKind.ASSIGNED: _undo_assignment,
}
