"""Rounds of seats: a review begins with one, goes on with another after an adjudicator's word, or is taken up again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from claims.enums import ClaimStatus, EventKind, SeatStatus
from claims.lifecycle import move_locked
from claims.models import Claim, Seat, SignOffRule
from claims.priority import refresh_priority
from claims.review.policy import choose_rule, rules_in_force


def begin_review(claim: Claim, kind: EventKind, rules: Sequence[SignOffRule] = (), **how: Any) -> None:
    """Queue a claim under the rule that fits it now (`how` as for `move_locked`). The caller holds its lock."""
    now = timezone.now()
    asked_for = None if claim.round else claim.due_at  # by an editor, before it came into the queue
    rule = choose_rule(rules or list(rules_in_force()), claim)
    begun: dict[str, Any] = {
        "rule": rule,
        "review_began_at": now,
        "due_at": asked_for or now + timedelta(hours=rule.hours_to_decide),
        "escalation": 0,
        "round": claim.round + 1,
        "first_round": claim.round + 1,
    }
    move_locked(claim, ClaimStatus.QUEUED, kind, at=now, **begun, **how)
    _open_seats(claim, rule, now)


def begin_next_round(claim: Claim, kind: EventKind, **how: Any) -> None:
    """The same review, with other people at the table; its seats wait at the place of the first ones."""
    assert claim.rule  # noqa: S101  it has been in review
    assert claim.review_began_at  # noqa: S101
    move_locked(claim, ClaimStatus.QUEUED, kind, round=claim.round + 1, **how)
    _open_seats(claim, claim.rule, claim.review_began_at)


def resume_review(claim: Claim, kind: EventKind, **how: Any) -> None:
    """Take up a review where it was put aside: verdicts that are in count, the other seats are open again."""
    seats = claim.seats.filter(round=claim.round)
    if not seats.filter(status=SeatStatus.WITHDRAWN).update(status=SeatStatus.OPEN, is_overdue=claim.escalation > 0):
        move_locked(claim, ClaimStatus.IN_ADJUDICATION, kind, **how)
        return
    move_locked(claim, ClaimStatus.QUEUED, kind, **how)
    refresh_priority([claim.pk])


def _open_seats(claim: Claim, rule: SignOffRule, since: datetime) -> None:
    last = claim.seats.aggregate(last=Max("number"))["last"] or 0
    Seat.objects.bulk_create(
        Seat(
            claim=claim,
            number=last + number,
            round=claim.round,
            priority=0,
            created_at=since,
            is_overdue=claim.escalation > 0,
        )
        for number in range(1, rule.seats + 1)
    )
    refresh_priority([claim.pk])
