"""What a mail says of itself to the programs that carry, sort and answer it."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse

from claims.enums import EmailKind
from claims.models import OutgoingEmail

_SALT = "claims.mail-off"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def headers_of(email: OutgoingEmail) -> dict[str, str]:
    """Mails of one claim hang on a message that never was, as do those of other trackers: no order of sending matters.

    RFC 2919 (List-Id), RFC 3834 (Auto-Submitted), RFC 8058 (one-click unsubscribing).
    """
    headers = {
        "Message-ID": email.message_id,
        "Auto-Submitted": "auto-generated",
        "List-Id": f"Fact-check desk <{email.kind.replace('_', '-')}.{host()}>",
    }
    if email.recipient_id:  # who has no account has nothing to switch off
        headers["List-Unsubscribe"] = f"<{off_address(email.recipient_id, email.kind)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if email.claim_id:
        root = f"<claim-{email.claim_id}@{host()}>"
        headers |= {"In-Reply-To": root, "References": root}
    return headers


def off_address(recipient_id: int, kind: str) -> str:
    """Where this kind of mail is switched off for this person, without signing in: for ever the same address."""
    return f"{settings.SITE_URL}{_off_path(recipient_id, kind)}"


@lru_cache(10_000)
def _off_path(recipient_id: int, kind: str) -> str:
    token = signing.Signer(salt=_SALT).sign_object([recipient_id, kind])
    return reverse("mail_off", args=[token])


def read_off_token(token: str) -> tuple[int, EmailKind] | None:
    """(a person's id, the kind of mail); None for what the desk never signed."""
    try:
        recipient_id, kind = signing.Signer(salt=_SALT).unsign_object(token)
        return int(recipient_id), EmailKind(kind)
    except (signing.BadSignature, ValueError, TypeError):
        return None
