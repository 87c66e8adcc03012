"""Mail is first a row, written in the transaction of its cause; a job delivers it after the commit."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from claims.enums import EmailKind
from claims.jobs import SEND_EMAIL, enqueue_on_commit
from claims.models import OutgoingEmail, Reviewer


def queue_email(kind: EmailKind, cause: str, recipients: Iterable[Reviewer], context: dict[str, Any]) -> None:
    """Write one mail a recipient who wants mail and has an address. The same cause again writes nothing again."""
    reachable = [person for person in recipients if person.wants_mail and person.is_active and person.email]
    with translation.override(settings.LANGUAGE_CODE):  # not in the language of whoever's click caused the mail
        mails = [_render(kind, cause, person, context) for person in reachable]
    if not mails:
        return
    once = ["kind", "cause", "recipient"]  # what is there already is left as it is, and only its number is learnt
    for mail in OutgoingEmail.objects.bulk_create(mails, update_conflicts=True, unique_fields=once, update_fields=once):
        enqueue_on_commit(SEND_EMAIL, mail.pk)


def _render(kind: EmailKind, cause: str, person: Reviewer, context: dict[str, Any]) -> OutgoingEmail:
    context = context | {"person": person, "site_url": settings.SITE_URL}
    subject = render_to_string(f"claims/mail/{kind}.subject.txt", context)
    return OutgoingEmail(
        kind=kind,
        cause=cause,
        recipient=person,
        to_address=person.email,
        message_id=_message_id(kind, cause, person),
        subject=" ".join(subject.split())[:300],
        text=render_to_string(f"claims/mail/{kind}.txt", context).strip() + "\n",
        html=render_to_string(f"claims/mail/{kind}.html", context),
        # The first attempt is the job of this commit; the sweep looks after it only later.
        next_attempt_at=timezone.now() + timedelta(seconds=settings.SWEEP_AFTER_SECONDS),
    )


def _message_id(kind: EmailKind, cause: str, person: Reviewer) -> str:
    """Stable for this kind, cause and person, so that a mail sent twice by an accident is one in the mailbox."""
    unique = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}/{kind}/{cause}/{person.pk}")
    return f"<{unique}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
