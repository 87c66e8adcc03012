"""What each answer of a mail server, or of a service behind django-anymail, means for this mail and for all others."""

import smtplib
import socket
import ssl

import pytest

from claims.notifications.refusals import MOST_WORDS, Trouble, describe_refusal, weigh_refusal


def rcpt(code: int) -> Exception:
    return smtplib.SMTPRecipientsRefused({"rita@desk.test": (code, b"5.1.1 No such mailbox")})


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (rcpt(550), Trouble.MAIL),
        (rcpt(450), Trouble.MOMENT),
        (rcpt(421), Trouble.SERVER),
        (smtplib.SMTPDataError(554, b"Spam"), Trouble.MAIL),
        (smtplib.SMTPDataError(452, b"Full"), Trouble.MOMENT),
        (smtplib.SMTPDataError(421, b"Closing"), Trouble.SERVER),
        (smtplib.SMTPDataError(-1, b"?"), Trouble.TALK),
        (smtplib.SMTPSenderRefused(550, b"Not you", "desk@desk.test"), Trouble.SERVER),
        (smtplib.SMTPSenderRefused(451, b"Later", "desk@desk.test"), Trouble.SERVER),
        (smtplib.SMTPSenderRefused(552, b"Too big", "desk@desk.test"), Trouble.MAIL),
        (smtplib.SMTPAuthenticationError(535, b"Who?"), Trouble.SERVER),
        (smtplib.SMTPHeloError(554, b"Go away"), Trouble.SERVER),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), Trouble.MAIL),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), Trouble.TALK),
        (TimeoutError("timed out"), Trouble.TALK),
        (ConnectionResetError(104, "reset"), Trouble.TALK),
        (socket.gaierror(-2, "Name or service not known"), Trouble.TALK),
        (ssl.SSLCertVerificationError("self-signed certificate"), Trouble.TALK),  # a ValueError, too
        (ValueError("Header values can't contain newlines"), Trouble.MAIL),
        (RuntimeError("what a backend may raise"), Trouble.TALK),
    ],
    ids=str,
)
def test_an_answer_means(error, trouble):
    assert weigh_refusal(error) is trouble


# The errors of django-anymail, as far as the desk looks at them; test_anymail has the real ones.


class AnymailAPIError(Exception):
    status_code = None


class AnymailRecipientsRefused(AnymailAPIError):
    pass


class AnymailUnsupportedFeature(AnymailAPIError, ValueError):
    pass


class AnymailInvalidAddress(AnymailAPIError, ValueError):
    pass


def api(status: int) -> Exception:
    error = AnymailAPIError(f"API response {status}")
    error.status_code = status
    return error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (AnymailRecipientsRefused("All message recipients were rejected"), Trouble.MAIL),
        (AnymailInvalidAddress("no address"), Trouble.MAIL),
        (AnymailUnsupportedFeature("no headers"), Trouble.SERVER),
        (AnymailAPIError("no connection"), Trouble.TALK),
        *[(api(status), Trouble.MAIL) for status in (400, 413, 422)],
        *[(api(status), Trouble.SERVER) for status in (401, 403, 404, 408, 429, 500, 503)],
    ],
    ids=str,
)
def test_an_answer_of_a_service_means(error, trouble):
    assert weigh_refusal(error) is trouble


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (rcpt(550), "550 5.1.1 No such mailbox"),
        (smtplib.SMTPDataError(451, "Größe\x00".encode()), "451 Größe"),
        (smtplib.SMTPDataError(451, b"\xff"), "451 \N{REPLACEMENT CHARACTER}"),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "Connection unexpectedly closed"),
        (TimeoutError(), "TimeoutError"),
        (RuntimeError("x" * 5000), "x" * MOST_WORDS),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_servers_own_words_are_kept(error, words):
    assert describe_refusal(error) == words
