import pytest

from claims.models import Claim
from claims.review.closing import merge_claim, reopen_claim
from tests.admin.pages import said, url, words
from tests.factories import judge, make_queued_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> list[Claim]:
    return make_queued_claims(2)


def test_the_other_claim_is_shown_before_they_are_merged(desk, editor, pair):
    claim, other = pair
    typed = {"target": other.pk, "reason": "The same ships."}
    page = desk(editor).post(url("merge_claim", claim.pk), typed)
    assert f"Claim {other.pk} says: 1001 ships" in words(page)
    assert "The same ships.</textarea>" in page.content.decode()
    assert Claim.objects.get(pk=claim.pk).status == "queued"
    page = desk(editor).post(url("merge_claim", claim.pk), typed | {"confirmed": other.pk}, follow=True)
    assert said(page) == "Merged into “1001 ships”."
    assert Claim.objects.get(pk=claim.pk).duplicate_of == other


def test_both_pages_tell_of_the_merger(desk, editor, reviewer, pair):
    claim, other = pair
    merge_claim(editor, claim.pk, other.pk, "The same ships.")
    pages = [words(desk(reviewer).get(url("review_claim", one.pk))) for one in pair]
    assert "Duplicate of 1001 ships" in pages[0]
    assert "Repeated in 1000 ships" in pages[1]


@pytest.mark.parametrize(
    ("target", "refusal"),
    [("", "There is no claim of that number."), ("99999", "There is no claim of that number."), ("own", "of itself.")],
)
def test_what_cannot_be_merged_is_told(desk, editor, pair, target, refusal):
    number = pair[0].pk if target == "own" else target
    page = desk(editor).post(url("merge_claim", pair[0].pk), {"target": number, "reason": "The same."})
    assert (page.status_code, refusal in words(page)) == (400, True)
    assert "The same.</textarea>" in page.content.decode()


def test_a_merger_needs_a_reason(desk, editor, pair):
    typed = {"target": pair[1].pk, "confirmed": pair[1].pk, "reason": " "}
    page = desk(editor).post(url("merge_claim", pair[0].pk), typed)
    assert (page.status_code, "Give a reason: it stays in the claim's history." in words(page)) == (400, True)


def test_a_merger_is_taken_back(desk, editor, pair):
    merge_claim(editor, pair[0].pk, pair[1].pk, "The same ships.")
    page = desk(editor).post(url("unmerge_claim", pair[0].pk), {"reason": "Another year."}, follow=True)
    assert said(page) == "Unmerged: the claim stands for itself again."
    assert Claim.objects.get(pk=pair[0].pk).status == "queued"


def test_only_editors_find_the_ways(desk, editor, reviewer, pair):
    found = ["Merge into another claim" in words(desk(who).get(url("review_claim", pair[0].pk)))
             for who in (reviewer, editor)]  # fmt: skip
    merge_claim(editor, pair[0].pk, pair[1].pk, "The same ships.")
    pages = [words(desk(who).get(url("review_claim", pair[0].pk))) for who in (reviewer, editor)]
    assert found == ["Unmerge this claim" in page for page in pages] == [False, True]
    assert not any("Reopen this claim" in page for page in pages)  # one way back


# Restoring a decision.


def test_a_reopening_is_undone(desk, editor, reviewer, pair, ratings):
    judge(reviewer, pair[0], "True")
    reopen_claim(editor, pair[0].pk, "A new source.")
    page = desk(editor).get(url("review_claim", pair[0].pk))
    assert "Restore the earlier decision" in words(page)
    page = desk(editor).post(url("restore_decision", pair[0].pk), {"reason": "No new source."}, follow=True)
    assert said(page) == "Restored: the earlier decision stands."
    assert Claim.objects.get(pk=pair[0].pk).rating == ratings["True"]


def test_there_is_not_always_a_decision_to_restore(desk, editor, pair):
    assert "Restore the earlier" not in words(desk(editor).get(url("review_claim", pair[0].pk)))
    page = desk(editor).post(url("restore_decision", pair[0].pk), {"reason": "Back."})
    assert (page.status_code, "There is no decision to restore" in words(page)) == (409, True)
