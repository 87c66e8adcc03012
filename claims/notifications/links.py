"""Links for people without an account. A link is in full only in the mail that brings it, as it leaves.

It holds the row's random key and its signature: whoever reads the database knows the keys and cannot sign them, whoever
knows SECRET_KEY alone has nothing to sign. The outbox keeps the mail with a mask in the link's place.
"""

import re
import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer

from claims.enums import EmailKind
from claims.models import OutgoingEmail, OutsideOpinion

MASK = "/opinions/********/"  # the path of a link, as the outbox keeps it


def new_key() -> str:
    return secrets.token_urlsafe(32)


def sign_key(key: str) -> str:
    """The link's last part: letters, digits, and - _ . alone."""
    return _signer().sign(key)


def read_link(link: str) -> str | None:
    """The key in a link's last part; None where the desk has not signed it, compared in constant time."""
    try:
        return _signer().unsign(link) if link.isascii() else None
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(salt="claims.opinion", sep=".")


def reveal_link(email: OutgoingEmail) -> tuple[str, str]:
    """The mail's text and HTML as they go out.

    The link stands where the template has it, and nowhere else: whoever writes the question must not have the key told
    to a site of theirs, by a link with the mask in it.
    """
    if email.kind != EmailKind.OPINION_ASKED:
        return email.text, email.html
    opinion = OutsideOpinion.objects.only("key").get(pk=email.cause.removeprefix("opinion:"))
    masked = settings.SITE_URL + MASK
    link = masked.replace("********", sign_key(opinion.key))
    text = re.sub(f"^{re.escape(masked)}$", link, email.text, flags=re.MULTILINE)  # quoted words begin with "> "
    html = re.sub(f'(<a [^<>]*href="){re.escape(masked)}(?=")', rf"\g<1>{link}", email.html)  # theirs hold no "<"
    return text, html
