"""Putting a claim aside, and bringing a closed one back."""

import pytest
from django.utils import timezone

from claims.enums import ClaimStatus, EventKind, Role
from claims.exceptions import AlreadyTaken, DeskError, MoveRefused, NotPermitted
from claims.lifecycle import move
from claims.models import Assignment, Claim, Verdict
from claims.review.assignments import take_claim, take_next
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.verdicts import record_verdict
from tests.factories import make_claim, make_queued_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return make_queued_claim()


def test_a_dismissed_claim_keeps_its_reason_and_leaves_the_queue(claim, reviewer):
    dismiss_claim(reviewer, claim.pk, " An opinion. ")
    event = claim.events.last()
    assert (event.kind, event.actor, event.reason) == ("dismissed", reviewer, "An opinion.")
    assert (Claim.objects.get().status, claim.seats.get().status) == ("dismissed", "withdrawn")
    assert take_next(reviewer) is None


def test_a_claim_can_be_dismissed_before_it_is_queued(reviewer):
    assert dismiss_claim(reviewer, make_claim().pk, "An opinion.").status == "dismissed"


@pytest.mark.parametrize("reason", ["", " "])
def test_dismissal_needs_a_reason(claim, reviewer, reason):
    with pytest.raises(DeskError) as refusal:
        dismiss_claim(reviewer, claim.pk, reason)
    assert refusal.value.code == "reason_needed"
    assert (Claim.objects.get().status, claim.seats.get().status) == ("queued", "open")


def test_who_holds_the_claim_may_dismiss_it(claim, reviewer):
    assignment = take_next(reviewer)
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    assignment.refresh_from_db()
    assert (assignment.outcome, claim.seats.get().status) == ("withdrawn", "withdrawn")


def test_a_colleague_may_not_dismiss_a_claim_in_hand_but_an_editor_may(claim, reviewer, editor, person):
    assignment = take_next(reviewer)
    with pytest.raises(AlreadyTaken, match="rita is working on this claim"):
        dismiss_claim(person("cora", Role.REVIEWER), claim.pk, "An opinion.")
    assignment.refresh_from_db()
    assert assignment.closed_at is None
    dismiss_claim(editor, claim.pk, "An opinion.")
    assert Assignment.objects.get().outcome == "withdrawn"


def test_dismissing_twice_is_refused(claim, reviewer):
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    with pytest.raises(MoveRefused):
        dismiss_claim(reviewer, claim.pk, "Still an opinion.")
    assert claim.events.filter(kind="dismissed").count() == 1


@pytest.mark.parametrize("who", ["producer", "administrator", "outsider"])
def test_others_may_not_dismiss(claim, request, who):
    with pytest.raises(NotPermitted):
        dismiss_claim(request.getfixturevalue(who), claim.pk, "An opinion.")
    assert Claim.objects.get().status == "queued"


# Reopening.


def test_a_claim_that_was_put_aside_comes_back_to_its_old_place(claim, reviewer, editor):
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    reopened = reopen_claim(editor, claim.pk, "It names a number.")
    assert reopened.status == "queued"
    assert list(claim.seats.values_list("number", "status", "created_at")) == [(1, "open", claim.review_began_at)]
    assert (claim.events.last().kind, claim.events.last().reason) == ("reopened", "It names a number.")
    assert take_next(reviewer).claim == claim


def test_a_reopened_decision_is_open_again_and_its_verdict_stays(claim, reviewer, editor, ratings):
    assignment = take_next(reviewer)
    verdict = record_verdict(
        reviewer, assignment.pk, assignment.fence, rating=ratings["False"], explanation="The port says 1,900."
    )
    reopen_claim(editor, claim.pk, "New figures.")
    claim.refresh_from_db()
    assert (claim.status, claim.rating, claim.decided_at) == ("queued", None, None)
    assert Verdict.objects.get() == verdict
    # A person sits on a claim once: the fresh look is a colleague's.
    assert take_next(reviewer) is None
    assert take_next(editor).claim == claim


def test_a_reopened_duplicate_points_nowhere(claim, editor):
    twin = make_claim(article=claim.article, quote="March 2019")
    move(twin.pk, ClaimStatus.DUPLICATE, EventKind.DISMISSED, reason="Same.", duplicate_of=claim)
    assert reopen_claim(editor, twin.pk, "Not the same after all.").duplicate_of is None


def test_reopening_needs_a_reason(claim, reviewer, editor):
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    with pytest.raises(DeskError) as refusal:
        reopen_claim(editor, claim.pk, "")
    assert refusal.value.code == "reason_needed"
    assert claim.seats.count() == 1


@pytest.mark.parametrize("status", ["extracted", "queued", "in_review", "in_adjudication"])
def test_only_a_closed_claim_is_reopened(claim, editor, status):
    Claim.objects.filter(pk=claim.pk).update(status=status)
    with pytest.raises(MoveRefused, match="only a closed claim can be reopened"):
        reopen_claim(editor, claim.pk, "Again.")
    assert claim.seats.count() == 1


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator", "outsider"])
def test_only_editors_reopen(claim, request, ratings, who):
    judged = {"status": "decided", "rating": ratings["True"], "decided_at": timezone.now()}
    Claim.objects.filter(pk=claim.pk).update(**judged)
    with pytest.raises(NotPermitted):
        reopen_claim(request.getfixturevalue(who), claim.pk, "Again.")
    assert Claim.objects.get().status == "decided"


def test_a_claim_taken_after_reopening_is_like_any_other(claim, reviewer, editor, ratings):
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    reopen_claim(editor, claim.pk, "It names a number.")
    assignment = take_claim(reviewer, claim.pk)
    record_verdict(reviewer, assignment.pk, assignment.fence, rating=ratings["True"], explanation="Counted.")
    assert Claim.objects.get().status == "decided"
