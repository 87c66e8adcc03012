"""What a mail says of itself: a thread a claim, and one click ends mail of its kind, for its recipient alone."""

import re

import pytest
from django.core import mail
from django.test import Client

from claims.enums import EmailKind, Timing
from claims.models import MailChoice, OutgoingEmail
from claims.notifications.choices import choices_of
from claims.notifications.delivery import send_due_emails
from claims.notifications.headers import off_address, read_off_token
from claims.notifications.outbox import queue_email
from claims.review.assignments import assign_claim
from tests.factories import make_queued_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(editor, reviewer, settings):
    settings.SITE_URL = "https://desk.example"
    assign_claim(editor, make_queued_claim().pk, reviewer)
    send_due_emails()
    return mail.outbox[0]


def test_mails_of_one_claim_are_one_thread(sent):
    headers, claim = sent.extra_headers, OutgoingEmail.objects.get().claim_id
    root = f"<claim-{claim}@desk.example>"
    assert (headers["In-Reply-To"], headers["References"]) == (root, root)
    assert headers["Message-ID"] != root


def test_a_mail_says_that_a_machine_wrote_it_and_of_what_kind_it_is(sent):
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["List-Id"] == "Fact-check desk <claim-assigned.desk.example>"


def off_path(sent) -> str:
    return re.fullmatch(r"<https://desk\.example(/mail/off/.+/)>", sent.extra_headers["List-Unsubscribe"])[1]


def test_one_click_by_a_mail_program_ends_this_kind_of_mail(sent, reviewer):
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client(enforce_csrf_checks=True)
    answer = program.post(off_path(sent), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    (choice,) = MailChoice.objects.all()
    assert (choice.reviewer, choice.kind, choice.timing) == (reviewer, "claim_assigned", "never")
    assert choices_of(reviewer)[EmailKind.TURN_ENDED] is Timing.AT_ONCE


def test_a_program_that_looks_at_every_link_switches_nothing_off(sent, client):
    assert "Switch it off" in client.get(off_path(sent)).content.decode()
    assert client.head(off_path(sent)).status_code == 200
    assert MailChoice.objects.count() == 0


def test_the_same_address_stands_in_the_text_and_the_html_of_the_mail(sent):
    path = off_path(sent)
    assert f"https://desk.example{path}" in sent.body
    assert path in sent.alternatives[0].content


@pytest.mark.parametrize("token", ["x", "WzEsImRpZ2VzdCJd:1:x", "%00", "a" * 5000])
def test_an_address_that_the_desk_has_not_signed_is_nowhere(client, token):
    assert client.post(f"/mail/off/{token}/").status_code == 404
    assert MailChoice.objects.count() == 0


def test_an_address_is_of_one_person_and_one_kind(reviewer, editor):
    token = off_address(reviewer.pk, EmailKind.DIGEST).rstrip("/").rsplit("/", 1)[1]
    assert read_off_token(token) == (reviewer.pk, EmailKind.DIGEST)
    forged = off_address(editor.pk, EmailKind.DIGEST).rstrip("/").rsplit("/", 1)[1].split(":")[0]
    assert read_off_token(":".join([forged, *token.split(":")[1:]])) is None


def test_a_mail_without_a_claim_hangs_on_no_thread(reviewer, editor):
    claim = make_queued_claim()
    context = {"claims": [claim], "total": 1, "level": 1}
    queue_email(EmailKind.CLAIMS_OVERDUE, "event:1", [editor], context)
    send_due_emails()
    assert "In-Reply-To" not in mail.outbox[0].extra_headers
