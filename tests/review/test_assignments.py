"""Taking a seat, keeping it with a heartbeat, leaving it, losing it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.enums import AssignmentOutcome, Role, SeatStatus
from claims.exceptions import AlreadyTaken, LeaseLost, NotPermitted
from claims.models import Assignment, Claim, OutgoingEmail
from claims.permissions import Power, can
from claims.review.assignments import (
    assign_claim,
    extend_lease,
    lapse_expired,
    release_assignment,
    take_claim,
    take_next,
)
from claims.review.closing import dismiss_claim
from tests.factories import make_article, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(person):
    return person("cora", Role.REVIEWER)


def expire(assignment: Assignment) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def kinds(claim) -> list[str]:
    return list(claim.events.values_list("kind", flat=True))


# Taking.


def test_take_next_gives_the_best_open_claim(reviewer):
    article = make_article()
    make_queued_claim(article=article, check_worthiness=0.6)
    best = make_queued_claim(article=article, quote="March 2019", check_worthiness=0.9)
    assert take_next(reviewer).claim == best


def test_take_next_works_through_equals_in_the_order_they_came(reviewer):
    claims = make_queued_claims(3)
    assert [take_next(reviewer).claim for _ in claims] == claims
    assert take_next(reviewer) is None


def test_a_taken_claim_is_in_review_with_a_lease_a_fence_and_an_event(reviewer, settings):
    claim = make_queued_claim()
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False):
        assignment = take_next(reviewer)
        assert assignment.expires_at == timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    claim.refresh_from_db()
    seat = claim.seats.get()
    assert (claim.status, assignment.claim.status, seat.status) == ("in_review", "in_review", SeatStatus.TAKEN)
    assert (assignment.fence, seat.fence, assignment.outcome, assignment.closed_at) == (1, 1, None, None)
    event = claim.events.last()
    assert (event.kind, event.actor) == ("taken", reviewer)
    assert event.details == {"assignment": assignment.pk, "reviewer": "rita"}


def test_an_empty_queue_gives_nothing(reviewer):
    assert take_next(reviewer) is None


def test_nobody_takes_a_claim_they_added(reviewer, colleague):
    claim = make_queued_claim(added_by=reviewer)
    assert take_next(reviewer) is None
    with pytest.raises(AlreadyTaken, match="Nobody judges a claim they added"):
        take_claim(reviewer, claim.pk)
    assert take_next(colleague).claim == claim


def test_a_claim_in_hand_is_not_given_again(reviewer, colleague):
    claim = make_queued_claim()
    assignment = take_claim(reviewer, claim.pk)
    assert take_next(colleague) is None
    with pytest.raises(AlreadyTaken, match="rita holds this claim until") as refusal:
        take_claim(colleague, claim.pk)
    assert refusal.value.code == "already_taken"
    with pytest.raises(AlreadyTaken, match=rf"rita already sits on this claim \(assignment {assignment.pk}\)"):
        take_claim(reviewer, claim.pk)
    assert Assignment.objects.count() == 1


def test_a_closed_claim_cannot_be_taken(reviewer, editor):
    claim = make_queued_claim()
    dismiss_claim(editor, claim.pk, "An opinion.")
    with pytest.raises(AlreadyTaken, match="The claim is dismissed and has no open seat"):
        take_claim(reviewer, claim.pk)


@pytest.mark.parametrize("who", ["producer", "administrator", "outsider"])
def test_only_reviewers_and_editors_take(request, who):
    claim, somebody = make_queued_claim(), request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        take_next(somebody)
    with pytest.raises(NotPermitted):
        take_claim(somebody, claim.pk)
    assert not Assignment.objects.exists()


# Assigning.


def test_an_editor_assigns_and_the_reviewer_is_told(editor, reviewer):
    claim = make_queued_claim()
    assignment = assign_claim(editor, claim.pk, reviewer)
    assert (assignment.reviewer, assignment.assigned_by) == (reviewer, editor)
    event = claim.events.last()
    assert (event.kind, event.actor, event.details["reviewer"]) == ("assigned", editor, "rita")
    assert OutgoingEmail.objects.get().recipient == reviewer


def test_an_editor_who_assigns_to_themselves_is_not_told(editor):
    assign_claim(editor, make_queued_claim().pk, editor)
    assert not OutgoingEmail.objects.exists()


def test_a_reviewer_cannot_assign_and_a_producer_cannot_be_assigned(editor, reviewer, colleague, producer):
    claim = make_queued_claim()
    with pytest.raises(NotPermitted):
        assign_claim(reviewer, claim.pk, colleague)
    with pytest.raises(NotPermitted, match="paul cannot review claims"):
        assign_claim(editor, claim.pk, producer)
    with pytest.raises(AlreadyTaken):
        assign_claim(
            editor, make_queued_claim(article=claim.article, quote="March 2019", added_by=reviewer).pk, reviewer
        )
    assert not Assignment.objects.exists()
    assert not OutgoingEmail.objects.exists()


# Keeping.


def test_a_heartbeat_gives_a_new_expiry(reviewer, settings):
    make_queued_claim()
    assignment = take_next(reviewer)
    later = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS - 1)
    with time_machine.travel(later, tick=False):
        extended = extend_lease(reviewer, assignment.pk, assignment.fence)
    assert extended == later + timedelta(seconds=settings.LEASE_SECONDS)


def test_a_heartbeat_after_the_expiry_is_too_late_even_before_anybody_noticed(reviewer):
    make_queued_claim()
    assignment = take_next(reviewer)
    expire(assignment)
    with pytest.raises(LeaseLost, match="Take the claim again") as refusal:
        extend_lease(reviewer, assignment.pk, assignment.fence)
    assert refusal.value.code == "lease_lost"


@pytest.mark.parametrize("fence", [0, 2, -1])
def test_a_heartbeat_with_another_fence_is_refused(reviewer, fence):
    make_queued_claim()
    assignment = take_next(reviewer)
    with pytest.raises(LeaseLost) as refusal:
        extend_lease(reviewer, assignment.pk, fence)
    assert refusal.value.code == "wrong_fence"


def test_somebody_elses_assignment_does_not_exist(reviewer, colleague, editor):
    make_queued_claim()
    assignment = take_next(reviewer)
    for somebody in (colleague, editor):
        with pytest.raises(Assignment.DoesNotExist):
            extend_lease(somebody, assignment.pk, assignment.fence)
        with pytest.raises(Assignment.DoesNotExist):
            release_assignment(somebody, assignment.pk)
    assignment.refresh_from_db()
    assert assignment.closed_at is None


# Leaving.


def test_a_released_seat_returns_to_its_old_place(reviewer, colleague):
    first, second, third = make_queued_claims(3)
    release_assignment(reviewer, take_next(reviewer).pk)
    assert [take_next(colleague).claim for _ in range(3)] == [first, second, third]


def test_releasing_closes_the_turn_and_says_so(reviewer):
    claim = make_queued_claim()
    assignment = take_next(reviewer)
    release_assignment(reviewer, assignment.pk)
    assignment.refresh_from_db()
    claim.refresh_from_db()
    assert (assignment.outcome, claim.status, claim.seats.get().status) == ("released", "queued", "open")
    assert kinds(claim) == ["extracted", "queued", "taken", "released"]


def test_releasing_twice_is_harmless(reviewer, colleague):
    claim = make_queued_claim()
    assignment = take_next(reviewer)
    release_assignment(reviewer, assignment.pk)
    again = take_next(colleague)
    release_assignment(reviewer, assignment.pk)
    again.refresh_from_db()
    assert (again.closed_at, again.fence, claim.events.count()) == (None, 2, 5)


def test_who_released_may_take_again(reviewer):
    claim = make_queued_claim()
    release_assignment(reviewer, take_next(reviewer).pk)
    assert take_claim(reviewer, claim.pk).fence == 2


# Lapsing.


def test_an_expired_turn_lapses_and_the_next_person_gets_the_claim(reviewer, colleague):
    claim = make_queued_claim()
    assignment = take_next(reviewer)
    expire(assignment)
    taken = take_next(colleague)
    assignment.refresh_from_db()
    assert (assignment.outcome, taken.claim, taken.fence) == (AssignmentOutcome.LAPSED, claim, 2)
    assert kinds(claim) == ["extracted", "queued", "taken", "lapsed", "taken"]
    assert claim.events.get(kind="lapsed").actor is None


@pytest.mark.parametrize("take", [lambda who, claim: take_claim(who, claim.pk), lambda who, claim: take_next(who)])
def test_who_let_a_turn_lapse_may_take_the_claim_again(reviewer, take):
    claim = make_queued_claim()
    expire(take_next(reviewer))
    assert take(reviewer, claim).fence == 2


def test_a_turn_lapses_to_the_second(reviewer, settings):
    make_queued_claim()
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        take_next(reviewer)
        clock.shift(settings.LEASE_SECONDS - 1)
        assert lapse_expired() == 0
        clock.shift(1)
        assert lapse_expired() == 1
        assert lapse_expired() == 0


def test_an_extended_turn_does_not_lapse(reviewer, settings):
    make_queued_claim()
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        assignment = take_next(reviewer)
        clock.shift(settings.LEASE_SECONDS - 1)
        extend_lease(reviewer, assignment.pk, assignment.fence)
        clock.shift(settings.LEASE_SECONDS - 1)
        assert lapse_expired() == 0


def test_the_fence_grows_with_every_taking(reviewer, colleague):
    claim = make_queued_claim()
    fences = []
    for who in (reviewer, colleague, reviewer):
        assignment = take_claim(who, claim.pk)
        fences.append(assignment.fence)
        release_assignment(who, assignment.pk)
    assert fences == [1, 2, 3]


def test_one_claim_that_cannot_lapse_does_not_hold_up_the_others(reviewer, colleague):
    mended_by_hand, healthy = make_queued_claims(2)
    for assignment in [take_claim(reviewer, claim.pk) for claim in (mended_by_hand, healthy)]:
        expire(assignment)
    Claim.objects.filter(pk=mended_by_hand.pk).update(status="dismissed")
    assert take_next(colleague).claim == healthy


def test_taking_costs_the_same_whatever_the_length_of_the_queue(reviewer, django_assert_max_num_queries):
    assert can(reviewer, Power.REVIEW)  # a person's roles are read once
    counts = []
    for waiting in make_queued_claims(1), make_queued_claims(3):
        with django_assert_max_num_queries(20) as asked:
            assert take_next(reviewer).claim == waiting[0]
        counts.append(len(asked))
    assert counts[0] == counts[1]
