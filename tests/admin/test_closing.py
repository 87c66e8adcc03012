import pytest

from claims.models import Claim, ClaimEvent
from claims.review.closing import dismiss_claim
from tests.admin.pages import said, url, words
from tests.factories import make_queued_claim

pytestmark = pytest.mark.django_db


def test_a_claim_is_dismissed_with_a_reason_that_stays(desk, reviewer):
    claim = make_queued_claim()
    page = desk(reviewer).post(url("dismiss_claim", claim.pk), {"reason": "An opinion."}, follow=True)
    assert said(page) == "Dismissed. The reason is in the claim's history."
    history = words(desk(reviewer).get(url("review_claim", claim.pk))).split("History")[1]
    assert "rita dismissed the claim An opinion." in history


def test_a_dismissal_without_reason_is_refused(desk, reviewer):
    page = desk(reviewer).post(url("dismiss_claim", make_queued_claim().pk), {"reason": " "})
    assert page.status_code == 400
    assert "Give a reason: it stays in the claim's history." in words(page)


@pytest.mark.parametrize("action", ["dismiss_claim", "reopen_claim"])
def test_a_reason_that_is_too_long_is_refused_and_kept(desk, editor, action):
    claim = make_queued_claim()
    if action == "reopen_claim":
        dismiss_claim(editor, claim.pk, "An opinion.")
    page = desk(editor).post(url(action, claim.pk), {"reason": "x" * 5_001})
    assert (page.status_code, ClaimEvent.objects.filter(reason__startswith="x").exists()) == (400, False)
    assert "The reason is longer than 5,000 characters. Shorten it." in words(page)
    assert f"{'x' * 5_001}</textarea>" in page.content.decode()


def test_a_dismissal_says_as_what(desk, reviewer):
    typed = {"reason": "Who can say?", "category": "not_checkable"}
    claim = make_queued_claim()
    desk(reviewer).post(url("dismiss_claim", claim.pk), typed)
    assert Claim.objects.get().dismissed_as == "not_checkable"
    page = words(desk(reviewer).get(url("review_claim", claim.pk)))
    assert "Dismissed as Cannot be checked" in page
    assert "rita dismissed the claim (cannot be checked) Who can say?" in page


@pytest.mark.parametrize("category", ["", "no_longer_found", "lost"])
def test_a_category_that_is_nobodys_to_choose_is_another_reason(desk, reviewer, category):
    claim = make_queued_claim()
    assert "No longer found" not in words(desk(reviewer).get(url("review_claim", claim.pk)))
    desk(reviewer).post(url("dismiss_claim", claim.pk), {"reason": "Dull.", "category": category})
    assert Claim.objects.get().dismissed_as == "other"


def test_reviewers_reopen_what_they_dismissed_themselves(desk, reviewer, person):
    claim = make_queued_claim()
    dismiss_claim(reviewer, claim.pk, "An opinion.")
    rolf = person("rolf", "reviewer")
    pages = [words(desk(who).get(url("review_claim", claim.pk))) for who in (reviewer, rolf)]
    assert ["Reopen this claim" in page for page in pages] == [True, False]
    answers = [desk(who).post(url("reopen_claim", claim.pk), {"reason": "I was wrong."}) for who in (rolf, reviewer)]
    assert [answer.status_code for answer in answers] == [403, 302]
    assert Claim.objects.get().status == "queued"


def test_a_reviewer_leaves_the_claim_of_a_colleague_alone(desk, person, assignment):
    other = person("rolf", "reviewer")
    page = desk(other).post(url("dismiss_claim", assignment.claim_id), {"reason": "An opinion."})
    assert page.status_code == 409
    assert "An opinion.</textarea>" in page.content.decode()


def test_an_editor_reopens_a_claim(desk, editor):
    claim = make_queued_claim()
    dismiss_claim(editor, claim.pk, "An opinion.")
    page = desk(editor).post(url("reopen_claim", claim.pk), {"reason": "It was quoted in court."}, follow=True)
    assert said(page) == "Reopened: the claim is open again."
    assert Claim.objects.get().status == "queued"


def test_a_claim_that_waits_cannot_be_reopened(desk, editor):
    page = desk(editor).post(url("reopen_claim", make_queued_claim().pk), {"reason": "Again."})
    assert (page.status_code, Claim.objects.get().status) == (409, "queued")


def test_only_editors_find_the_way_to_reopen(desk, reviewer, editor):
    claim = make_queued_claim()
    dismiss_claim(editor, claim.pk, "An opinion.")
    pages = [words(desk(who).get(url("review_claim", claim.pk))) for who in (reviewer, editor)]
    assert ["Reopen this claim" in page for page in pages] == [False, True]
