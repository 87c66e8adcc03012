"""What is late comes first, and is told of once a level; and what an editor changes of the order."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.exceptions import DeskError, MoveRefused, NotPermitted
from claims.models import Claim, OutgoingEmail
from claims.review.adjudication import send_to_another_round
from claims.review.assignments import take_claim, take_next
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim
from claims.review.deadlines import escalate_overdue, prioritise_claim
from claims.review.queue import queue_claim
from tests.factories import broken_at, judge, make_claim, make_policy, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    """Stands still at the beginning of the reviews; every claim is due an hour later, if a rule says so."""
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def claim(clock) -> Claim:
    make_policy(hours_to_decide=1)
    return make_queued_claim()


def lateness(claim: Claim) -> tuple[int, set[bool]]:
    """How often it was told, and whether its seats come first."""
    claim = Claim.objects.get(pk=claim.pk)
    return claim.escalation, set(claim.seats.values_list("is_overdue", flat=True))


# Levels.


def test_a_claim_is_told_at_its_deadline_and_a_day_later_once_each(claim, clock):
    told = []
    for shift in (HOUR - timedelta(seconds=1), timedelta(seconds=1), HOUR, 23 * HOUR - timedelta(seconds=1)):
        clock.shift(shift)
        told.append((escalate_overdue(), *lateness(claim)))
    assert told == [(0, 0, {False}), (1, 1, {True}), (0, 1, {True}), (0, 1, {True})]
    clock.shift(timedelta(seconds=1))
    assert (escalate_overdue(), *lateness(claim)) == (1, 2, {True})
    clock.shift(timedelta(days=30))
    assert escalate_overdue() == 0


def test_an_escalation_is_remembered_and_changes_nothing_else(claim, clock):
    clock.shift(HOUR)
    escalate_overdue()
    event = claim.events.last()
    assert (event.kind, event.actor, event.from_status, event.to_status) == ("escalated", None, "", "")
    assert event.details == {"level": 1, "due_at": "2026-11-22T11:00:00+00:00"}
    assert Claim.objects.get().status == "queued"
    assert broken_at(claim) is None


def test_a_look_that_comes_late_misses_no_level(claim, clock):
    clock.shift(timedelta(days=3))
    assert escalate_overdue() == 2
    assert [event.details["level"] for event in claim.events.filter(kind="escalated")] == [1, 2]
    assert (lateness(claim), escalate_overdue()) == ((2, {True}), 0)


def test_whoever_works_on_a_claim_it_can_be_late(clock, reviewer, cora, carl):
    make_policy(seats=2, agreeing=2, hours_to_decide=1)
    queued, in_review, in_adjudication = make_queued_claims(3)
    take_claim(reviewer, in_review.pk)
    judge(cora, in_adjudication, "True")
    judge(carl, in_adjudication, "False")
    clock.shift(HOUR)
    assert escalate_overdue() == 3
    assert [lateness(claim) for claim in (queued, in_review, in_adjudication)] == [(1, {True})] * 3


def test_a_closed_claim_is_never_late(clock, reviewer, editor):
    make_policy(hours_to_decide=1)
    decided, dismissed, duplicate, target = make_queued_claims(4)
    judge(reviewer, decided, "True")
    judge(reviewer, target, "True")
    dismiss_claim(editor, dismissed.pk, "An opinion.")
    merge_claim(editor, duplicate.pk, target.pk, "Both count the ships.")
    make_claim(article=target.article, quote="harbour")  # extracted
    clock.shift(timedelta(days=9))
    assert escalate_overdue() == 0


def test_many_claims_are_told_in_batches_the_latest_first(clock, editor):
    make_policy(hours_to_decide=1)
    claims = make_queued_claims(201)
    Claim.objects.filter(pk=claims[-1].pk).update(due_at=timezone.now())
    clock.shift(HOUR)
    assert escalate_overdue() == 200
    assert list(Claim.objects.filter(escalation=0)) == [claims[-2]]
    assert escalate_overdue() == 1
    assert OutgoingEmail.objects.count() == 2


# Overdue first.


def test_what_is_overdue_is_taken_before_what_is_worthier(clock, reviewer):
    make_policy(hours_to_decide=1)
    late = make_queued_claim(check_worthiness=0.5)
    clock.shift(HOUR)
    worthier = make_queued_claim(article=late.article, quote="March 2019", check_worthiness=1.0)
    escalate_overdue()
    assert [take_next(reviewer).claim for _ in range(2)] == [late, worthier]


def test_the_later_seats_of_an_overdue_claim_are_overdue_too(clock, editor, cora, carl, dora, dirk):
    make_policy(seats=2, agreeing=2, hours_to_decide=1)
    claim = make_queued_claim()
    judge(cora, claim, "True")
    judge(carl, claim, "False")
    clock.shift(HOUR)
    escalate_overdue()
    send_to_another_round(editor, claim.pk, "Look at the port's own figures.")
    assert (lateness(claim), claim.seats.filter(round=2).count()) == ((1, {True}), 2)


def test_an_overdue_claim_that_was_put_aside_is_overdue_again(claim, clock, editor):
    clock.shift(HOUR)
    escalate_overdue()
    dismiss_claim(editor, claim.pk, "An opinion.")
    reopen_claim(editor, claim.pk, "It names a number.")
    assert (lateness(claim), escalate_overdue()) == ((1, {True}), 0)


def test_another_review_is_punctual_and_its_seats_too(claim, clock, reviewer, editor):
    clock.shift(HOUR)
    escalate_overdue()
    judge(reviewer, claim, "True")
    reopened = reopen_claim(editor, claim.pk, "New figures.")
    assert (reopened.escalation, reopened.due_at) == (0, timezone.now() + HOUR)
    assert list(claim.seats.filter(status="open").values_list("is_overdue", flat=True)) == [False]


# An editor's hand.


def test_a_deadline_that_is_moved_on_makes_a_claim_punctual_until_it_is_late_again(claim, clock, editor):
    clock.shift(HOUR)
    escalate_overdue()
    prioritise_claim(editor, claim.pk, due_at=timezone.now() + HOUR, reason=" The port answers on Monday. ")
    assert (lateness(claim), escalate_overdue()) == ((0, {False}), 0)
    event = claim.events.last()
    assert (event.kind, event.actor, event.reason) == ("prioritised", editor, "The port answers on Monday.")
    changes = {"due_at": {"old": "2026-11-22T11:00:00+00:00", "new": "2026-11-22T12:00:00+00:00"}}
    assert event.details == {"changes": changes}
    clock.shift(HOUR)
    assert (escalate_overdue(), *lateness(claim)) == (1, 1, {True})
    assert broken_at(claim) is None


def test_a_deadline_in_the_past_is_missed_at_the_next_look(claim, editor):
    prioritise_claim(editor, claim.pk, due_at=timezone.now() - HOUR)
    assert lateness(claim) == (0, {False})
    assert (escalate_overdue(), *lateness(claim)) == (1, 1, {True})


def test_another_deadline_in_the_past_is_no_other_lateness(claim, clock, editor):
    clock.shift(HOUR)
    escalate_overdue()
    prioritise_claim(editor, claim.pk, due_at=timezone.now() - HOUR)
    assert (lateness(claim), escalate_overdue()) == ((1, {True}), 0)


@pytest.mark.parametrize("boost", [-2, -1, 1, 2])
def test_a_boost_is_kept_and_remembered(claim, editor, boost):
    prioritise_claim(editor, claim.pk, boost=boost)
    claim.refresh_from_db()
    assert (claim.boost, claim.due_at) == (boost, timezone.now() + HOUR)
    assert claim.events.last().details == {"changes": {"boost": {"old": 0, "new": boost}}}


def test_a_boost_that_is_taken_back_leaves_the_claim_at_its_place(claim, editor):
    before = claim.seats.get().priority
    prioritise_claim(editor, claim.pk, boost=2)
    assert claim.seats.get().priority == before + 1.0
    prioritise_claim(editor, claim.pk, boost=0)
    assert claim.seats.get().priority == before


@pytest.mark.parametrize("boost", [-3, 3, 100])
def test_a_boost_has_bounds(claim, editor, boost):
    with pytest.raises(DeskError) as refusal:
        prioritise_claim(editor, claim.pk, boost=boost, due_at=timezone.now())
    assert refusal.value.code == "boost"
    assert Claim.objects.values_list("boost", "due_at").get() == (0, timezone.now() + HOUR)


def test_what_is_not_changed_is_no_event(claim, editor):
    prioritise_claim(editor, claim.pk)
    prioritise_claim(editor, claim.pk, boost=0, due_at=claim.due_at)
    assert claim.events.last().kind == "queued"


def test_what_an_editor_says_of_a_claim_before_it_is_queued_holds_in_the_queue(clock, editor):
    claim = make_claim()
    due = timezone.now() + HOUR
    prioritise_claim(editor, claim.pk, boost=1, due_at=due)
    queued = queue_claim(claim.pk)
    assert (queued.boost, queued.due_at) == (1, due)


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator", "outsider"])
def test_only_editors_change_the_order(claim, request, who):
    with pytest.raises(NotPermitted):
        prioritise_claim(request.getfixturevalue(who), claim.pk, boost=1)
    assert (Claim.objects.get().boost, claim.events.last().kind) == (0, "queued")


def test_a_closed_claim_has_no_place_to_change(claim, editor):
    dismiss_claim(editor, claim.pk, "An opinion.")
    with pytest.raises(MoveRefused):
        prioritise_claim(editor, claim.pk, boost=1)
    assert Claim.objects.get().boost == 0
