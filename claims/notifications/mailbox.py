"""The embedded desk's mailbox: a folder with one file a mail, named by its Message-ID, so that none can double."""

import email
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesHeaderParser
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailboxBackend(BaseEmailBackend):
    """Delivers into `settings.MAILBOX_FOLDER`. Writing is atomic, and writing the same mail twice leaves one."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAILBOX_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message)
        return len(email_messages)


def _write(folder: Path, message: EmailMessage) -> None:
    mime = message.message()
    path = folder / f"{hashlib.sha256(str(mime['Message-ID']).encode()).hexdigest()[:32]}.eml"
    partial = path.with_suffix(f".{os.getpid()}.part")
    partial.touch(mode=0o600)
    partial.write_bytes(mime.as_bytes())
    partial.replace(path)


@dataclass(frozen=True)
class LocalMail:
    """One delivered mail, read back from its file. `name` identifies it in addresses."""

    name: str
    received_at: datetime
    to: str
    subject: str
    text: str
    html: str


def read_mailbox(address: str | None = None, limit: int = 200) -> list[LocalMail]:
    """The `limit` newest mails of one address, or of everybody (None), newest first. No other is read whole."""
    wanted = (path for path in _newest_files() if address is None or _recipient(path) == address)
    return [_read(path) for path in islice(wanted, limit)]


def read_mail(name: str) -> LocalMail | None:
    path = Path(settings.MAILBOX_FOLDER) / f"{name}.eml"
    return _read(path) if re.fullmatch(r"[0-9a-f]{32}", name) and path.is_file() else None


def _newest_files() -> list[Path]:
    files = Path(settings.MAILBOX_FOLDER).glob("*.eml")
    return sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _recipient(path: Path) -> str:
    with path.open("rb") as file:
        return str(BytesHeaderParser(policy=policy.default).parse(file)["To"])


def _read(path: Path) -> LocalMail:
    parsed = email.message_from_bytes(path.read_bytes(), _class=ParsedMessage, policy=policy.default)
    return LocalMail(
        name=path.stem,
        received_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        to=str(parsed["To"]),
        subject=" ".join(str(parsed["Subject"]).split()),  # a folded header keeps its fold
        text=_body(parsed, "plain"),
        html=_body(parsed, "html"),
    )


def _body(parsed: ParsedMessage, kind: str) -> str:
    part = parsed.get_body((kind,))
    return str(part.get_content()) if part else ""
