"""Deadlines that act: what is late comes first, and is told of once a level; and an editor's hand on the order."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import ClaimStatus, EventKind
from claims.exceptions import DeskError, MoveRefused
from claims.history import append_event
from claims.lifecycle import UNDER_REVIEW, lock_claim
from claims.models import Claim, Reviewer
from claims.notifications.routing import tell_overdue
from claims.permissions import Power, require
from claims.priority import refresh_priority

LEVELS = (timedelta(0), timedelta(hours=24))  # after the deadline: editors are told, then administrators too
BATCH = 200


def escalate_overdue() -> int:
    """The sweep: every claim that has passed a level since the last look, once. Returns how many."""
    return sum(_escalate(level, late) for level, late in enumerate(LEVELS, start=1))


@transaction.atomic
def _escalate(level: int, late: timedelta) -> int:
    now = timezone.now()
    due = Claim.objects.filter(status__in=UNDER_REVIEW, due_at__lte=now - late, escalation=level - 1)
    # Who works on a claim at this moment is not waited for: the next look finds it.
    claims = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")[:BATCH])
    if not claims:
        return 0
    for claim in claims:
        claim.escalation = level
        claim.save(update_fields=["escalation"])
        claim.seats.update(is_overdue=True)
        event = append_event(claim, EventKind.ESCALATED, details={"level": level, "due_at": _write(claim.due_at)})
    tell_overdue(claims, level, event)
    return len(claims)


def _write(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


@transaction.atomic
def prioritise_claim(
    editor: Reviewer, claim_id: int, *, boost: int | None = None, due_at: datetime | None = None, reason: str = ""
) -> Claim:
    """Move a claim up or down the queue, or give it another deadline; what is not given stays.

    A deadline that is moved on makes the claim punctual again.
    """
    require(editor, Power.ASSIGN)
    if boost is not None and not -2 <= boost <= 2:
        raise DeskError(_("A boost is a whole number from -2 to 2."), code="boost")
    claim = lock_claim(claim_id)
    if claim.status not in (ClaimStatus.EXTRACTED, *UNDER_REVIEW):
        raise MoveRefused(_("The claim is closed: its place in the queue is gone."))
    changes = {
        name: {"old": _plain(getattr(claim, name)), "new": _plain(value)}
        for name, value in (("boost", boost), ("due_at", due_at))
        if value is not None and value != getattr(claim, name)
    }
    if changes:
        _apply(claim, boost, due_at)
        append_event(claim, EventKind.PRIORITISED, actor=editor, reason=reason.strip(), details={"changes": changes})
    return claim


def _plain(value: int | datetime | None) -> int | str | None:
    return _write(value) if isinstance(value, datetime) else value


def _apply(claim: Claim, boost: int | None, due_at: datetime | None) -> None:
    if boost is not None:
        claim.boost = boost
    if due_at is not None:
        claim.due_at = due_at
        if due_at > timezone.now():
            claim.escalation = 0
            claim.seats.update(is_overdue=False)
    claim.save(update_fields=["boost", "due_at", "escalation"])
    refresh_priority([claim.pk])
