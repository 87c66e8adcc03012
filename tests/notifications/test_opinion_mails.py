"""Mail to and about people without an account: the link is in the delivered mail alone, and it works."""

import re
from datetime import datetime

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse

from claims.enums import EmailKind, OpinionAnswer, Role
from claims.jobs import SEND_EMAILS
from claims.models import Claim, OutgoingEmail, Reviewer
from claims.notifications.links import MASK, sign_key
from claims.notifications.outbox import queue_outside_email
from claims.notifications.routing import tell_opinion_asked
from claims.permissions import visible_emails
from claims.review.opinion_answers import give_opinion
from tests.broker import take_messages
from tests.factories import link_of, make_opinion, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db
EVIL = "Dr. <b>Lex</b>\r\nBcc: all@desk.test"


@pytest.fixture
def claim() -> Claim:
    return make_queued_claim()


def queued(kind: str) -> OutgoingEmail:
    return OutgoingEmail.objects.get(kind=kind)


def test_the_mail_says_who_asks_what_until_when_and_how_to_say_no(claim, editor):
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False):
        opinion = make_opinion(editor, claim, days=3)
    asked = queued("opinion_asked")
    assert (asked.cause, asked.recipient, asked.to_address) == (f"opinion:{opinion.pk}", None, "lex@law.test")
    assert asked.subject == "edna asks for your opinion on a claim"
    for words in ("Hello Lex Juris", "edna of the fact-check desk", "May we publish this as it stands?",
                  "until 25 November 2026, 10:00 UTC", "“I cannot say”", "edna@desk.test"):  # fmt: skip
        assert words in asked.text, words
        assert words in asked.html, words


def test_the_mail_tells_nothing_of_the_claim_and_leads_nowhere_else(claim, editor):
    make_opinion(editor, claim)
    asked = queued("opinion_asked")
    for secret in ("dockers", "Harbour", "/admin/", "you review claims"):
        assert secret not in asked.subject + asked.text + asked.html


def test_the_link_in_the_delivered_mail_works(claim, editor, jobs, client, settings):
    settings.SITE_URL = "https://desk.example"
    opinion = make_opinion(editor, claim)
    assert jobs.run() == [(SEND_EMAILS, [])]
    (sent,) = mail.outbox
    links = re.findall(r"https://desk\.example(/opinions/[^\s\"]+)", sent.body + sent.alternatives[0].content)
    assert links == [link_of(opinion)] * 2
    assert (sent.to, sent.cc, sent.bcc) == (["lex@law.test"], [], [])
    assert "roughly 2,500 dockers" in client.get(links[0]).content.decode()
    client.post(links[0], {"answer": "agree", "comment": "Yes.", "corrections": "0"})
    opinion.refresh_from_db()
    assert (opinion.answer, opinion.comment) == ("agree", "Yes.")


def test_the_link_stands_nowhere_in_the_database(claim, editor, jobs):
    opinion = make_opinion(editor, claim)
    jobs.run()
    signature = sign_key(opinion.key).rpartition(".")[2]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{signature}%"])
            assert (table, cursor.fetchone()) == (table, (0,))
    assert MASK in queued("opinion_asked").text


def test_the_mask_is_the_address_of_the_page():
    assert reverse("opinion", args=["********"]) == MASK


@pytest.mark.parametrize("before", ["", "https://evil.example", "https://evil.example/?u=http://desk", '<a href="'])
def test_nobody_has_the_link_sent_on_by_what_they_write(claim, editor, jobs, settings, before):
    """A reader who follows a link of the question's must not tell a stranger's site the key."""
    settings.SITE_URL = "http://desk"
    planted = f'{before}{MASK}"'
    editor.first_name = editor.last_name = f"{'e' * 70} {planted[:-1]}"  # on a line of its own
    editor.save()
    opinion = make_opinion(editor, claim, name=planted, question=f"{planted}\n{planted[:-1]}\nhref={planted}")
    jobs.run()
    for sent in (mail.outbox[0].body, mail.outbox[0].alternatives[0].content):
        assert sent.count(link_of(opinion)) == sent.count(f"http://desk{link_of(opinion)}") == 1


def test_hostile_words_stay_words_and_reach_nobody_else(claim, editor, jobs):
    editor.first_name = EVIL
    editor.save()
    make_opinion(editor, claim, name=EVIL, question=f"{EVIL}\r\n.\r\nRCPT TO: <all@desk.test>")
    jobs.run()
    message = mail.outbox[0].message()
    assert (message["To"], message["Cc"], message["Bcc"]) == ("lex@law.test", None, None)
    assert "Bcc: all@desk.test asks for your opinion" in queued("opinion_asked").subject
    assert "<b>Lex" not in queued("opinion_asked").html


def test_a_cause_is_mailed_once_to_an_address(claim, editor):
    opinion = make_opinion(editor, claim)
    take_messages()
    tell_opinion_asked(opinion)
    assert (OutgoingEmail.objects.count(), len(take_messages())) == (1, 1)
    queue_outside_email(EmailKind.OPINION_ASKED, f"opinion:{opinion.pk}", "ana@law.test", {"opinion": opinion})
    assert OutgoingEmail.objects.count() == 2


def test_who_asked_is_told_of_the_answer_and_not_what_it_is(editor, person):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    person("emil", Role.EDITOR)
    opinion = make_opinion(editor, claim)
    give_opinion(opinion.pk, OpinionAnswer.OBJECT, "A grudge.", corrections=0)
    told = queued("opinion_given")
    assert (told.recipient, told.subject) == (editor, "Lex Juris has answered: roughly 2,500 dockers")
    for words in ("Hello edna", "May we publish this as it stands?", f"/admin/review/{claim.pk}/"):
        assert words in told.text, words
        assert words in told.html, words
    for secret in ("grudge", "bject"):
        assert secret not in told.subject + told.text + told.html


@pytest.mark.parametrize("how", ["left", "lost their role"])
def test_who_may_ask_no_more_is_not_told_but_their_colleagues_are(claim, editor, person, how):
    opinion = make_opinion(editor, claim)
    for name, role in (("emil", Role.EDITOR), ("rosa", Role.REVIEWER)):
        person(name, role)
    if how == "left":
        Reviewer.objects.filter(pk=editor.pk).update(is_active=False)
    else:
        editor.groups.clear()
    give_opinion(opinion.pk, OpinionAnswer.AGREE, "", corrections=0)
    assert queued("opinion_given").recipient.username == "emil"


def test_mail_to_people_without_an_account_is_the_administrators_to_see(claim, editor, reviewer, administrator):
    make_opinion(editor, claim)
    asked = queued("opinion_asked")
    assert [asked in visible_emails(who) for who in (administrator, editor, reviewer)] == [True, False, False]
    assert Reviewer.objects.filter(outgoing_emails=asked).count() == 0
    assert isinstance(asked.created_at, datetime)
