"""Mail servers that take no mail of this desk, and connections that break."""

import email
import os
import signal
import socket
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.notifications.batches import LEASE, note_put_off, take_batch
from claims.notifications.delivery import send_due_emails, wake_waiting_emails
from tests.notifications.conftest import after, change, come_due, make_mail, make_mails, statuses
from tests.smtp_sink import DROP, HANG, KEEP_AND_DROP, KEEP_AND_HANG, free_port

pytestmark = pytest.mark.django_db


# The server takes no mail of this desk.


@pytest.mark.parametrize(
    ("step", "answer", "went"),
    [("MAIL", "550 5.7.1 Sender rejected", []), ("RCPT", "421 Too many mails", []), ("DATA", "421 Closing", [])],
)
def test_a_server_that_takes_no_mail_of_this_desk_keeps_all_waiting(server, reviewer, step, answer, went):
    first, second, third = make_mails(reviewer, 3)
    server.answers[step] = answer
    send_due_emails()
    assert [after(mail) for mail in (first, second, third)] == [("waiting", 1), ("waiting", 0), ("waiting", 0)]
    assert {mail.last_error for mail in (first, second, third)} == {answer}
    assert min(mail.next_attempt_at for mail in (first, second, third)) > timezone.now() + timedelta(seconds=50)
    assert server.connections == 1


def test_a_server_that_closes_after_some_mails_has_its_pause(server, reviewer):
    server.answers["RCPT"] = lambda envelope: "421 Too many" if server.accepted else "250 OK"
    make_mails(reviewer, 3)
    send_due_emails()
    assert statuses() == [("sent", 1), ("waiting", 1), ("waiting", 0)]
    assert wake_waiting_emails() is False


def test_a_closed_port_delays_all_and_counts_no_attempt(smtp, reviewer):
    smtp(free_port())
    mails = make_mails(reviewer, 2)
    send_due_emails()
    assert [after(mail) for mail in mails] == [("waiting", 0)] * 2
    assert "refused" in mails[1].last_error
    assert wake_waiting_emails() is False


def test_a_server_that_says_nothing_delays(smtp, mail):
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        smtp(silent.getsockname()[1])
        send_due_emails()
    assert after(mail) == ("waiting", 0)
    assert "timed out" in mail.last_error


def test_a_server_that_does_not_know_the_desks_login_delays(server, mail, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "wrong"
    send_due_emails()
    assert after(mail) == ("waiting", 0)


def test_a_backend_that_cannot_be_made_is_shown(mail, settings):
    settings.EMAIL_BACKEND = "no.such.Backend"
    send_due_emails()
    assert after(mail) == ("waiting", 0)
    assert "No module named 'no'" in mail.last_error


def test_mails_that_no_server_took_in_days_are_given_up(smtp, reviewer):
    smtp(free_port())
    old, new = make_mails(reviewer, 2)
    change(old, give_up_at=timezone.now() - timedelta(seconds=1))
    send_due_emails()
    assert [after(mail)[0] for mail in (old, new)] == ["failed", "waiting"]
    assert old.last_error.startswith("Given up.")


# The connection breaks.


@pytest.mark.parametrize(("step", "answer"), [("RCPT", DROP), ("TEXT", DROP), ("DATA", DROP), ("DATA", HANG)])
def test_a_connection_that_breaks_puts_off_the_mail_in_the_air_and_the_rest_goes_over_another(
    server, reviewer, editor, step, answer
):
    first, second, third = make_mail(reviewer, 1), make_mail(editor, 2), make_mail(reviewer, 3)
    usual = server.answers[step]
    server.answers[step] = lambda envelope: answer if editor.email in envelope.rcpt_tos else usual
    send_due_emails()
    assert [after(mail) for mail in (first, second, third)] == [("sent", 1), ("waiting", 1), ("sent", 1)]
    assert server.connections == 2


def test_a_connection_that_serves_nobody_ends_the_attempt(server, reviewer):
    server.answers["RCPT"] = DROP
    make_mails(reviewer, 3)
    send_due_emails()
    assert statuses() == [("waiting", 1), ("waiting", 0), ("waiting", 0)]
    assert server.connections == 1


@pytest.mark.parametrize("answer", [KEEP_AND_DROP, KEEP_AND_HANG])
def test_a_mail_that_was_accepted_without_a_word_comes_again_under_the_same_id(server, mail, answer):
    server.answers["DATA"] = answer
    send_due_emails()
    assert after(mail) == ("waiting", 1)
    server.answers["DATA"] = "250 Kept"
    come_due()
    send_due_emails()
    ids = [email.message_from_bytes(envelope.content)["Message-ID"] for envelope in server.accepted]
    assert (ids, after(mail)) == (["<17@desk.test>"] * 2, ("sent", 2))


def test_an_attempt_that_was_overtaken_does_not_say_how_it_ended(mail):
    """The slow attempt's mail is at the server; the row belongs to the one that took it after the lease."""
    (slow,) = take_batch()
    change(mail, status="sending", attempts=2, taken_until=timezone.now() + LEASE)
    note_put_off(slow, "timed out")
    assert after(mail) == ("sending", 2)


def test_a_job_that_is_asked_to_stop_notes_the_mail_in_the_air_and_gives_back_the_rest(server, reviewer):
    """As Celery asks when the broker goes: a SIGTERM, wherever the job is."""

    def stop(number, frame):
        raise SystemExit

    def keep_and_stop(envelope) -> str:
        os.kill(os.getpid(), signal.SIGTERM)
        return "250 Kept"

    before = signal.signal(signal.SIGTERM, stop)
    server.answers["DATA"] = keep_and_stop
    make_mails(reviewer, 3)
    with pytest.raises(SystemExit):
        send_due_emails()
    signal.signal(signal.SIGTERM, before)
    assert (len(server.accepted), statuses()) == (1, [("sent", 1), ("waiting", 0), ("waiting", 0)])
