"""Mail is first a row, written in the transaction of its cause; a job delivers it after the commit."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone, translation

from claims.enums import EmailKind, Timing
from claims.jobs import SEND_EMAILS, enqueue_on_commit
from claims.models import DigestEntry, OutgoingEmail, Reviewer
from claims.notifications.choices import choose_timings, end_of_quiet, zone_of
from claims.notifications.headers import host
from claims.notifications.messages import Letter, write_subject

ONCE = ["kind", "cause", "recipient"]


class Occasion(NamedTuple):
    """What is told of. The same `cause` again is not told again; what `context` calls "claim" is the mail's thread."""

    kind: EmailKind
    cause: str
    context: dict[str, Any]


def queue_email(kind: EmailKind, cause: str, recipients: Iterable[Reviewer], context: dict[str, Any]) -> None:
    """Tell each recipient by mail, now or in a digest, as they have chosen (see `routes`)."""
    occasion, people = Occasion(kind, cause, context), list(recipients)
    timings = choose_timings(kind, people)
    queue_mails(occasion, [person for person in people if timings.get(person.pk) is Timing.AT_ONCE])
    keep_entries(occasion, {person: None for person in people if timings.get(person.pk) is Timing.DIGEST})


def queue_mails(occasion: Occasion, people: Iterable[Reviewer]) -> list[OutgoingEmail]:
    """One mail each, whatever they have chosen. It goes off after the commit, or when their quiet hours are over."""
    now = timezone.now()
    letter = Letter(occasion.kind, occasion.context)
    mails = [_write(occasion, letter, now, person) for person in people]
    if not mails:
        return []
    # What is there already is left as it is, and only its number is learnt.
    kept = OutgoingEmail.objects.bulk_create(mails, update_conflicts=True, unique_fields=ONCE, update_fields=ONCE)
    if any(mail.next_attempt_at <= now for mail in kept):
        enqueue_on_commit(SEND_EMAILS)
    return kept


def keep_entries(occasion: Occasion, people: Mapping[Reviewer, datetime | None]) -> None:
    """To be told later: in the mail that is due then, or (None) in the next morning's digest."""
    entries = [
        DigestEntry(
            kind=occasion.kind,
            cause=occasion.cause,
            recipient=person,
            subject=_render_subject(occasion, person),
            claim=occasion.context.get("claim"),
            due_at=due_at,
        )
        for person, due_at in people.items()
    ]
    if entries:
        DigestEntry.objects.bulk_create(entries, ignore_conflicts=True)


def queue_outside_email(kind: EmailKind, cause: str, address: str, context: dict[str, Any]) -> None:
    """Write one mail to somebody without an account. The same cause again writes nothing again."""
    mail = _write(Occasion(kind, cause, context), Letter(kind, context), timezone.now(), address=address)
    OutgoingEmail.objects.bulk_create([mail], ignore_conflicts=True)
    enqueue_on_commit(SEND_EMAILS)


def _write(
    occasion: Occasion, letter: Letter, now: datetime, person: Reviewer | None = None, address: str = ""
) -> OutgoingEmail:
    """To the person, or to the address of somebody without an account."""
    kind, cause = occasion.kind, occasion.cause
    with _as_read_by(person):
        message = letter.to(person)
    return OutgoingEmail(
        kind=kind,
        cause=cause,
        recipient=person,
        to_address=person.email if person else address,
        claim=occasion.context.get("claim"),
        message_id=_message_id(kind, cause, person.pk if person else address),
        subject=message.subject,
        text=message.text,
        html=message.html,
        next_attempt_at=end_of_quiet(person, now) if person else now,
    )


def _render_subject(occasion: Occasion, person: Reviewer | None) -> str:
    with _as_read_by(person):
        return write_subject(occasion.kind, occasion.context, person)


@contextmanager
def _as_read_by(person: Reviewer | None) -> Iterator[None]:
    """In the reader's language and time, not in those of whoever's click caused the mail."""
    language = (person and person.language) or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone_of(person)):
        yield


def _message_id(kind: EmailKind, cause: str, to: int | str) -> str:
    """Stable for this kind, cause and receiver, so that a mail sent twice by an accident is one in the mailbox."""
    unique = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}/{kind}/{cause}/{to}")
    return f"<{unique}@{host()}>"
