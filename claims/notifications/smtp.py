"""Django's SMTP, for mails that were written before they go; it waits half as often where the server allows it."""

import re
import smtplib
from contextlib import suppress
from smtplib import quoteaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from claims.notifications.mime import Envelope, Mail

GO_ON, CLOSING = 354, 421
_PERIOD = re.compile(rb"^\.", re.MULTILINE)


class SmtpBackend(EmailBackend):
    connection: smtplib.SMTP

    def _send(self, email_message: EmailMessage) -> bool:
        if not isinstance(email_message, Mail):  # of `manage.py sendtestemail`, say
            return bool(super()._send(email_message))  # type: ignore[misc]  # its stubs do not know it
        self.connection.ehlo_or_helo_if_needed()
        if self.connection.has_extn("pipelining"):
            send_at_once(self.connection, email_message.envelope)
        else:
            self.connection.sendmail(*email_message.envelope)
        return True


def send_at_once(talk: smtplib.SMTP, envelope: Envelope) -> None:
    """Say who writes, to whom, and that the text comes, before any answer (RFC 2920).

    What the server refuses is raised, and leaves the talk, as by `smtplib.SMTP.sendmail`.
    """
    sender, (recipient,), content = envelope
    size = f" size={len(content)}" if talk.has_extn("size") else ""
    talk.send(f"mail FROM:{quoteaddr(sender)}{size}\r\nrcpt TO:{quoteaddr(recipient)}\r\ndata\r\n")
    answers = _read_answers(talk)
    error = _find_refusal(answers, envelope)
    if not error:
        talk.send(_PERIOD.sub(b"..", content) + b".\r\n")
        answers = [talk.getreply()]
        error = None if answers[0][0] == 250 else smtplib.SMTPDataError(*answers[0])
    if error:
        _give_up(talk, answers[-1][0])
        raise error


def _read_answers(talk: smtplib.SMTP) -> list[tuple[int, bytes]]:
    """Three, or those up to the one with which the server closes."""
    answers = [talk.getreply()]
    while len(answers) < 3 and answers[-1][0] != CLOSING:
        answers.append(talk.getreply())
    return answers


def _find_refusal(answers: list[tuple[int, bytes]], envelope: Envelope) -> smtplib.SMTPException | None:
    """The first counts: what follows it is refused for its sake."""
    sender, (recipient,), _ = envelope
    to_sender, *rest = answers
    if to_sender[0] != 250:
        return smtplib.SMTPSenderRefused(*to_sender, sender)
    to_recipient, *rest = rest
    if to_recipient[0] not in (250, 251):
        return smtplib.SMTPRecipientsRefused({recipient: to_recipient})
    return None if rest[0][0] == GO_ON else smtplib.SMTPDataError(*rest[0])


def _give_up(talk: smtplib.SMTP, last: int) -> None:
    if last == CLOSING:
        talk.close()
        return
    with suppress(smtplib.SMTPServerDisconnected):
        if last == GO_ON:  # it waits for a text, though to nobody
            talk.docmd(".")
        talk.rset()
