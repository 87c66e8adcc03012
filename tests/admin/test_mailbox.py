import pytest
from django.core.mail import EmailMultiAlternatives

from claims.notifications.mailbox import MailboxBackend, read_mailbox
from tests.admin.pages import policy, url, words

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
