"""A mail as bytes: Django's, byte for byte but for the mark between its parts, in two thirds of the time."""

import secrets
from email.policy import Compat32
from typing import Any

from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 76


class _PlainHeaders(Compat32):
    """A header that needs neither another encoding nor a second line is written as it stands."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        line = f"{name}: {value}"
        if isinstance(value, str) and len(line) <= LONGEST_LINE and line.isascii() and line.isprintable():
            return f"{line}{self.linesep}".encode()
        return super().fold_binary(name, value)


class Mail(EmailMultiAlternatives):
    """Its parts are held apart by a mark that nobody can guess; Python would look for one in a text of any length."""

    def message(self, **how: Any) -> Any:
        made = super().message(**how)
        made.policy = _PlainHeaders()
        made.set_boundary(secrets.token_hex(16))
        return made
