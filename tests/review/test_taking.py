"""The next seat is taken in one statement, which leaves what the steps of every other taking leave."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from claims.enums import Role
from claims.models import Assignment, Claim, Seat
from claims.review.assignments import release_assignment, take_claim, take_next
from claims.review.policy import adopt_policy
from claims.review.queue import Wanted
from tests.factories import broken_at, make_article, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db


def left_by(assignment: Assignment) -> dict[str, Any]:
    """Every column that the taking wrote, but for numbers of rows, moments and hashes."""
    assignment = Assignment.objects.get(pk=assignment.pk)
    claim, seat, event = assignment.claim, assignment.seat, assignment.claim.events.last()
    own = {"assignment": assignment.pk}
    return {
        "turn": (
            assignment.reviewer,
            assignment.assigned_by,
            assignment.fence,
            assignment.closed_at,
            assignment.outcome,
        ),
        "lease": assignment.expires_at - assignment.taken_at < timedelta(seconds=1201),
        "seat": (seat.status, seat.fence, seat.claim == claim),
        "claim": (claim.status, claim.last_event_number, claim.last_event_hash == event.hash, broken_at(claim)),
        "event": (event.number, event.kind, event.actor, event.from_status, event.to_status, event.reason),
        "details": {name: value for name, value in event.details.items() if own.get(name) != value},
    }


@pytest.mark.parametrize("username", ["rita", "o'hara+\u00fc@desk.test", "\u6771\u4eac.%s"])
def test_both_ways_of_taking_leave_the_same_rows(person, username):
    make_queued_claims(2)
    somebody = person(username, Role.REVIEWER)
    one = left_by(take_next(somebody))
    two = left_by(take_claim(somebody, Claim.objects.get(status="queued").pk))
    assert one == two
    assert (one["claim"], one["details"]) == (("in_review", 3, True, None), {"reviewer": username})


def test_both_ways_of_taking_a_second_seat_leave_the_same_rows(person, editor):
    adopt_policy(editor, [{"seats": 3, "agreeing": 2}])
    claim = make_queued_claim()
    first, second, third = (person(name, Role.REVIEWER) for name in ("ana", "ben", "cyd"))
    take_next(first)
    one, two = left_by(take_next(second)), left_by(take_claim(third, claim.pk))
    assert (one["claim"], two["claim"]) == (("in_review", 4, True, None), ("in_review", 5, True, None))
    assert one["event"][2:] == (second, "", "", "")
    assert two["event"][2:] == (third, "", "", "")


def test_the_assignment_that_is_returned_is_the_row(reviewer):
    make_queued_claim()
    taken = take_next(reviewer)
    stored = Assignment.objects.get()
    for field in Assignment._meta.concrete_fields:
        assert getattr(taken, field.attname) == getattr(stored, field.attname)


def test_a_wish_may_hold_any_character(reviewer):
    odd = "The '100 %s' \"Daily\" {outlet} \\ %"
    claim = make_queued_claim(article=make_article(outlet=odd))
    assert take_next(reviewer, Wanted(outlet=odd + "!")) is None
    assert take_next(reviewer, Wanted(outlet=odd)).claim == claim


def test_late_claims_come_first_whatever_their_worth(reviewer):
    article = make_article()
    best = make_queued_claim(article=article, check_worthiness=0.9)
    late = make_queued_claim(article=article, quote="March 2019", check_worthiness=0.1)
    Seat.objects.filter(claim=late).update(is_overdue=True)
    assert [take_next(reviewer).claim, take_next(reviewer).claim] == [late, best]


def test_a_turn_that_ran_out_is_the_next_again(person, reviewer):
    best, _ = make_queued_claims(2)
    held = take_next(reviewer)
    Assignment.objects.filter(pk=held.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert take_next(person("cora", Role.REVIEWER)).claim == best


def test_taking_is_one_statement(reviewer, django_assert_num_queries):
    make_queued_claims(3)
    take_next(reviewer)  # who may is asked once
    with django_assert_num_queries(1):
        take_next(reviewer)


def test_a_turn_begins_after_what_happened_last_even_if_this_machine_read_its_clock_before_that(person):
    claim, ana, ben = make_queued_claim(), person("ana", Role.REVIEWER), person("ben", Role.REVIEWER)
    release_assignment(ana, take_next(ana).pk)
    with time_machine.travel(timezone.now() - timedelta(seconds=5)):
        taken = take_next(ben)
    released = claim.events.get(kind="released")
    assert released.at < taken.taken_at == claim.events.last().at
