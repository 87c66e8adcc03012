"""When a person hears of something: as they chose, else as the desk did; later in the night, and not while away."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from claims.enums import EmailKind, Timing
from claims.exceptions import NotPermitted
from claims.jobs import SEND_EMAILS
from claims.models import DigestEntry, MailChoice, OutgoingEmail, Reviewer
from claims.notifications.choices import choices_of, choose, choose_for_desk, end_of_quiet, switch_off
from claims.notifications.delivery import release_taken_emails, wake_waiting_emails
from claims.notifications.routes import ROUTES
from claims.review.assignments import assign_claim
from tests.broker import take_messages
from tests.factories import make_queued_claim

pytestmark = pytest.mark.django_db
ASSIGNED = EmailKind.CLAIM_ASSIGNED


@pytest.fixture
def noon():
    with time_machine.travel("2026-11-23 12:00:00Z", tick=False) as clock:
        yield clock


def told_by_mail_or_digest() -> tuple[int, int]:
    return OutgoingEmail.objects.count(), DigestEntry.objects.count()


def test_every_kind_of_mail_to_people_of_the_desk_has_a_row_in_the_table():
    assert {route.kind for route in ROUTES} == set(EmailKind) - {EmailKind.OPINION_ASKED}


@pytest.mark.parametrize(
    ("desks", "own", "mails"),
    [
        (None, None, (1, 0)),
        (Timing.DIGEST, None, (0, 1)),
        (Timing.NEVER, None, (0, 0)),
        (Timing.NEVER, Timing.AT_ONCE, (1, 0)),
        (None, Timing.DIGEST, (0, 1)),
        (Timing.AT_ONCE, Timing.NEVER, (0, 0)),
    ],
)
def test_a_persons_own_choice_goes_before_the_desks(editor, reviewer, desks, own, mails):
    for person, timing in ((None, desks), (reviewer, own)):
        if timing:
            MailChoice.objects.create(reviewer=person, kind=ASSIGNED, timing=timing)
    assign_claim(editor, make_queued_claim().pk, reviewer)
    assert told_by_mail_or_digest() == mails


def test_another_persons_choice_changes_nothing(editor, reviewer):
    switch_off(editor, ASSIGNED)
    assign_claim(editor, make_queued_claim().pk, reviewer)
    assert told_by_mail_or_digest() == (1, 0)


def test_what_stands_in_the_digest_is_the_mails_subject(editor, reviewer):
    choose(reviewer, {ASSIGNED: Timing.DIGEST})
    claim = make_queued_claim()
    turn = assign_claim(editor, claim.pk, reviewer)
    entry = DigestEntry.objects.get()
    assert (entry.recipient, entry.claim, entry.cause) == (reviewer, claim, f"assignment:{turn.pk}")
    assert (entry.subject, entry.due_at, entry.told_by) == ("Please review: roughly 2,500 dockers", None, None)


def test_who_has_chosen_what_the_desk_does_goes_along_when_it_changes(reviewer, administrator):
    choose(reviewer, choices_of(reviewer))
    assert MailChoice.objects.count() == 0
    choose_for_desk(administrator, {ASSIGNED: Timing.DIGEST})
    assert choices_of(reviewer)[ASSIGNED] is Timing.DIGEST


def test_who_has_switched_it_off_does_not_get_it_back_when_the_desk_changes(reviewer, administrator):
    switch_off(reviewer, ASSIGNED)
    choose_for_desk(administrator, {ASSIGNED: Timing.AT_ONCE})
    assert choices_of(reviewer)[ASSIGNED] is Timing.NEVER


def test_only_administrators_choose_for_the_desk(editor):
    with pytest.raises(NotPermitted):
        choose_for_desk(editor, {ASSIGNED: Timing.NEVER})
    assert MailChoice.objects.count() == 0


@pytest.mark.parametrize("until", ["away_until", "mail_paused_until"])
def test_who_is_away_or_has_paused_mail_hears_of_it_in_the_digest_after(noon, editor, reviewer, until):
    claim = make_queued_claim()
    setattr(reviewer, until, date(2026, 11, 23))
    reviewer.save()
    assign_claim(editor, claim.pk, reviewer)
    assert told_by_mail_or_digest() == (1, 0)  # until that day


def test_a_paused_person_is_mailed_nothing(noon, editor, reviewer):
    Reviewer.objects.filter(pk=reviewer.pk).update(mail_paused_until=date(2026, 11, 24))
    reviewer.refresh_from_db()
    assign_claim(editor, make_queued_claim().pk, reviewer)
    assert told_by_mail_or_digest() == (0, 1)


# Quiet hours.


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "now", "over"),
    [
        ("22-07", "", "2026-11-23 21:59", "2026-11-23 21:59"),
        ("22-07", "", "2026-11-23 22:00", "2026-11-24 07:00"),
        ("22-07", "", "2026-11-24 06:59", "2026-11-24 07:00"),
        ("22-07", "", "2026-11-24 07:00", "2026-11-24 07:00"),
        ("12-14", "", "2026-11-23 12:30", "2026-11-23 14:00"),
        ("12-14", "", "2026-11-23 14:00", "2026-11-23 14:00"),
        ("07-07", "", "2026-11-23 07:00", "2026-11-23 07:00"),  # no hours at all
        ("22-07", "Europe/Berlin", "2026-11-23 21:00", "2026-11-24 06:00"),
        ("22-07", "America/New_York", "2026-11-24 04:00", "2026-11-24 12:00"),
        ("22-07", "Asia/Kathmandu", "2026-11-23 16:15", "2026-11-24 01:15"),
        ("22-07", "Europe/Berlin", "2026-03-28 23:00", "2026-03-29 05:00"),  # the clocks are put forward that night
        ("22-07", "Europe/Berlin", "2026-10-24 22:00", "2026-10-25 06:00"),  # and back
        ("22-02", "Europe/Berlin", "2026-03-28 23:00", "2026-03-29 01:00"),  # at an hour that there is not
    ],
)  # fmt: skip
def test_quiet_hours_end_by_the_persons_own_clock(reviewer, hours, zone, now, over):
    begins, ends = (time(int(hour)) for hour in hours.split("-"))
    reviewer.quiet_from, reviewer.quiet_until, reviewer.time_zone = begins, ends, zone
    assert end_of_quiet(reviewer, utc(now)) == utc(over)


@pytest.fixture
def held(noon, editor, reviewer) -> OutgoingEmail:
    """A mail that is written in the quiet hours of its recipient."""
    Reviewer.objects.filter(pk=reviewer.pk).update(quiet_from=time(11), quiet_until=time(13))
    reviewer.refresh_from_db()
    assign_claim(editor, make_queued_claim().pk, reviewer)
    return OutgoingEmail.objects.get()


def test_a_mail_of_the_quiet_hours_wakes_nobody_and_is_sent_when_they_are_over(noon, held):
    assert SEND_EMAILS not in dict(take_messages())
    assert not wake_waiting_emails()
    noon.move_to(utc("2026-11-23 13:00"))
    assert wake_waiting_emails()
    assert take_messages() == [(SEND_EMAILS, [])]


def test_a_desk_that_starts_again_does_not_break_the_quiet(noon, held):
    release_taken_emails()
    assert not wake_waiting_emails()
    held.refresh_from_db()
    assert held.status == "waiting"
