from datetime import timedelta

import pytest
from django.utils import timezone

from claims.admin.queue_rows import PAGE
from claims.enums import ClaimKind
from claims.models import Assignment, Claim
from claims.review.assignments import take_claim
from tests.admin.conftest import lapse
from tests.admin.pages import said, url, words
from tests.factories import make_article, make_claim, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db


def headlines(page) -> list[str]:
    return [row.claim.headline for row in page.context["rows"]]


# What the table shows.


def test_claims_come_as_the_queue_takes_them(desk, reviewer):
    article = make_article()
    make_queued_claim(article=article, check_worthiness=0.6)
    make_queued_claim(article=article, quote="March 2019", check_worthiness=0.9)
    assert headlines(desk(reviewer).get(url("review_queue"))) == ["March 2019", "roughly 2,500 dockers"]


def test_a_row_tells_what_the_claim_is(desk, reviewer):
    make_queued_claim(article=make_article(outlet="The Courier"), check_worthiness=0.815)
    Claim.objects.update(review_began_at=timezone.now() - timedelta(hours=3))
    page = words(desk(reviewer).get(url("review_queue")))
    for told in ("roughly 2,500 dockers", "Quantity", "The Courier", "0.82", "3 hours", "Queued", "Take this one"):
        assert told in page


def test_a_row_tells_who_holds_the_claim_and_until_when(desk, editor, assignment):
    page = words(desk(editor).get(url("review_queue")))
    assert f"rita, until {assignment.expires_at:%H:%M} UTC" in page
    assert "Take this one" not in page


def test_a_lapsed_turn_is_shown_as_free(desk, editor, assignment):
    lapse(assignment)
    page = words(desk(editor).get(url("review_queue")))
    assert "Free; rita’s turn lapsed" in page
    assert "Take this one" in page


def test_the_own_claim_is_shown_with_the_way_back_to_it(desk, reviewer, assignment):
    page = words(desk(reviewer).get(url("review_queue")))
    assert "You, until" in page
    assert "Go on" in page


def test_nobody_is_offered_a_claim_that_they_added(desk, reviewer, editor):
    make_queued_claim(added_by=reviewer)
    offered = ["Take this one" in words(desk(who).get(url("review_queue"))) for who in (reviewer, editor)]
    assert offered == [False, True]


def test_an_empty_queue_says_so(desk, reviewer):
    assert "No claim here." in words(desk(reviewer).get(url("review_queue")))


# Filters and pages.


def test_claims_that_do_not_wait_are_left_out_unless_asked_for(desk, reviewer):
    make_claim()
    browser = desk(reviewer)
    found = [headlines(browser.get(url("review_queue") + query)) for query in ("", "?status=extracted")]
    assert found == [[], ["roughly 2,500 dockers"]]


def test_filters_narrow_the_list(desk, reviewer):
    make_queued_claim(article=make_article(outlet="The Courier"))
    make_queued_claim(article=make_article("It opened in 1999.", outlet="Echo"), quote="1999", kind=ClaimKind.EVENT)
    browser = desk(reviewer)
    for query in ("?kind=event", "?outlet=Echo", "?kind=event&outlet=Echo&status=queued"):
        assert headlines(browser.get(url("review_queue") + query)) == ["1999"]


@pytest.mark.parametrize("query", ["?status=lost", "?kind=x", "?after=x", "?after=nan_1", "?after=0.8_٣"])
def test_a_filter_that_makes_no_sense_is_left_out(desk, reviewer, query):
    make_queued_claim()
    assert headlines(desk(reviewer).get(url("review_queue") + query)) == ["roughly 2,500 dockers"]


@pytest.mark.parametrize("status", ["", "extracted"])
def test_pages_follow_one_another_without_gap_or_double(desk, reviewer, status):
    make_queued_claims(PAGE + 1)
    if status:
        Claim.objects.update(status=status)
    browser, seen, query = desk(reviewer), [], f"?status={status}"
    while query:
        page = browser.get(url("review_queue") + query)
        seen += [row.claim.pk for row in page.context["rows"]]
        query = page.context["next_query"]
    assert sorted(seen) == sorted(Claim.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("who", ["reviewer", "editor"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    request, desk, person, django_assert_max_num_queries, who, jobs
):
    browser = desk(request.getfixturevalue(who))
    make_queued_claims(1)
    with django_assert_max_num_queries(20) as few:
        browser.get(url("review_queue"))
    make_queued_claims(3)
    take_claim(request.getfixturevalue(who), Claim.objects.first().pk)
    with django_assert_max_num_queries(len(few)):
        browser.get(url("review_queue"))


# Taking and assigning.


def test_take_next_leads_to_the_review_page(desk, reviewer):
    claim = make_queued_claim()
    answer = desk(reviewer).post(url("take_next"))
    assert answer.url == url("review_claim", claim.pk)
    assert Assignment.objects.get().reviewer == reviewer


def test_take_next_says_when_nothing_waits(desk, reviewer):
    assert "Nothing waits for you" in said(desk(reviewer).post(url("take_next"), follow=True))


def test_take_this_one_says_who_was_quicker(desk, editor, assignment):
    page = desk(editor).post(url("take_claim", assignment.claim_id), follow=True)
    assert "rita holds this claim until" in said(page)


def test_an_editor_gives_a_claim_to_a_reviewer(desk, editor, reviewer):
    claim = make_queued_claim()
    page = desk(editor).post(url("assign_claim", claim.pk), {"reviewer": reviewer.pk}, follow=True)
    assert "rita now has “roughly 2,500 dockers”" in said(page)
    assert Assignment.objects.get().assigned_by == editor


@pytest.mark.parametrize("typed", [{}, {"reviewer": "x"}, {"reviewer": "99999"}])
def test_an_editor_must_choose_a_reviewer(desk, editor, typed):
    page = desk(editor).post(url("assign_claim", make_queued_claim().pk), typed, follow=True)
    assert said(page) == "Choose whom to give the claim to."


def test_a_producer_is_nobody_to_give_a_claim_to(desk, editor, producer):
    claim = make_queued_claim()
    assert "paul" not in words(desk(editor).get(url("review_queue")))
    page = desk(editor).post(url("assign_claim", claim.pk), {"reviewer": producer.pk}, follow=True)
    assert said(page) == "Choose whom to give the claim to."


def test_only_editors_see_the_list_of_colleagues(desk, reviewer, editor):
    make_queued_claim()
    offered = ["Assign to…" in words(desk(who).get(url("review_queue"))) for who in (reviewer, editor)]
    assert offered == [False, True]
