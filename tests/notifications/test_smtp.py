"""Mails over SMTP: answers to what was said at once mean what they mean to smtplib, which waits for each."""

import smtplib

import pytest
from django.core.mail import get_connection, send_mail

from claims.notifications.mime import Mail
from tests.notifications.conftest import serving
from tests.smtp_sink import Sink

MAIL = Mail("A claim", "Good morning.\n.\n.. and more\n", "<p>Größe</p>", "rita@desk.test", {"Message-ID": "<1@desk>"})
REFUSALS = [
    ("MAIL", "550 5.7.1 Sender rejected"),
    ("MAIL", "421 4.7.0 Too many"),
    ("RCPT", "550 5.1.1 No such mailbox"),
    ("RCPT", "450 4.2.0 Greylisted"),
    ("RCPT", "421 4.7.0 Too many"),
    ("DATA", "554 5.7.1 Not this one"),
    ("DATA", "421 4.7.0 Too many"),
]


def refuse(server: Sink, talk, step: str, answer: str) -> tuple[type, tuple]:
    usual, server.answers[step] = server.answers[step], answer
    with pytest.raises(smtplib.SMTPException) as raised:
        talk.send_messages([MAIL])
    server.answers[step] = usual
    return type(raised.value), raised.value.args


def is_open(talk) -> bool:
    return talk.connection.sock is not None


@pytest.mark.parametrize("allows_pipelining", [True, False])
def test_a_mail_arrives_as_it_was_written(server, allows_pipelining):
    server.allows_pipelining = allows_pipelining
    with get_connection() as talk:
        assert talk.send_messages([MAIL, MAIL]) == 2
    kept = ("desk@localhost", ["rita@desk.test"], MAIL.envelope.content)
    assert [(one.mail_from, one.rcpt_tos, one.content) for one in server.accepted] == [kept] * 2


@pytest.mark.parametrize(("step", "answer"), REFUSALS)
def test_a_refusal_is_told_as_smtplib_tells_it(server, step, answer):
    told = []
    for server.allows_pipelining in (True, False):
        with get_connection() as talk:
            told.append((refuse(server, talk, step, answer), is_open(talk)))
            if is_open(talk):
                talk.send_messages([MAIL])  # the talk goes on
    assert told[0] == told[1]
    assert [one.content for one in server.accepted] == [MAIL.envelope.content] * sum(is_open for _, is_open in told)


class Careless(Sink):
    """Takes a text that is for nobody."""

    async def handle_RCPT(self, talk, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return self.answers["RCPT"]


def test_a_server_that_waits_for_a_text_to_nobody_gets_an_empty_one(smtp):
    with serving(Careless(), smtp) as careless, get_connection() as talk:
        assert refuse(careless, talk, "RCPT", "550 No such mailbox")[0] is smtplib.SMTPRecipientsRefused
        talk.send_messages([MAIL])
    assert [one.content for one in careless.accepted] == [b"", MAIL.envelope.content]


def test_a_mail_of_another_program_of_the_desk_is_sent(server):
    assert send_mail("Test", "Größe", "desk@desk.test", ["ann@desk.test"]) == 1
    (envelope,) = server.accepted
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@desk.test", ["ann@desk.test"])
    assert envelope.content.endswith("\r\n\r\nGröße\r\n".encode())
