"""Putting a claim aside, and bringing a closed one back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.enums import ClaimStatus, DismissalReason, EventKind, Role
from claims.exceptions import AlreadyTaken, DeskError, MoveRefused, NotPermitted
from claims.lifecycle import move
from claims.models import Assignment, Claim, Verdict
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.assignments import take_claim, take_next
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.evidence import add_evidence
from claims.review.verdicts import record_verdict
from tests.factories import judge, make_claim, make_policy, make_queued_claim

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


# What a dismissal interrupts, and a reopening takes up again.

PAIR = {"seats": 2, "agreeing": 2, "is_blind": True}


def seats(claim: Claim) -> list[tuple[int, int, str]]:
    return list(claim.seats.order_by("number").values_list("number", "round", "status"))


@pytest.fixture
def pair() -> Claim:
    """A claim that two judge."""
    make_policy(**PAIR)
    return make_queued_claim()


def test_verdicts_that_are_in_count_after_a_reopening(pair, cora, carl, editor):
    judge(cora, pair, "True")
    dismiss_claim(editor, pair.pk, "An opinion.")
    assert seats(pair) == [(1, 1, "filled"), (2, 1, "withdrawn")]
    reopen_claim(editor, pair.pk, "It names a number.")
    assert (Claim.objects.get().status, seats(pair)) == ("queued", [(1, 1, "filled"), (2, 1, "open")])
    assert take_next(cora) is None
    judge(carl, pair, "True")
    assert Claim.objects.get().rating.name == "True"


def test_who_sat_there_loses_the_turn_and_may_take_it_again(pair, cora, carl, editor):
    turn = take_claim(cora, pair.pk)
    dismiss_claim(editor, pair.pk, "An opinion.")
    turn.refresh_from_db()
    assert (turn.outcome, seats(pair)) == ("withdrawn", [(1, 1, "withdrawn"), (2, 1, "withdrawn")])
    reopen_claim(editor, pair.pk, "It names a number.")
    assert (Claim.objects.get().status, seats(pair)) == ("queued", [(1, 1, "open"), (2, 1, "open")])
    assert take_claim(cora, pair.pk).fence == 2


def test_a_reopened_claim_has_its_place_rule_deadline_and_round_again(pair, editor):
    kept = ("rule_id", "review_began_at", "due_at", "round", "first_round", "escalation", "boost")
    before = Claim.objects.values(*kept).get(), pair.seats.values_list("priority", "created_at")[0]
    dismiss_claim(editor, pair.pk, "An opinion.")
    make_policy(seats=1)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        reopen_claim(editor, pair.pk, "It names a number.")
    assert (Claim.objects.values(*kept).get(), pair.seats.values_list("priority", "created_at")[0]) == before


def test_a_claim_that_was_said_again_while_it_was_put_aside_comes_back_higher(claim, editor):
    before = claim.seats.get().priority
    dismiss_claim(editor, claim.pk, "An opinion.")
    version = claim.article.versions.get()
    claim.appearances.create(version=version, quote="dockers", start=35, end=42)
    reopen_claim(editor, claim.pk, "It names a number.")
    assert round(claim.seats.get().priority - before, 6) == 0.1


def test_a_reopened_claim_goes_on_in_the_round_it_was_in(pair, cora, carl, dora, dirk, editor):
    judge(cora, pair, "True")
    judge(carl, pair, "False")
    send_to_another_round(editor, pair.pk, "Look at the port's own figures.")
    judge(dora, pair, "True")
    dismiss_claim(editor, pair.pk, "An opinion.")
    reopen_claim(editor, pair.pk, "It names a number.")
    assert seats(pair)[2:] == [(3, 2, "filled"), (4, 2, "open")]
    judge(dirk, pair, "True")
    assert Claim.objects.get().rating.name == "True"


def test_a_claim_that_waited_for_an_adjudicator_waits_for_one_again(pair, cora, carl, editor, ratings):
    judge(cora, pair, "True")
    judge(carl, pair, "False")
    dismiss_claim(editor, pair.pk, "An opinion.")
    reopen_claim(editor, pair.pk, "It names a number.")
    assert (Claim.objects.get().status, seats(pair)) == ("in_adjudication", [(1, 1, "filled"), (2, 1, "filled")])
    assert adjudicate_claim(editor, pair.pk, ratings["True"], "The port says so.").status == "decided"


def test_what_a_colleague_has_judged_is_an_editors_to_dismiss(pair, cora, carl, editor):
    judge(cora, pair, "True")
    with pytest.raises(AlreadyTaken, match="A colleague has worked on this claim"):
        dismiss_claim(carl, pair.pk, "An opinion.")
    assert dismiss_claim(editor, pair.pk, "An opinion.").status == "dismissed"


def test_what_one_has_judged_alone_one_may_dismiss(pair, cora):
    judge(cora, pair, "True")
    assert dismiss_claim(cora, pair.pk, "An opinion, at a second look.").status == "dismissed"


# Whose dismissal it was.


def test_people_reopen_what_they_have_dismissed_themselves(claim, cora, carl):
    dismiss_claim(cora, claim.pk, "An opinion.")
    with pytest.raises(NotPermitted):
        reopen_claim(carl, claim.pk, "It names a number.")
    assert Claim.objects.get().status == "dismissed"
    assert reopen_claim(cora, claim.pk, "It names a number.").status == "queued"


def test_an_editors_dismissal_is_not_a_reviewers_to_undo(claim, cora, editor):
    dismiss_claim(cora, claim.pk, "An opinion.")
    reopen_claim(cora, claim.pk, "It names a number.")
    dismiss_claim(editor, claim.pk, "An opinion after all.")
    with pytest.raises(NotPermitted):
        reopen_claim(cora, claim.pk, "It names a number.")
    assert Claim.objects.get().status == "dismissed"


def test_a_dismissal_stays_ones_own_whatever_is_noted_about_the_claim_later(claim, cora, carl):
    dismiss_claim(cora, claim.pk, "An opinion.")
    add_evidence(carl, claim.pk, url="https://port.example/staff")
    assert reopen_claim(cora, claim.pk, "It names a number.").status == "queued"


def test_who_may_dismiss_no_more_reopens_no_more(claim, person):
    gone = person("gone", Role.REVIEWER)
    dismiss_claim(gone, claim.pk, "An opinion.")
    gone.groups.clear()
    with pytest.raises(NotPermitted):
        reopen_claim(type(gone).objects.get(pk=gone.pk), claim.pk, "It names a number.")


# Categories.


@pytest.mark.parametrize("category", sorted(set(DismissalReason) - {DismissalReason.NO_LONGER_FOUND}))
def test_a_dismissal_says_as_what_until_it_is_undone(claim, reviewer, editor, category):
    dismiss_claim(reviewer, claim.pk, "It is none.", category)
    assert (Claim.objects.get().dismissed_as, claim.events.last().details) == (category, {"category": category})
    reopen_claim(editor, claim.pk, "It names a number.")
    assert Claim.objects.get().dismissed_as == ""


def test_a_dismissal_without_a_category_is_another(claim, reviewer):
    assert dismiss_claim(reviewer, claim.pk, "It is none.").dismissed_as == "other"
