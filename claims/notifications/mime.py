"""A mail as SMTP carries it: what Django would write, byte for byte but for the mark between its parts, much sooner.

Nobody can guess the mark; Python would look for one in texts of any length.
"""

import secrets
from collections.abc import Mapping
from email.policy import compat32
from email.utils import formatdate
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import SafeMIMEText, forbid_multi_line_headers, sanitize_address

LONGEST_HEADER_LINE = 76
LONGEST_LINE = 998  # bytes; RFC 5322
_ENCODING = "utf-8"
_POLICY = compat32.clone(linesep="\r\n")
_write_address = lru_cache(1000)(sanitize_address)  # of one sender, and of the same people again and again


class Envelope(NamedTuple):
    sender: str
    recipients: list[str]
    content: bytes


class Mail(EmailMultiAlternatives):
    """Text and HTML to one address, written when it is made. Raises ValueError where it cannot be."""

    def __init__(self, subject: str, text: str, html: str, to: str, headers: Mapping[str, str]) -> None:
        super().__init__(subject, text, to=[to], headers=dict(headers), alternatives=[(html, "text/html")])
        sender, recipient = (_write_address(address, _ENCODING) for address in (self.from_email, to))
        self.envelope = Envelope(sender, [recipient], self._write(text, html).encode())

    def _write(self, text: str, html: str) -> str:
        mark = secrets.token_hex(16)
        headers = {"MIME-Version": "1.0", "Subject": str(self.subject), "From": self.from_email, "To": self.to[0]}
        headers |= {"Date": formatdate(localtime=settings.EMAIL_USE_LOCALTIME)} | self.extra_headers
        return (
            f'Content-Type: multipart/alternative;\r\n boundary="{mark}"\r\n'
            f"{''.join(_write_header(*header) for header in headers.items())}\r\n"
            f"--{mark}\r\n{_write_part('plain', text)}\r\n"
            f"--{mark}\r\n{_write_part('html', html)}\r\n"
            f"--{mark}--\r\n"
        )


def _write_header(name: str, value: str) -> str:
    line = f"{name}: {value}"
    if len(line) <= LONGEST_HEADER_LINE and line.isascii() and line.isprintable():
        return f"{line}\r\n"
    return _POLICY.fold(*forbid_multi_line_headers(name, value, _ENCODING))


def _write_part(kind: str, text: str) -> str:
    if any(len(line.encode()) > LONGEST_LINE for line in text.splitlines()):
        return SafeMIMEText(text, kind, _ENCODING).as_bytes(linesep="\r\n").decode()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return (
        f'Content-Type: text/{kind}; charset="{_ENCODING}"\r\nMIME-Version: 1.0\r\n'
        f"Content-Transfer-Encoding: {'7bit' if text.isascii() else '8bit'}\r\n\r\n{lines}"
    )
