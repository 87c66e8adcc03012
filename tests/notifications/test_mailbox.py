"""The laptop's mailbox: a file a mail, written whole, and never twice."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from claims.notifications.mailbox import read_mail, read_mailbox

BACKEND = "claims.notifications.mailbox.MailboxBackend"


def send(
    number: int = 1, to: str = "rita@desk.test", subject: str = "Claims wait", text: str = "Grüße, 東京\n"
) -> None:
    headers = {"Message-ID": f"<{number}@desk.test>"}
    message = EmailMultiAlternatives(subject, text, to=[to], headers=headers, connection=get_connection(BACKEND))
    message.attach_alternative("<p>Grüße, 東京</p>", "text/html")
    message.send()


@pytest.fixture
def folder(settings) -> Path:
    return Path(settings.MAILBOX_FOLDER)


def test_a_mail_can_be_read_back_as_it_was_sent():
    send()
    (mail,) = read_mailbox()
    assert (mail.to, mail.subject, mail.text) == ("rita@desk.test", "Claims wait", "Grüße, 東京\n")
    assert mail.html.strip() == "<p>Grüße, 東京</p>"
    assert read_mail(mail.name) == mail


def test_the_same_mail_twice_is_one():
    send()
    send(subject="Claims wait (again)")
    assert [mail.subject for mail in read_mailbox()] == ["Claims wait (again)"]


def test_each_reads_their_own_newest_first():
    send(1, subject="first")
    send(2, to="edna@desk.test")
    send(3, subject="second")
    assert [mail.subject for mail in read_mailbox("rita@desk.test")] == ["second", "first"]
    assert read_mailbox("otto@desk.test") == []
    assert len(read_mailbox()) == 3


def test_only_the_newest_are_read(folder):
    for number in (1, 2, 3):
        send(number, subject=f"mail {number}")
    send(4, to="edna@desk.test")
    assert [mail.subject for mail in read_mailbox("rita@desk.test", limit=2)] == ["mail 3", "mail 2"]
    assert [mail.to for mail in read_mailbox(limit=1)] == ["edna@desk.test"]


def test_long_and_foreign_subjects_come_back_in_one_line():
    subject = "Überprüfen: " + "sehr viele Wörter " * 12 + "Ende"
    send(subject=subject)
    assert read_mailbox()[0].subject == subject


def test_files_are_for_the_desks_own_account(folder):
    send()
    (path,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_mail_that_was_not_written_whole_is_not_there(folder):
    send()
    (folder / f"{'0' * 32}.123.part").write_bytes(b"Subject: half")
    assert len(read_mailbox()) == 1


@pytest.mark.parametrize("name", ["", "0" * 32, "../" + "0" * 29, "../../etc/passwd", "0" * 31 + "\n", "0" * 33])
def test_a_name_leads_only_to_a_mail(name):
    send()
    assert read_mail(name) is None


def test_an_empty_mailbox_is_empty(folder):
    assert not folder.exists()
    assert read_mailbox() == []
