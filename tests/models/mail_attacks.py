"""What the database refuses about mail, and about when people hear of things."""

from datetime import time
from typing import Any

from claims.models import DigestEntry, MailChoice, Reviewer
from tests.models.attacking import change, double


def write_choice(person: Reviewer) -> MailChoice:
    return MailChoice.objects.create(reviewer=person, kind="digest", timing="never")


def write_entry(person: Reviewer) -> DigestEntry:
    return DigestEntry.objects.create(recipient=person, kind="claim_decided", cause="event:1", subject="-")


MAIL_ATTACKS: list[tuple[str, Any]] = [
    ("one_email_per_event_and_recipient", lambda r: double(r.email, message_id="<2@desk.test>")),
    ("email_has_a_known_kind", lambda r: change(r.email, kind="spam")),
    ("email_has_a_known_status", lambda r: change(r.email, status="lost")),
    ("one_mail_choice_per_kind_and_person", lambda r: double(r.choice, timing="digest")),
    ("one_mail_choice_per_kind_and_person", lambda r: [double(r.choice, reviewer=None) for _ in range(2)]),
    ("mail_choice_has_a_known_kind", lambda r: change(r.choice, kind="spam")),
    ("mail_choice_has_a_known_timing", lambda r: change(r.choice, timing="often")),
    ("one_digest_entry_per_event_and_recipient", lambda r: double(r.entry)),
    ("digest_entry_has_a_known_kind", lambda r: change(r.entry, kind="spam")),
    ("digest_hour_is_an_hour", lambda r: change(r.person, digest_hour=24)),
    ("quiet_hours_begin_and_end", lambda r: change(r.person, quiet_from=time(22))),
    ("quiet_hours_begin_and_end", lambda r: change(r.person, quiet_until=time(6))),
]
