"""Mail is first a row, written with its cause: once for each cause and person, and in the desk's own language."""

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone, translation

from claims.enums import EmailKind, Role
from claims.jobs import SEND_EMAILS
from claims.models import OutgoingEmail, Reviewer
from claims.notifications.outbox import queue_email
from claims.review.assignments import assign_claim
from tests.broker import take_messages
from tests.factories import make_article, make_claim, make_queued_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    article = make_article()
    return {"articles": [article], "claims": [make_claim(article=article)], "total": 1}


def queue(context, *people: Reviewer, cause: str = "version:1") -> list[OutgoingEmail]:
    queue_email(EmailKind.CLAIMS_WAITING, cause, people, context)
    return list(OutgoingEmail.objects.order_by("id"))


def test_a_mail_is_written_ready_to_send(waiting, reviewer, settings):
    settings.SITE_URL = "https://desk.example"
    (mail,) = queue(waiting, reviewer)
    assert (mail.kind, mail.cause, mail.recipient) == ("claims_waiting", "version:1", reviewer)
    assert (mail.to_address, mail.status, mail.attempts) == ("rita@desk.test", "waiting", 0)
    assert mail.subject == "1 claim to review: Harbour grows"
    assert "roughly 2,500 dockers" in mail.text
    assert "https://desk.example/admin/" in mail.text
    assert mail.html.lstrip().startswith("<!doctype html>") or "<html" in mail.html
    assert mail.message_id.endswith("@desk.example>")


def test_the_mails_of_one_cause_are_due_at_once_and_wake_one_job_after_the_commit(waiting, reviewer, editor):
    mails = queue(waiting, reviewer, editor)
    assert take_messages() == [(SEND_EMAILS, [])]
    assert max(mail.next_attempt_at for mail in mails) <= timezone.now()


def test_a_mail_whose_cause_is_undone_was_never_written(waiting, reviewer):
    with transaction.atomic():
        queue(waiting, reviewer)
        transaction.set_rollback(True)
    assert (OutgoingEmail.objects.count(), take_messages()) == (0, [])


def test_the_same_cause_again_writes_nothing_again(waiting, reviewer, editor):
    queue(waiting, reviewer)
    assert [mail.recipient for mail in queue(waiting, reviewer, editor)] == [reviewer, editor]


def test_another_cause_is_another_mail(waiting, reviewer):
    queue(waiting, reviewer)
    mails = queue(waiting, reviewer, cause="version:2")
    assert len({mail.message_id for mail in mails}) == 2


def test_who_wants_no_mail_has_no_address_or_left_gets_none(waiting, person):
    fields = {"quiet": {"wants_mail": False}, "nowhere": {"email": ""}, "gone": {"is_active": False}}
    for name, change in fields.items():
        person(name, Role.REVIEWER)
        Reviewer.objects.filter(username=name).update(**change)
    assert queue(waiting, *Reviewer.objects.all()) == []
    assert take_messages() == []


def test_words_of_the_article_stay_words(reviewer):
    article = make_article()
    article.title = 'Fish & "chips" <b>up</b>\nBcc: all@desk.test'
    claim = make_claim(article=article, headline="5 < 6 & 7 %s {{ x }}")
    (mail,) = queue({"articles": [article], "claims": [claim], "total": 1}, reviewer)
    assert mail.subject == '1 claim to review: Fish & "chips" <b>up</b> Bcc: all@desk.test'
    assert "- 5 < 6 & 7 %s {{ x }}\n  Quantity" in mail.text
    assert "5 &lt; 6 &amp; 7 %s {{ x }}" in mail.html
    assert "<b>up" not in mail.html


def test_a_very_long_subject_is_cut(reviewer):
    article = make_article()
    article.title = "word " * 200
    (mail,) = queue({"articles": [article], "claims": [make_claim(article=article)], "total": 1}, reviewer)
    assert len(mail.subject) == 300


def test_a_mail_does_not_speak_the_language_of_who_caused_it(editor, reviewer):
    with translation.override("de"), time_machine.travel("2026-03-22 10:00:00Z", tick=False):
        assign_claim(editor, make_queued_claim().pk, reviewer)
    assert "22 March 2026" in OutgoingEmail.objects.get().text
