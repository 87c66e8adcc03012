from datetime import timedelta

import pytest
from django.utils import timezone

from claims.enums import Role
from claims.models import Assignment, Claim, ClaimEvent, Reviewer
from claims.review.deadlines import escalate_overdue, prioritise_claim
from tests.admin.pages import said, url, words
from tests.admin.test_queue_page import headlines
from tests.factories import make_article, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db


def form(claim: Claim, **different) -> dict:
    """The form as it is shown, with something changed."""
    claim.refresh_from_db()
    return {"boost": claim.boost, "due_at": f"{claim.due_at:%Y-%m-%dT%H:%M}", "reason": ""} | different


def make_late(claim: Claim, **ago) -> None:
    Claim.objects.filter(pk=claim.pk).update(due_at=timezone.now() - timedelta(**ago))
    escalate_overdue()


# The form.


def test_an_editor_moves_a_claim_up(desk, editor):
    first, second = make_queued_claims(2)
    typed = form(second, boost=2, reason="It is in every paper.")
    page = desk(editor).post(url("prioritise_claim", second.pk), typed, follow=True)
    assert said(page) == "Its place in the queue is changed."
    queue = desk(editor).get(url("review_queue"))
    assert headlines(queue) == [second.headline, first.headline]
    assert "boost +2" in words(queue)
    assert "changed its place in the queue: boost from 0 to 2 It is in every paper." in words(page)


def test_a_deadline_is_moved(desk, editor):
    claim = make_queued_claim()
    make_late(claim, hours=3)
    page = desk(editor).post(
        url("prioritise_claim", claim.pk), form(claim, due_at="2999-01-02T10:00", reason="Wait."), follow=True
    )
    assert Claim.objects.get().escalation == 0
    assert "to 2 Jan 2999, 10:00 UTC Wait." in words(page)


def test_a_form_that_was_not_changed_changes_nothing(desk, editor):
    claim = make_queued_claim()
    desk(editor).post(url("prioritise_claim", claim.pk), form(claim))
    assert not ClaimEvent.objects.filter(kind="prioritised").exists()


@pytest.mark.parametrize("different", [{"boost": 3}, {"boost": "x"}, {"due_at": "soon"}, {"reason": "x" * 5_001}])
def test_what_makes_no_sense_is_refused(desk, editor, different):
    claim = make_queued_claim()
    assert desk(editor).post(url("prioritise_claim", claim.pk), form(claim, **different)).status_code == 400
    assert Claim.objects.get().boost == 0


def test_only_editors_find_the_form(desk, reviewer, editor):
    claim = make_queued_claim()
    pages = [words(desk(who).get(url("review_claim", claim.pk))) for who in (reviewer, editor)]
    assert ["Change its place in the queue" in page for page in pages] == [False, True]


# The queue's order.


def test_late_claims_come_first_and_are_marked(desk, reviewer, editor):
    first, second = make_queued_claims(2)
    prioritise_claim(editor, first.pk, boost=2)
    make_late(second, days=2, hours=1)
    page = desk(reviewer).get(url("review_queue"))
    assert headlines(page) == [second.headline, first.headline]
    assert "2 days overdue" in words(page)
    assert page.content.decode().count('class="due late"') == 1


def test_pages_lead_from_the_late_ones_to_the_others(desk, reviewer, monkeypatch):
    monkeypatch.setattr("claims.admin.queue_rows.PAGE", 2)
    claims = make_queued_claims(5)
    for claim in claims[2:]:
        make_late(claim, hours=1)
    browser, seen, query = desk(reviewer), [], "?"
    while query:
        page = browser.get(url("review_queue") + query)
        seen += [row.claim.pk for row in page.context["rows"]]
        query = page.context["next_query"]
    assert seen == [claim.pk for claim in [*claims[2:], *claims[:2]]]


def test_the_next_one_is_taken_among_those_that_are_shown(desk, reviewer):
    make_queued_claim(article=make_article(outlet="Echo", section="Sport", language="en"), check_worthiness=0.9)
    wanted = make_queued_claim(
        article=make_article("It opened in 1999.", outlet="Echo", section="Health", language="de"), quote="1999"
    )
    browser = desk(reviewer)
    for query in ("?topic=health", "?language=de", "?outlet=Echo&topic=Health&language=de"):
        page = browser.get(url("review_queue") + query)
        assert headlines(page) == ["1999"]
        assert "Take next of these" in words(page)
    answer = browser.post(url("take_next"), {"topic": "health", "outlet": "Echo"})
    assert answer.url == url("review_claim", wanted.pk) + "?outlet=Echo&topic=health"
    answer = browser.post(url("take_next"), {"topic": "health", "outlet": "\x00"})
    assert answer.url == url("review_queue") + "?topic=health"


def test_who_holds_enough_is_told(desk, reviewer):
    Reviewer.objects.update(capacity=1)
    make_queued_claims(2)
    browser = desk(reviewer)
    browser.post(url("take_next"))
    assert "rita holds 1 of at most 1 claims." in said(browser.post(url("take_next"), follow=True))
    assert "1 of at most 1 claims at once." in words(browser.get(url("index")))


def test_who_is_away_reads_it(desk, reviewer):
    Reviewer.objects.update(away_until=timezone.localdate() + timedelta(days=3))
    assert "nobody assigns claims to you, and no mail comes." in words(desk(reviewer).get(url("index")))


# Giving somebody's turn to somebody else.


def test_an_editor_gives_a_turn_to_somebody_else(desk, editor, person, assignment):
    rolf = person("rolf", Role.REVIEWER)
    page = desk(editor).get(url("review_claim", assignment.claim_id))
    assert "Replace rita" in words(page)
    typed = {"assignment": assignment.pk, "reviewer": rolf.pk}
    page = desk(editor).post(url("reassign", assignment.claim_id), typed, follow=True)
    assert said(page) == "rolf sits there now; rita is told by e-mail, and keeps their draft."
    assert Assignment.objects.get(closed_at=None).reviewer == rolf


def test_an_editor_takes_a_turn_over(desk, editor, assignment):
    typed = {"assignment": assignment.pk, "reviewer": editor.pk}
    page = desk(editor).post(url("reassign", assignment.claim_id), typed, follow=True)
    assert "You hold this claim." in words(page)


def test_a_turn_that_is_over_is_left_alone(desk, editor, reviewer, assignment):
    desk(reviewer).post(url("release_claim", assignment.claim_id), {"assignment": assignment.pk})
    typed = {"assignment": assignment.pk, "reviewer": editor.pk}
    page = desk(editor).post(url("reassign", assignment.claim_id), typed, follow=True)
    assert "That turn is over already." in said(page)


def test_reviewers_replace_nobody(desk, person, assignment):
    rolf = person("rolf", Role.REVIEWER)
    assert "Replace rita" not in words(desk(rolf).get(url("review_claim", assignment.claim_id)))
    typed = {"assignment": assignment.pk, "reviewer": rolf.pk}
    assert desk(rolf).post(url("reassign", assignment.claim_id), typed).status_code == 403
