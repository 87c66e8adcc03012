"""A decision is reopened, and stands again as if it had not been."""

import pytest
import time_machine

from claims.enums import ClaimStatus
from claims.exceptions import DeskError, LeaseLost, MoveRefused, NotPermitted
from claims.models import Claim, OutgoingEmail
from claims.publishing.fact_checks import publish_claim
from claims.review.assignments import take_claim, take_next
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim, restore_decision, unmerge_claim
from tests.factories import broken_at, hand_in, judge, make_claim, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db
WHY = "The new figures are about another port."
OF_A_DECISION = ("status", "rating_id", "decided_at", "rule_id", "review_began_at", "first_round", "due_at")


@pytest.fixture
def decided(reviewer) -> Claim:
    with time_machine.travel("2026-11-20 10:00:00.123456Z", tick=False):
        claim = make_queued_claim()
    with time_machine.travel("2026-11-20 11:00:00.654321Z", tick=False):
        judge(reviewer, claim, "False")
    claim.refresh_from_db()
    return claim


@pytest.fixture
def reopened(decided, editor) -> Claim:
    return reopen_claim(editor, decided.pk, "New figures.")


def decision(claim: Claim) -> dict:
    return Claim.objects.values(*OF_A_DECISION).get(pk=claim.pk)


def test_a_reopening_begins_another_review_and_remembers_the_decision(decided, editor):
    before = decision(decided)
    make_policy(seats=2, agreeing=2)
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False):
        claim = reopen_claim(editor, decided.pk, "New figures.")
    claim.refresh_from_db()
    assert (claim.status, claim.rating, claim.decided_at) == ("queued", None, None)
    assert (claim.round, claim.first_round, claim.rule.policy.number) == (2, 2, 2)
    assert claim.review_began_at.isoformat() == "2026-11-22T10:00:00+00:00"
    assert claim.due_at.isoformat() == "2026-11-25T10:00:00+00:00"
    undone = claim.events.last().details["undone"]
    assert (undone["status"], undone["rating"], undone["rule"]) == ("decided", before["rating_id"], before["rule_id"])


@pytest.mark.parametrize("status", [ClaimStatus.DECIDED, ClaimStatus.PUBLISHED])
def test_a_restored_decision_is_what_it_was(decided, editor, status):
    if status is ClaimStatus.PUBLISHED:
        publish_claim(editor, decided.pk, title="No", summary="It is not.")
    before = decision(decided)
    make_policy(seats=2, agreeing=2)
    reopen_claim(editor, decided.pk, "New figures.")
    assert decision(decided) != before
    restore_decision(editor, decided.pk, f" {WHY} ")
    assert decision(decided) == before
    event = decided.events.last()
    assert (event.kind, event.actor, event.reason) == ("restored", editor, WHY)
    assert broken_at(decided) is None


def test_the_seats_of_the_other_review_are_gone(reopened, editor, person):
    restore_decision(editor, reopened.pk, WHY)
    assert list(reopened.seats.values_list("number", "status")) == [(1, "filled"), (2, "withdrawn")]
    assert take_next(editor) is None


def test_who_sits_there_already_is_told(reopened, editor, cora):
    OutgoingEmail.objects.all().delete()
    turn = take_claim(cora, reopened.pk)
    restore_decision(editor, reopened.pk, WHY)
    assert list(OutgoingEmail.objects.values_list("kind", "recipient__username")) == [("turn_ended", "cora")]
    with pytest.raises(LeaseLost):
        hand_in(turn, "True")
    assert Claim.objects.get().rating.name == "False"


def test_a_new_verdict_stands_in_the_way(decided, editor, cora, carl):
    make_policy(seats=2, agreeing=2)
    reopen_claim(editor, decided.pk, "New figures.")
    judge(cora, decided, "True")
    with pytest.raises(MoveRefused, match="a new verdict is in"):
        restore_decision(editor, decided.pk, WHY)
    assert Claim.objects.get().status == "queued"
    judge(carl, decided, "False")
    with pytest.raises(MoveRefused):
        restore_decision(editor, decided.pk, WHY)
    assert Claim.objects.get().status == "in_adjudication"


def test_there_is_nothing_to_restore_without_a_reopened_decision(reviewer, editor):
    extracted = make_claim()
    queued = make_queued_claim(article=extracted.article, quote="March 2019")
    for claim in (extracted, queued):
        with pytest.raises(MoveRefused, match="There is no decision to restore"):
            restore_decision(editor, claim.pk, WHY)
    dismiss_claim(editor, queued.pk, "An opinion.")
    reopen_claim(editor, queued.pk, "It names a number.")
    with pytest.raises(MoveRefused, match="There is no decision to restore"):
        restore_decision(editor, queued.pk, WHY)
    assert list(Claim.objects.order_by("id").values_list("status", flat=True)) == ["extracted", "queued"]


def test_a_decision_that_stands_is_not_restored(reopened, decided, editor):
    restore_decision(editor, decided.pk, WHY)
    with pytest.raises(MoveRefused):
        restore_decision(editor, decided.pk, WHY)
    assert decided.events.filter(kind="restored").count() == 1


@pytest.mark.parametrize("reason", ["", " \t"])
def test_restoring_needs_a_reason(reopened, editor, reason):
    with pytest.raises(DeskError) as refusal:
        restore_decision(editor, reopened.pk, reason)
    assert refusal.value.code == "reason_needed"
    assert (Claim.objects.get().status, reopened.seats.last().status) == ("queued", "open")


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator", "outsider"])
def test_only_editors_restore(reopened, request, who):
    with pytest.raises(NotPermitted):
        restore_decision(request.getfixturevalue(who), reopened.pk, WHY)
    assert Claim.objects.get().status == "queued"


def test_a_decision_can_be_reopened_and_restored_again_and_again(decided, editor, cora):
    before = decision(decided)
    for _ in range(3):
        reopen_claim(editor, decided.pk, "New figures.")
        restore_decision(editor, decided.pk, WHY)
        assert decision(decided) == before
    reopen_claim(editor, decided.pk, "New figures, of this port.")
    dismiss_claim(editor, decided.pk, "An opinion.")
    reopen_claim(editor, decided.pk, "It names a number.")
    assert list(decided.seats.filter(status="open").values_list("number", "round")) == [(5, 5)]
    judge(cora, decided, "True")
    assert Claim.objects.get().rating.name == "True"


def test_what_happened_to_the_reopened_claim_meanwhile_does_not_bury_the_decision(decided, reopened, editor):
    dismiss_claim(editor, decided.pk, "An opinion.")
    reopen_claim(editor, decided.pk, "It names a number.")
    other = make_queued_claim(article=decided.article, quote="March 2019")
    for separate in (unmerge_claim, reopen_claim):
        merge_claim(editor, decided.pk, other.pk, "Both count the dockers.")
        separate(editor, decided.pk, "One counts the men alone.")
    assert restore_decision(editor, decided.pk, WHY).rating.name == "False"


def test_a_decision_that_was_put_aside_meanwhile_is_brought_back_first(decided, reopened, editor):
    dismiss_claim(editor, decided.pk, "An opinion.")
    with pytest.raises(MoveRefused):
        restore_decision(editor, decided.pk, WHY)
    assert Claim.objects.get().status == "dismissed"
