"""Asking outside the desk, on the review page: the form, the links that are out, the answers beside the verdicts."""

import pytest
import time_machine

from claims.enums import EmailStatus, OpinionAnswer, Role
from claims.models import Claim, OutgoingEmail, OutsideOpinion
from claims.review.assignments import take_claim
from claims.review.closing import dismiss_claim
from claims.review.opinion_answers import give_opinion, note_opened, note_refused
from claims.review.opinions import revoke_opinion
from tests.admin.pages import inline_code, said, url, words
from tests.factories import judge, link_of, make_opinion, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db
TYPED = {"name": "Lex Juris", "address": "lex@law.test", "days": "3", "question": "May we publish this?"}
EVIL = "<script>alert(1)</script>\"'"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def claim(clock) -> Claim:
    return make_queued_claim()


@pytest.fixture
def opinion(claim, editor) -> OutsideOpinion:
    return make_opinion(editor, claim)


def see(browser, claim) -> str:
    return words(browser.get(url("review_claim", claim.pk)))


def test_an_editor_asks_and_all_who_review_see_who_is_asked(desk, claim, editor, reviewer):
    page = desk(editor).post(url("ask_opinion", claim.pk), TYPED, follow=True)
    assert said(page) == "Lex Juris gets a mail with the question and a link."
    told = see(desk(reviewer), claim)
    for sentence in (
        "Lex Juris Not answered yet",
        "asked by edna on 22 Nov 2026, 10:00 UTC, until 25 Nov 2026, 10:00 UTC",
        "May we publish this?",
        "edna asked Lex Juris, who has no account, for an opinion",
    ):
        assert sentence in told, sentence
    assert ("lex@law.test" in told, "lex@law.test" in words(page)) == (False, True)


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"name": ""}, "This field is required."),
        ({"address": "lex"}, "Enter a valid email address."),
        ({"address": "lex@law.test\nBcc: x@y.test"}, "Enter a valid email address."),
        ({"address": '"a,b"@law.test'}, "The desk cannot write to this e-mail address."),
        ({"address": "rita@desk.test"}, "rita has an account at this desk."),
        ({"days": "31"}, "Ensure this value is less than or equal to 30."),
        ({"question": "x" * 2001}, "at most 2000 characters"),
        ({"question": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_a_refusal_stands_at_the_form_and_what_was_typed_stays(desk, reviewer, editor, claim, different, refusal):
    page = desk(editor).post(url("ask_opinion", claim.pk), TYPED | {"name": "Lex J."} | different)
    assert (page.status_code, refusal in words(page)) == (400, True)
    assert 'value="Lex J."' in page.content.decode() or "name" in different
    assert not OutsideOpinion.objects.exists()


def test_who_is_asked_already_is_not_asked_twice(desk, editor, claim, opinion):
    page = desk(editor).post(url("ask_opinion", claim.pk), TYPED)
    assert (page.status_code, "asked already, until 2026-11-29 10:00 UTC" in words(page)) == (409, True)


def test_a_link_is_revoked_and_the_question_asked_again(desk, editor, claim, opinion, client):
    browser = desk(editor)
    page = browser.post(url("revoke_opinion", claim.pk, opinion.pk), follow=True)
    assert said(page) == "The link is revoked: it shows nothing any more."
    assert "revoked by edna on 22 Nov 2026, 10:00 UTC" in words(page)
    assert "Revoke the link" not in words(page)
    assert (
        said(browser.post(url("revoke_opinion", claim.pk, opinion.pk), follow=True)) == "The link was revoked already."
    )
    page = browser.post(url("repeat_opinion", claim.pk, opinion.pk), follow=True)
    assert said(page) == "The question is sent again, with a new link."
    old, new = OutsideOpinion.objects.order_by("pk")
    assert [client.get(link_of(one)).status_code for one in (old, new)] == [410, 200]


def test_what_was_said_stands_beside_the_verdicts_as_advice(desk, editor, reviewer, claim, opinion):
    give_opinion(opinion.pk, OpinionAnswer.OBJECT, "Not without\n\nthe port's reply.", corrections=0)
    judge(reviewer, claim, "False")
    told = see(desk(reviewer), claim)
    assert told.index("Decision") < told.index("Opinions from outside the desk") < told.index("Evidence")
    for sentence in ("Advice: no verdicts, and they decide nothing.", "Objects Lex Juris, 22 Nov 2026, 10:00 UTC",
                     "the port's reply.", "Lex Juris (from outside) answered: “Objects”"):  # fmt: skip
        assert sentence in told, sentence


def test_each_use_of_a_link_is_told(desk, editor, claim, opinion):
    note_opened(opinion)
    revoke_opinion(editor, opinion.pk)
    opinion.refresh_from_db()
    note_refused(opinion)
    told = see(desk(editor), claim)
    for sentence in ("link first opened on 22 Nov 2026, 10:00 UTC", "The link was used on 22 Nov 2026, 10:00 UTC, when",
                     "Lex Juris (from outside) opened the link for the first time, or", "edna revoked the link of Lex",
                     "Lex Juris (from outside) used the link after it was revoked"):  # fmt: skip
        assert sentence in told, sentence


def test_a_mail_that_was_refused_is_told(desk, editor, claim, opinion):
    assert "The mail was refused" not in see(desk(editor), claim)
    OutgoingEmail.objects.update(status=EmailStatus.FAILED)
    assert "The mail was refused: check the address." in see(desk(editor), claim)


def test_who_owes_a_blind_verdict_reads_no_answer(desk, editor, reviewer, person, clock):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    clock.shift(60)
    opinion = make_opinion(editor, claim)
    give_opinion(opinion.pk, OpinionAnswer.OBJECT, "A grudge.", corrections=0)
    own = see(desk(editor), claim)
    assert ("lex@law.test Answered" in own, "What they answer is shown once your verdict is in." in own) == (True, True)
    for who in (editor, reviewer, person("emil", Role.EDITOR)):
        told = see(desk(who), claim)
        assert ("grudge" in told, "Objects" in told, "from outside" in told) == (False, False, False)
    judge(reviewer, claim, "True")
    assert "grudge" in see(desk(reviewer), claim)


def test_only_editors_find_the_form(desk, editor, reviewer, administrator, opinion, claim):
    for who, finds in ((editor, True), (reviewer, False), (administrator, False)):
        told = see(desk(who), claim)
        assert ("Ask somebody without an account" in told, "Revoke the link" in told) == (finds, finds)


@pytest.mark.parametrize("name", ["revoke_opinion", "repeat_opinion"])
@pytest.mark.parametrize(("who", "status"), [("reviewer", 403), ("administrator", 403), ("producer", 403)])
def test_only_editors_act(request, desk, claim, opinion, name, who, status):
    assert desk(request.getfixturevalue(who)).post(url(name, claim.pk, opinion.pk)).status_code == status
    assert OutsideOpinion.objects.get().status == "open"


@pytest.mark.parametrize("name", ["revoke_opinion", "repeat_opinion"])
def test_a_link_belongs_to_its_claim(desk, editor, opinion, name):
    other = make_queued_claim(article=opinion.claim.article, quote="March 2019")
    assert desk(editor).post(url(name, other.pk, opinion.pk)).status_code == 404
    assert desk(editor).get(url(name, opinion.claim_id, opinion.pk)).status_code == 405


def test_a_claim_that_is_put_aside_takes_no_question_but_links_are_revoked(desk, editor, claim, opinion):
    dismiss_claim(editor, claim.pk, "Trivial.")
    told = see(desk(editor), claim)
    assert ("Ask somebody without an account" in told, "Revoke the link" in told) == (False, True)


def test_hostile_words_stay_words(desk, editor, claim):
    opinion = make_opinion(editor, claim, name=EVIL, question=EVIL)
    give_opinion(opinion.pk, OpinionAnswer.AGREE, EVIL, corrections=0)
    page = desk(editor).get(url("review_claim", claim.pk))
    assert (inline_code(page), "<script>alert" in page.content.decode()) == ([], False)


def test_the_page_asks_for_opinions_once_and_only_where_there_are_any(
    desk, editor, reviewer, claim, django_assert_num_queries
):
    take_claim(reviewer, claim.pk)
    browser = desk(reviewer)
    with django_assert_num_queries(10):
        see(browser, claim)
    for number in range(3):
        make_opinion(editor, claim, address=f"lex{number}@law.test")
    with django_assert_num_queries(11):
        see(browser, claim)
