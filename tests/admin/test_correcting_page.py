"""The forms with which an editor corrects or splits a claim."""

import pytest

from claims.models import Claim
from claims.review.closing import dismiss_claim
from tests.admin.pages import url, words
from tests.factories import make_claim, make_queued_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return make_queued_claim()


def typed(**changes):
    return {"words": "roughly 2,500 dockers", "headline": "roughly 2,500 dockers", "kind": "quantity"} | changes


def test_an_editor_corrects_and_reads_it_in_the_history(desk, editor, claim):
    browser = desk(editor)
    answer = browser.post(
        url("correct_claim", claim.pk), typed(words="2,500 dockers", headline="2,500 dockers"), follow=True
    )
    claim.refresh_from_db()
    assert (answer.status_code, claim.headline, claim.appearances.get().quote) == (
        200,
        "2,500 dockers",
        "2,500 dockers",
    )
    assert "corrected the claim; before: headline “roughly 2,500 dockers”, words “roughly 2,500 dockers”" in words(
        answer
    )


def test_words_that_are_not_there_are_refused_and_stay_typed(desk, editor, claim):
    answer = desk(editor).post(url("correct_claim", claim.pk), typed(words="3,000 sailors", headline="Sailors"))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert ("3,000 sailors" in page, "These words are not in the article" in page, 'value="Sailors"' in page) == (
        True,
        True,
        True,
    )
    assert Claim.objects.get().headline == "roughly 2,500 dockers"


def test_the_words_of_another_claim_are_refused(desk, editor, claim):
    make_claim(article=claim.article, quote="March 2019")
    answer = desk(editor).post(url("correct_claim", claim.pk), typed(words="March 2019"))
    assert (answer.status_code, "already a claim" in words(answer)) == (409, True)


def test_an_editor_splits_off_a_part(desk, editor, claim):
    answer = desk(editor).post(url("split_claim", claim.pk), typed(words="March 2019", headline=""), follow=True)
    part = Claim.objects.exclude(pk=claim.pk).get()
    assert part.headline == "March 2019"
    assert f"split off claim {part.pk}" in words(answer)


def test_a_closed_claim_and_a_reviewer_have_no_such_forms(desk, editor, reviewer, claim):
    there = url("review_claim", claim.pk)
    assert "Correct this claim" in words(desk(editor).get(there))
    assert "Correct this claim" not in words(desk(reviewer).get(there))
    dismiss_claim(editor, claim.pk, "Dull.")
    assert "Correct this claim" not in words(desk(editor).get(there))


@pytest.mark.parametrize("act", ["correct_claim", "split_claim"])
def test_a_reviewer_may_not(desk, reviewer, claim, act):
    assert desk(reviewer).post(url(act, claim.pk), typed(words="March 2019")).status_code == 403
    assert Claim.objects.get().events.count() == 2
