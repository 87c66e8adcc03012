"""Mails on their way out, to a real SMTP server: delivered, delayed, refused, recovered."""

import email
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from email import policy

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from claims.enums import EmailKind
from claims.jobs import ROW_LEASE, SEND_EMAIL
from claims.models import OutgoingEmail
from claims.notifications.delivery import (
    FIRST_DELAY,
    LONGEST_DELAY,
    deliver_email,
    is_refused_for_good,
    release_taken_emails,
    resend_email,
    wake_waiting_emails,
)
from tests.broker import take_messages

pytestmark = pytest.mark.django_db


class Server:
    """What the SMTP server answers, and the envelopes it accepted."""

    def __init__(self) -> None:
        self.accepted = []
        self.answers = {"RCPT": "250 OK", "DATA": "250 Message accepted"}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers["RCPT"].startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answers["RCPT"]

    async def handle_DATA(self, server, session, envelope):
        if self.answers["DATA"].startswith("250"):
            self.accepted.append(envelope)
        return self.answers["DATA"]


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings) -> Callable[[int], None]:
    """Points the desk at an SMTP server on a port of this machine."""

    def at(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1

    return at


@pytest.fixture
def server(smtp) -> Iterator[Server]:
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    smtp(controller.port)
    yield server
    controller.stop()


@pytest.fixture
def mail(reviewer) -> OutgoingEmail:
    content = {"subject": "Überprüfen", "text": "Grüße, 東京\n", "html": "<p>Grüße, 東京</p>"}
    to = {"recipient": reviewer, "to_address": reviewer.email, "message_id": "<17@desk.test>"}
    return OutgoingEmail.objects.create(kind=EmailKind.CLAIMS_WAITING, cause="version:17", **content, **to)


def after(mail: OutgoingEmail) -> tuple[str, int]:
    mail.refresh_from_db()
    return mail.status, mail.attempts


def change(mail: OutgoingEmail, **fields) -> None:
    OutgoingEmail.objects.filter(pk=mail.pk).update(**fields)


# Delivered.


def test_a_mail_is_delivered_with_both_its_bodies_and_its_id(server, mail, settings):
    settings.DEFAULT_FROM_EMAIL = "Desk <desk@desk.test>"
    deliver_email(mail.pk)
    (envelope,) = server.accepted
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@desk.test", ["rita@desk.test"])
    message = email.message_from_bytes(envelope.content, policy=policy.default)
    assert (message["Subject"], message["Message-ID"]) == ("Überprüfen", "<17@desk.test>")
    assert (message["To"], message["Auto-Submitted"]) == ("rita@desk.test", "auto-generated")
    assert message.get_body(("plain",)).get_content().split() == ["Grüße,", "東京"]
    assert message.get_body(("html",)).get_content().strip() == "<p>Grüße, 東京</p>"


def test_a_delivered_mail_is_done(server, mail):
    deliver_email(mail.pk)
    assert after(mail) == ("sent", 1)
    assert (mail.taken_until, mail.last_error) == (None, "")
    assert mail.sent_at is not None


def test_delivering_twice_sends_once(server, mail):
    for _ in range(2):
        deliver_email(mail.pk)
    assert (len(server.accepted), after(mail)) == (1, ("sent", 1))


@pytest.mark.parametrize("status", ["sending", "sent", "failed"])
def test_only_a_waiting_mail_is_sent(server, mail, status):
    change(mail, status=status, taken_until=timezone.now() + ROW_LEASE)
    deliver_email(mail.pk)
    assert (server.accepted, after(mail)) == ([], (status, 0))


def test_a_mail_whose_job_died_is_sent_when_its_lease_is_over(server, mail):
    change(mail, status="sending", attempts=1, taken_until=timezone.now() - timedelta(seconds=1))
    deliver_email(mail.pk)
    assert (len(server.accepted), after(mail)) == (1, ("sent", 2))


def test_a_mail_that_is_not_there_is_no_mail(server, db):
    deliver_email(0)
    assert server.accepted == []


# Refused for good.


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_mail_the_server_refuses_for_good_fails_and_says_why(server, mail, step):
    server.answers[step] = "550 No such mailbox"
    deliver_email(mail.pk)
    assert after(mail) == ("failed", 1)
    assert "No such mailbox" in mail.last_error
    assert wake_waiting_emails() == 0


@pytest.mark.parametrize("address", ["rita@desk.test\nBcc: all@desk.test", "@"])
def test_a_mail_that_cannot_be_addressed_does_not_come_back_for_ever(server, mail, address):
    change(mail, to_address=address)
    deliver_email(mail.pk)
    status, _ = after(mail)
    assert (status, server.accepted) == ("failed", [])


def test_a_failed_mail_can_be_sent_again(server, mail):
    server.answers["RCPT"] = "550 No such mailbox"
    deliver_email(mail.pk)
    server.answers["RCPT"] = "250 OK"
    resend_email(mail.pk)
    assert take_messages() == [(SEND_EMAIL, [mail.pk])]
    deliver_email(mail.pk)
    assert (len(server.accepted), after(mail)) == (1, ("sent", 2))


@pytest.mark.parametrize("status", ["waiting", "sending", "sent"])
def test_only_a_failed_mail_is_sent_again(mail, status):
    change(mail, status=status)
    resend_email(mail.pk)
    assert (take_messages(), after(mail)[0]) == ([], status)


# Delayed.


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_mail_the_server_puts_off_waits(server, mail, step):
    server.answers[step] = "451 Try again later"
    deliver_email(mail.pk)
    assert after(mail) == ("waiting", 1)
    assert "Try again later" in mail.last_error
    assert mail.next_attempt_at > timezone.now()


def test_a_closed_port_delays(smtp, mail):
    smtp(free_port())
    deliver_email(mail.pk)
    assert after(mail) == ("waiting", 1)
    assert "refused" in mail.last_error


def test_a_server_that_says_nothing_delays(smtp, mail):
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        smtp(silent.getsockname()[1])
        deliver_email(mail.pk)
    assert after(mail) == ("waiting", 1)
    assert "timed out" in mail.last_error


def test_a_server_that_does_not_know_the_desks_login_delays(server, mail, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "wrong"
    deliver_email(mail.pk)
    assert after(mail) == ("waiting", 1)


def test_a_delayed_mail_recovers(server, mail):
    server.answers["DATA"] = "451 Try again later"
    deliver_email(mail.pk)
    server.answers["DATA"] = "250 Message accepted"
    deliver_email(mail.pk)
    assert (len(server.accepted), after(mail)) == (1, ("sent", 2))
    assert mail.last_error == ""


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 15), (2, 30), (3, 60), (5, 240), (7, 900), (8, 900), (50, 900), (100_000, 900)]
)
def test_the_delay_doubles_up_to_a_quarter_of_an_hour(smtp, mail, attempts, seconds):
    smtp(free_port())
    change(mail, attempts=attempts - 1)
    before = timezone.now()
    deliver_email(mail.pk)
    mail.refresh_from_db()
    assert timedelta(seconds=seconds) <= mail.next_attempt_at - before < timedelta(seconds=seconds + 5)
    assert FIRST_DELAY <= timedelta(seconds=seconds) <= LONGEST_DELAY


def test_an_untrusted_certificate_delays_since_the_desk_can_be_mended():
    assert is_refused_for_good(ssl.SSLCertVerificationError("self-signed certificate")) is False


def test_an_attempt_that_was_overtaken_does_not_say_how_it_ended(server, mail):
    """The slow attempt's mail is at the server; the row belongs to the one that took it after the lease."""

    async def overtake(smtp_server, session, envelope):
        return "451 Try again later"

    server.handle_DATA = overtake
    change(mail, status="sending", attempts=3, taken_until=timezone.now() + ROW_LEASE)
    deliver_email(mail.pk)
    assert after(mail) == ("sending", 3)


# The sweep.


def test_the_sweep_wakes_what_is_due_and_then_leaves_it_a_while(mail):
    assert [wake_waiting_emails(), wake_waiting_emails()] == [1, 0]
    assert take_messages() == [(SEND_EMAIL, [mail.pk])]


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"status": "waiting", "next_attempt_at": timezone.now() + timedelta(hours=1)}, 0),
        ({"status": "sending", "taken_until": timezone.now() + timedelta(hours=1)}, 0),
        ({"status": "sending", "taken_until": timezone.now() - timedelta(seconds=1)}, 1),
        ({"status": "sent"}, 0),
        ({"status": "failed"}, 0),
    ],
    ids=["not-due", "at-work", "died", "sent", "failed"],
)
def test_the_sweep_wakes_only_what_can_be_sent(mail, fields, count):
    change(mail, **fields)
    assert wake_waiting_emails() == count


def test_a_desk_that_starts_alone_takes_up_everything_at_once(mail):
    change(mail, status="sending", taken_until=timezone.now() + ROW_LEASE, next_attempt_at=timezone.now() + ROW_LEASE)
    release_taken_emails()
    assert wake_waiting_emails() == 1


@pytest.mark.parametrize("status", ["sent", "failed"])
def test_starting_leaves_finished_mails_alone(mail, status):
    change(mail, status=status)
    release_taken_emails()
    assert after(mail)[0] == status
