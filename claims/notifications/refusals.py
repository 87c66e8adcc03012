"""What a mail server's refusal means: for this mail, for this moment, for this connection, for all mail of the desk.

django-anymail's errors are told by what they bear, since nobody who mails by SMTP has it installed.
"""

import smtplib
from enum import Enum, auto

MOST_WORDS = 1000  # characters of what a server said that are kept
TOO_BIG = 552  # said to MAIL FROM where the size is announced there: of this mail, not of its sender
CLOSING = 421
REFUSED_REQUESTS = {400, 413, 422}  # by an API, for what the request holds; other codes are of its key, pace or address


class Trouble(Enum):
    MAIL = auto()  # this very mail is refused for good
    MOMENT = auto()  # this mail is put off; the next may go
    TALK = auto()  # the connection is of no more use; whether the mail arrived, nobody knows
    SERVER = auto()  # takes no mail of this desk now: for its sender, its login, its pace, or for a fault of its own


def weigh_refusal(error: Exception) -> Trouble:
    """Of an error that sending one mail raised. One that nobody knows breaks the talk, and comes back with time."""
    if isinstance(error, smtplib.SMTPException):
        return _weigh_smtp(error)
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return Trouble.MAIL if status in REFUSED_REQUESTS else Trouble.SERVER
    names = {parent.__name__ for parent in type(error).__mro__}
    if "AnymailRecipientsRefused" in names:
        return Trouble.MAIL
    if "AnymailUnsupportedFeature" in names:  # a setting of the desk
        return Trouble.SERVER
    is_no_mail = isinstance(error, ValueError) and not isinstance(error, OSError)  # a bad certificate is both
    return Trouble.MAIL if is_no_mail else Trouble.TALK


def _weigh_smtp(error: smtplib.SMTPException) -> Trouble:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _weigh_code(min(code for code, _ in error.recipients.values()))
    if isinstance(error, smtplib.SMTPDataError):
        return _weigh_code(error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError):  # an address beyond ASCII, and a server that knows none
        return Trouble.MAIL
    if isinstance(error, smtplib.SMTPResponseException):
        return Trouble.MAIL if error.smtp_code == TOO_BIG else Trouble.SERVER
    return Trouble.TALK


def _weigh_code(code: int) -> Trouble:
    if code == CLOSING:
        return Trouble.SERVER
    if 400 <= code < 600:
        return Trouble.MAIL if code >= 500 else Trouble.MOMENT
    return Trouble.TALK  # no answer of SMTP: -1 where none could be read


def describe_refusal(error: Exception) -> str:
    """The server's own words, with their code, where there are any; fit to be kept."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = " ".join(_quote(*answer) for answer in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        said = _quote(error.smtp_code, error.smtp_error)
    else:
        said = str(error) or type(error).__name__
    return said.replace("\x00", "")[:MOST_WORDS]  # PostgreSQL knows no text with a NUL


def _quote(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
