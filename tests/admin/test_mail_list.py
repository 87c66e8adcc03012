"""The outbox on the pages: what waits, what failed and why, and sending it again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.jobs import SEND_EMAILS
from claims.models import OutgoingEmail
from tests.admin.pages import said, url, words
from tests.broker import take_messages

pytestmark = pytest.mark.django_db
LIST = "claims_outgoingemail_changelist"


def make_email(recipient, **fields) -> OutgoingEmail:
    number = OutgoingEmail.objects.count()
    values = {
        "kind": "claim_assigned",
        "cause": f"assignment:{number}",
        "message_id": f"<{number}>",
        "subject": "Yours",
    }
    return OutgoingEmail.objects.create(recipient=recipient, to_address=recipient.email, **values | fields)


def resend(browser, *emails):
    chosen = {"action": "resend", "_selected_action": [email.pk for email in emails]}
    return browser.post(url(LIST), chosen, follow=True)


def test_delayed_mail_is_seen_with_its_error(desk, administrator, reviewer):
    make_email(reviewer, attempts=4, last_error="Connection refused")
    browser = desk(administrator)
    assert "Waiting 4 Connection refused" in words(browser.get(url(LIST)))
    assert "1 e-mail is late and will be tried again" in words(browser.get(url("index")))


def test_everybody_sees_the_outgoing_mail_addressed_to_them_alone(desk, reviewer, editor):
    email = make_email(reviewer)
    statuses = [desk(who).get(url("claims_outgoingemail_change", email.pk)).status_code for who in (reviewer, editor)]
    assert statuses == [200, 302]


def test_an_administrator_sends_refused_mail_again(desk, administrator, reviewer):
    refused, sent = make_email(reviewer, status="failed", attempts=3), make_email(reviewer, status="sent")
    assert said(resend(desk(administrator), refused, sent)) == "1 e-mail is sent again."
    assert list(OutgoingEmail.objects.order_by("pk").values_list("status", flat=True)) == ["waiting", "sent"]


def test_nobody_else_sends_mail_again(desk, reviewer):
    email = make_email(reviewer, status="failed")
    resend(desk(reviewer), email)
    email.refresh_from_db()
    assert email.status == "failed"


def test_outgoing_mail_cannot_be_edited(desk, administrator, reviewer):
    email = make_email(reviewer)
    page = desk(administrator).post(url("claims_outgoingemail_change", email.pk), {"subject": "Changed"})
    assert (page.status_code, OutgoingEmail.objects.get().subject) == (403, "Yours")


def test_the_list_counts_what_waits_is_late_failed_and_went(desk, administrator, reviewer):
    make_email(reviewer)
    make_email(reviewer, last_error="451 Later")
    make_email(reviewer, status="failed", last_error="550 No such mailbox")
    make_email(reviewer, status="sent", sent_at=timezone.now())
    make_email(reviewer, status="sent", sent_at=timezone.now() - timedelta(days=2))
    page = desk(administrator).get(url(LIST))
    assert "2 on their way 1 of them late 1 failed 1 sent within a day" in words(page)
    assert "550 No such mailbox" in words(page)


def test_everybody_counts_their_own_alone(desk, reviewer, editor):
    make_email(reviewer, status="failed")
    assert "0 failed" in words(desk(editor).get(url(LIST)))


def test_the_words_of_a_server_are_cut_in_the_list_and_whole_on_the_page_of_the_mail(desk, administrator, reviewer):
    email = make_email(reviewer, status="failed", last_error="550 " + "no " * 200 + "END")
    browser = desk(administrator)
    pages = browser.get(url(LIST)), browser.get(url("claims_outgoingemail_change", email.pk))
    assert ["END" in words(page) for page in pages] == [False, True]


def test_every_page_warns_an_administrator_of_mail_that_failed(desk, administrator, editor, reviewer):
    browser = desk(administrator)
    assert "Failed e-mails" not in words(browser.get(url("policy")))
    make_email(reviewer, status="failed")
    assert "Failed e-mails" in words(browser.get(url("policy")))
    assert "1 e-mail could not be delivered" in words(browser.get(url("index")))
    assert "Failed e-mails" not in words(desk(editor).get(url("policy")))


@pytest.mark.parametrize("fields", [{"status": "failed"}, {"status": "withdrawn"}, {"last_error": "451 Later"}])
def test_an_administrator_sends_one_mail_again_from_its_page(desk, administrator, reviewer, fields):
    email, browser = make_email(reviewer, **fields), desk(administrator)
    assert "Send again" in words(browser.get(url("claims_outgoingemail_change", email.pk)))
    page = browser.post(url("resend_email", email.pk), follow=True)
    assert said(page) == "1 e-mail is sent again."
    assert (OutgoingEmail.objects.get().status, take_messages()) == ("waiting", [(SEND_EMAILS, [])])


@pytest.mark.parametrize("fields", [{"status": "sent"}, {"status": "sending"}, {}])
def test_a_mail_that_went_or_is_on_its_way_has_no_button(desk, administrator, reviewer, fields):
    email = make_email(reviewer, **fields)
    assert "Send again" not in words(desk(administrator).get(url("claims_outgoingemail_change", email.pk)))


def test_who_reads_their_own_mail_finds_no_button(desk, reviewer):
    email = make_email(reviewer, status="failed")
    browser = desk(reviewer)
    assert "Send again" not in words(browser.get(url("claims_outgoingemail_change", email.pk)))
    assert browser.post(url("resend_email", email.pk)).status_code == 403
