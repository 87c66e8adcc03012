"""Two claims that say the same become one, and become two again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.exceptions import AlreadyTaken, DeskError, LeaseLost, MoveRefused, NotPermitted
from claims.models import Claim, Draft, OutgoingEmail
from claims.review.assignments import take_claim, take_next
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim, unmerge_claim
from claims.review.drafts import save_draft
from tests.factories import broken_at, hand_in, judge, make_article, make_claim, make_policy, make_queued_claims

pytestmark = pytest.mark.django_db
WHY = "Both count the dockers."
NOT_SO = "One counts the men alone."


@pytest.fixture
def claims() -> list[Claim]:
    return make_queued_claims(4)


@pytest.fixture
def claim(claims) -> Claim:
    return claims[0]


@pytest.fixture
def target(claims) -> Claim:
    return claims[1]


def state(claim: Claim) -> tuple[str, int | None, list[str]]:
    """Status, target, and the statuses of the seats."""
    claim = Claim.objects.get(pk=claim.pk)
    return claim.status, claim.duplicate_of_id, list(claim.seats.values_list("status", flat=True))


# Merging.


def test_a_merged_claim_points_to_its_target_and_leaves_the_queue(claim, target, editor, reviewer):
    merge_claim(editor, claim.pk, target.pk, f" {WHY} ")
    assert state(claim) == ("duplicate", target.pk, ["withdrawn"])
    assert state(target) == ("queued", None, ["open"])
    event = claim.events.last()
    assert (event.kind, event.actor, event.reason) == ("merged", editor, WHY)
    assert event.details == {"into": target.pk, "was": "queued"}
    assert take_next(reviewer).claim == target
    with pytest.raises(AlreadyTaken, match="The claim is duplicate"):
        take_claim(reviewer, claim.pk)
    assert broken_at(claim) is broken_at(target) is None


def test_a_claim_that_was_never_queued_can_be_merged(target, editor):
    extracted = make_claim(article=make_article("Dockers: roughly 2,500 dockers."))
    merge_claim(editor, extracted.pk, target.pk, WHY)
    assert state(extracted) == ("duplicate", target.pk, [])


def test_a_claim_can_be_merged_into_one_that_is_decided(claim, target, editor, reviewer):
    judge(reviewer, target, "False")
    merge_claim(editor, claim.pk, target.pk, WHY)
    assert state(claim) == ("duplicate", target.pk, ["withdrawn"])


def test_who_holds_a_merged_claim_is_told_and_keeps_the_draft(claim, target, editor, reviewer):
    turn = take_claim(reviewer, claim.pk)
    save_draft(reviewer, claim, explanation="The port says 1,900.")
    merge_claim(editor, claim.pk, target.pk, WHY)
    turn.refresh_from_db()
    assert (turn.outcome, state(claim)) == ("withdrawn", ("duplicate", target.pk, ["withdrawn"]))
    assert list(OutgoingEmail.objects.values_list("kind", "recipient__username")) == [("turn_ended", "rita")]
    with pytest.raises(LeaseLost):
        hand_in(turn, "False", explanation="The port says 1,901.")
    assert Draft.objects.get().explanation == "The port says 1,901."


@pytest.mark.parametrize("reason", ["", "\n "])
def test_merging_needs_a_reason(claim, target, editor, reason):
    with pytest.raises(DeskError) as refusal:
        merge_claim(editor, claim.pk, target.pk, reason)
    assert refusal.value.code == "reason_needed"
    assert state(claim) == ("queued", None, ["open"])


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator", "outsider"])
def test_only_editors_merge_and_unmerge(claim, target, editor, request, who):
    somebody = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        merge_claim(somebody, claim.pk, target.pk, WHY)
    assert state(claim) == ("queued", None, ["open"])
    merge_claim(editor, claim.pk, target.pk, WHY)
    for undo in (unmerge_claim, reopen_claim):
        with pytest.raises(NotPermitted):
            undo(somebody, claim.pk, NOT_SO)
    assert state(claim) == ("duplicate", target.pk, ["withdrawn"])


def test_no_claim_is_its_own_duplicate(claim, target, editor):
    merge_claim(editor, target.pk, claim.pk, WHY)
    for into in (claim, target):  # `target` says what the claim says
        with pytest.raises(DeskError) as refusal:
            merge_claim(editor, claim.pk, into.pk, WHY)
        assert refusal.value.code == "same_claim"
    assert state(claim) == ("queued", None, ["open"])


@pytest.mark.parametrize("unknown", ["claim", "target"])
def test_a_claim_that_there_is_not_cannot_be_merged(claim, target, editor, unknown):
    pks = {"claim": claim.pk, "target": target.pk} | {unknown: 0}
    with pytest.raises(Claim.DoesNotExist):
        merge_claim(editor, pks["claim"], pks["target"], WHY)
    assert state(claim) == ("queued", None, ["open"])


def test_only_an_open_claim_is_merged(claims, editor, reviewer):
    target, decided, dismissed, merged = claims
    judge(reviewer, decided, "False")
    dismiss_claim(editor, dismissed.pk, "An opinion.")
    merge_claim(editor, merged.pk, decided.pk, WHY)
    for closed in (decided, dismissed, merged):
        before = state(closed)
        with pytest.raises(MoveRefused):
            merge_claim(editor, closed.pk, target.pk, WHY)
        assert state(closed) == before


# Chains.


def test_a_duplicate_of_a_duplicate_points_to_the_claim_at_the_end(claims, editor):
    first, second, third, last = claims
    merge_claim(editor, first.pk, second.pk, WHY)
    merge_claim(editor, third.pk, first.pk, WHY)
    assert state(third)[1] == second.pk
    assert third.events.last().details["into"] == second.pk
    merge_claim(editor, second.pk, last.pk, WHY)
    late = make_claim(article=make_article("Then 2,500 ships came."), quote="2,500 ships")
    merge_claim(editor, late.pk, first.pk, WHY)
    assert state(late)[1] == last.pk


def test_what_was_merged_into_a_duplicate_stays_its_duplicate(claims, editor):
    first, second, third, _ = claims
    merge_claim(editor, first.pk, second.pk, WHY)
    merge_claim(editor, second.pk, third.pk, WHY)
    assert (state(first)[1], state(second)[1]) == (second.pk, third.pk)
    unmerge_claim(editor, second.pk, NOT_SO)
    assert (state(first)[1], state(second)) == (second.pk, ("queued", None, ["open"]))


# Separating.


@pytest.mark.parametrize("separate", [unmerge_claim, reopen_claim])
def test_a_separated_claim_is_back_at_its_old_place(claims, editor, reviewer, separate):
    first, second, third, _ = claims
    merge_claim(editor, first.pk, third.pk, WHY)
    before = first.seats.values("number", "round", "priority", "created_at").get()
    separate(editor, first.pk, f" {NOT_SO} ")
    assert state(first) == ("queued", None, ["open"])
    assert first.seats.values("number", "round", "priority", "created_at").get() == before
    event = first.events.last()
    kind = "unmerged" if separate is unmerge_claim else "reopened"
    assert (event.kind, event.actor, event.reason) == (kind, editor, NOT_SO)
    assert [take_next(reviewer).claim for _ in range(2)] == [first, second]


def test_a_claim_that_was_never_queued_is_extracted_again(target, editor):
    extracted = make_claim(article=make_article("Dockers: roughly 2,500 dockers."))
    merge_claim(editor, extracted.pk, target.pk, WHY)
    unmerge_claim(editor, extracted.pk, NOT_SO)
    assert state(extracted) == ("extracted", None, [])


def test_a_claim_that_was_never_queued_is_queued_by_reopening(target, editor):
    extracted = make_claim(article=make_article("Dockers: roughly 2,500 dockers."))
    merge_claim(editor, extracted.pk, target.pk, WHY)
    reopen_claim(editor, extracted.pk, NOT_SO)
    assert state(extracted) == ("queued", None, ["open"])


def test_verdicts_from_before_a_merge_count_after_it(editor, cora, carl):
    make_policy(seats=2, agreeing=2)
    claim, target = make_queued_claims(2)
    judge(cora, claim, "True")
    merge_claim(editor, claim.pk, target.pk, WHY)
    unmerge_claim(editor, claim.pk, NOT_SO)
    assert state(claim) == ("queued", None, ["filled", "open"])
    judge(carl, claim, "True")
    assert state(claim) == ("decided", None, ["filled", "filled"])


def test_a_claim_in_adjudication_is_in_adjudication_again(editor, cora, carl):
    make_policy(seats=2, agreeing=2)
    claim, target = make_queued_claims(2)
    judge(cora, claim, "True")
    judge(carl, claim, "False")
    merge_claim(editor, claim.pk, target.pk, WHY)
    assert claim.events.last().details == {"into": target.pk, "was": "in_adjudication"}
    unmerge_claim(editor, claim.pk, NOT_SO)
    assert state(claim) == ("in_adjudication", None, ["filled", "filled"])


def test_who_held_a_merged_claim_may_take_it_again(claim, target, editor, reviewer):
    take_claim(reviewer, claim.pk)
    merge_claim(editor, claim.pk, target.pk, WHY)
    unmerge_claim(editor, claim.pk, NOT_SO)
    assert state(claim) == ("queued", None, ["open"])
    assert take_claim(reviewer, claim.pk).fence == 2


@pytest.mark.parametrize("separate", [unmerge_claim, reopen_claim])
def test_separating_needs_a_reason(claim, target, editor, separate):
    merge_claim(editor, claim.pk, target.pk, WHY)
    with pytest.raises(DeskError) as refusal:
        separate(editor, claim.pk, " ")
    assert refusal.value.code == "reason_needed"
    assert state(claim) == ("duplicate", target.pk, ["withdrawn"])


def test_only_a_duplicate_is_unmerged(claims, editor, reviewer):
    queued, dismissed, decided, _ = claims
    dismiss_claim(editor, dismissed.pk, "An opinion.")
    judge(reviewer, decided, "True")
    for claim in (queued, dismissed, decided):
        before = state(claim)
        with pytest.raises(MoveRefused, match="only a merged claim can be unmerged"):
            unmerge_claim(editor, claim.pk, NOT_SO)
        assert state(claim) == before


# Reach, and locks.


def test_a_duplicate_adds_to_the_reach_of_its_target_for_as_long_as_it_is_one(claims, editor, reviewer):
    *_, third, last = claims
    before = last.seats.get().priority
    merge_claim(editor, third.pk, last.pk, WHY)
    assert round(last.seats.get().priority - before, 6) == 0.1  # seen twice as often
    assert take_next(reviewer).claim == last
    unmerge_claim(editor, third.pk, NOT_SO)
    assert last.seats.get().priority == before


@pytest.mark.parametrize("separate", [None, unmerge_claim, reopen_claim])
def test_both_claims_are_locked_in_one_order(claim, target, editor, separate):
    if separate:
        merge_claim(editor, claim.pk, target.pk, WHY)
    with CaptureQueriesContext(connection) as queries:
        separate(editor, claim.pk, NOT_SO) if separate else merge_claim(editor, claim.pk, target.pk, WHY)
    locked = [one["sql"] for one in queries if one["sql"].endswith('FOR UPDATE OF "claims_claim"')]
    assert [f'"id" = ({one.pk}) ' in sql for one, sql in zip((claim, target), locked, strict=True)] == [True, True]
