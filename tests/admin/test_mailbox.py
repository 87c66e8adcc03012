import pytest
from django.core.mail import EmailMultiAlternatives

from claims.models import OutgoingEmail
from claims.notifications.mailbox import MailboxBackend, read_mailbox
from tests.admin.pages import policy, said, url, words

pytestmark = pytest.mark.django_db
BACKEND = "claims.notifications.mailbox.MailboxBackend"


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.EMAIL_BACKEND = BACKEND


def send(to: str, subject: str = "A claim for you") -> str:
    mail = EmailMultiAlternatives(subject, "See https://desk.example/", to=[to], headers={"Message-ID": f"<{subject}>"})
    mail.attach_alternative('<p style="color:red">Hello<script>alert(1)</script></p>', "text/html")
    MailboxBackend().send_messages([mail])
    return next(found.name for found in read_mailbox() if found.subject == subject)


# The local mailbox.


def test_everybody_finds_their_own_mail_alone(desk, reviewer, editor):
    send(reviewer.email)
    shown = ["A claim for you" in words(desk(who).get(url("mailbox"))) for who in (reviewer, editor)]
    assert shown == [True, False]


def test_an_administrator_finds_all(desk, administrator, reviewer):
    send(reviewer.email)
    assert "A claim for you rita@desk.test" in words(desk(administrator).get(url("mailbox")))


@pytest.mark.parametrize("page", ["mailbox_mail", "mailbox_html"])
def test_the_mail_of_another_is_missing(desk, reviewer, editor, page):
    name = send(reviewer.email)
    statuses = [desk(who).get(url(page, name)).status_code for who in (reviewer, editor)]
    assert statuses == [200, 404]


@pytest.mark.parametrize("name", ["0" * 32, "..", "x"])
def test_a_mail_that_is_not_there_is_missing(desk, reviewer, name):
    assert desk(reviewer).get(f"/admin/mailbox/{name}/").status_code == 404


def test_who_has_no_address_has_an_empty_mailbox(desk, reviewer):
    send("")
    reviewer.email = ""
    reviewer.save()
    assert "No mail yet." in words(desk(reviewer).get(url("mailbox")))


def test_where_mail_is_really_sent_there_is_no_mailbox(desk, reviewer, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    browser = desk(reviewer)
    assert browser.get("/admin/mailbox/").status_code == 404
    assert "Mailbox" not in words(browser.get(url("index")))


def test_a_mail_is_shown_as_text_and_in_a_sandbox(desk, reviewer):
    name = send(reviewer.email)
    page = desk(reviewer).get(url("mailbox_mail", name))
    assert '<a href="https://desk.example/"' in page.content.decode()
    assert f'<iframe class="mail-html" src="{url("mailbox_html", name)}" sandbox ' in page.content.decode()
    assert "frame-src 'self'" in policy(page)


def test_the_html_of_a_mail_may_carry_styles_and_nothing_else(desk, reviewer):
    page = desk(reviewer).get(url("mailbox_html", send(reviewer.email)))
    assert policy(page) == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "sandbox",
    }
    assert page["X-Frame-Options"] == "SAMEORIGIN"


# The outbox.


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
    return browser.post(url("claims_outgoingemail_changelist"), chosen, follow=True)


def test_delayed_mail_is_seen_with_its_error(desk, administrator, reviewer):
    make_email(reviewer, attempts=4, last_error="Connection refused")
    browser = desk(administrator)
    assert "Waiting 4 Connection refused" in words(browser.get(url("claims_outgoingemail_changelist")))
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
