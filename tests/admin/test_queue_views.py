"""The saved views: links that narrow the queue to what somebody asks for all day."""

import pytest

from claims.admin import queue_search
from claims.admin.queue_views import View
from claims.enums import Role
from claims.models import Claim, Seat
from claims.review.assignments import take_claim
from tests.admin.conftest import lapse
from tests.admin.pages import url, words
from tests.admin.test_queue_page import headlines
from tests.factories import judge, make_article, make_policy, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "1000 ships", "1001 ships", "1002 ships"


def listed(browser, view: str, more: str = "") -> list[str]:
    return headlines(browser.get(f"{url('review_queue')}?view={view}{more}"))


def offered(browser, query: str = "") -> dict[str, str]:
    return {view.name: view.query for view in browser.get(url("review_queue") + query).context["views"]}


# Links.


def test_each_view_is_a_link_that_keeps_the_filters_and_begins_at_the_first_page(desk, reviewer):
    links = offered(desk(reviewer), "?kind=event&q=dockers&after=0_1.0_1")
    assert links == {
        "All": "?kind=event&q=dockers",
        "Mine": "?kind=event&q=dockers&view=mine",
        "Overdue": "?kind=event&q=dockers&view=overdue",
        "Needs second verdict": "?kind=event&q=dockers&view=second-verdict",
        "Contested": "?kind=event&q=dockers&view=contested",
    }


def test_who_holds_no_claims_is_offered_no_view_of_them(desk, administrator):
    assert "Mine" not in offered(desk(administrator))


def test_a_view_that_is_none_shows_all(desk, reviewer):
    make_queued_claim()
    assert listed(desk(reviewer), "lost") == ["roughly 2,500 dockers"]


# What is in each.


def test_mine_are_the_claims_that_i_hold(desk, reviewer, editor):
    first, second, _third = make_queued_claims(3)
    take_claim(reviewer, first.pk)
    take_claim(editor, second.pk)
    found = [listed(desk(who), View.MINE) for who in (reviewer, editor)]
    assert found == [[FIRST], [SECOND]]


def test_a_claim_whose_turn_has_run_out_is_no_longer_mine(desk, reviewer, assignment):
    lapse(assignment)
    assert listed(desk(reviewer), View.MINE) == []


def test_overdue_are_the_claims_that_come_first_for_being_late(desk, reviewer):
    late, _punctual = make_queued_claims(2)
    Seat.objects.filter(claim=late).update(is_overdue=True)
    assert listed(desk(reviewer), View.OVERDUE) == [FIRST]
    assert listed(desk(reviewer), View.OVERDUE, "&after=0_1.0_1") == []


def test_a_claim_with_a_verdict_and_an_open_seat_needs_a_second_one(desk, person, reviewer, editor):
    make_policy(seats=2, agreeing=2, is_blind=False)
    judged, untouched, finished = make_queued_claims(3)
    judge(reviewer, judged, "True")
    for who in (reviewer, editor):
        judge(who, finished, "True")
    take_claim(person("carl", Role.REVIEWER), untouched.pk)
    assert listed(desk(reviewer), View.SECOND_VERDICT) == [FIRST]


def test_a_verdict_of_an_earlier_round_counts_no_longer(desk, reviewer):
    make_policy(seats=2, agreeing=2, is_blind=False)
    claim = make_queued_claim()
    judge(reviewer, claim, "True")
    Claim.objects.update(round=2)
    Seat.objects.filter(status="open").update(round=2)
    assert listed(desk(reviewer), View.SECOND_VERDICT) == []


def test_that_a_second_verdict_is_needed_is_hidden_from_who_judges_blindly(desk, person, editor, administrator):
    make_policy(seats=2, agreeing=2, is_blind=True)
    cora, rita = person("cora", Role.REVIEWER), person("rita", Role.REVIEWER)
    judge(cora, make_queued_claim(), "True")
    found = {who.username: listed(desk(who), View.SECOND_VERDICT) for who in (cora, rita, editor, administrator)}
    seen = ["roughly 2,500 dockers"]
    assert found == {"cora": seen, "rita": [], "edna": [], "adam": seen}


def test_that_a_claim_is_contested_is_hidden_from_who_may_still_judge_it(desk, person, editor):
    make_policy(seats=2, agreeing=2, is_blind=True)
    cora, carl, rita = (person(name, Role.REVIEWER) for name in ("cora", "carl", "rita"))
    claim, _other = make_queued_claims(2)
    judge(cora, claim, "True")
    judge(carl, claim, "False")
    found = [listed(desk(who), View.CONTESTED) for who in (editor, cora, rita)]
    assert found == [[FIRST], [FIRST], []]


# With filters, words and pages.


def test_a_view_goes_with_filters_and_words(desk, reviewer):
    for quote in ("roughly 2,500 dockers", "March 2019"):
        article = make_article(text=f"It said {quote}.", outlet="Echo" if "March" in quote else "Courier")
        take_claim(reviewer, make_queued_claim(article=article, quote=quote).pk)
    found = [
        listed(desk(reviewer), View.MINE, more) for more in ("&outlet=Echo", "&q=dockers", "&q=dockers&outlet=Echo")
    ]
    assert found == [["March 2019"], ["roughly 2,500 dockers"], []]


def test_a_search_within_a_view_passes_over_what_is_outside_of_it(desk, reviewer, monkeypatch):
    monkeypatch.setattr(queue_search, "MOST_FOUND", 1)
    late, *_newer = make_queued_claims(4)
    Seat.objects.filter(claim=late).update(is_overdue=True)
    assert listed(desk(reviewer), View.OVERDUE, "&q=ships") == [FIRST]


@pytest.mark.parametrize("view", [view for view in View if view])
def test_every_view_is_of_claims_under_review(desk, reviewer, assignment, view):
    page = desk(reviewer).get(f"{url('review_queue')}?view={view}&status=decided")
    assert headlines(page) == []
    assert "No claim here fits what you ask for." in words(page)


def test_the_number_of_queries_does_not_grow_with_what_is_in_a_view(
    desk, reviewer, django_assert_max_num_queries, jobs
):
    browser, claims = desk(reviewer), make_queued_claims(4)
    take_claim(reviewer, claims[0].pk)
    with django_assert_max_num_queries(20) as few:
        listed(browser, View.MINE, "&q=ships")
    for claim in claims[1:]:
        take_claim(reviewer, claim.pk)
    with django_assert_max_num_queries(len(few)):
        assert len(listed(browser, View.MINE, "&q=ships")) == 4
