"""How many mails go: to one person in an hour, from the whole desk in a minute. What is too much waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import OutgoingEmail
from claims.notifications.batches import take_batch
from claims.notifications.delivery import send_due_emails, wake_waiting_emails
from tests.notifications.conftest import make_mail, make_mails
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


def count(status: str) -> int:
    return OutgoingEmail.objects.filter(status=status).count()


def went(minutes: float) -> dict:
    return {"status": "sent", "sent_at": timezone.now() - timedelta(minutes=minutes)}


def test_a_person_has_no_more_mail_than_an_hour_allows_and_is_told_the_rest_later(server, reviewer, editor, settings):
    settings.EMAIL_PER_PERSON_AND_HOUR = 3
    make_mails(reviewer, 5)
    make_mail(editor, 5)
    send_due_emails()
    assert [envelope.rcpt_tos[0][:4] for envelope in server.accepted] == ["rita"] * 3 + ["edna"]
    late = OutgoingEmail.objects.filter(status="waiting")
    assert {mail.last_error for mail in late} == {"Waits: its recipient has had 3 e-mails within an hour."}
    assert [mail.attempts for mail in late] == [0, 0]


def test_what_waits_for_its_recipient_comes_due_when_the_hour_of_the_first_is_over(reviewer, settings):
    settings.EMAIL_PER_PERSON_AND_HOUR = 2
    first = make_mail(reviewer, 1, **went(minutes=50))
    make_mail(reviewer, 2, **went(minutes=10))
    make_mail(reviewer, 3, **went(minutes=61))
    late = make_mail(reviewer, 4)
    take_batch()
    late.refresh_from_db()
    assert (late.status, late.next_attempt_at) == ("waiting", first.sent_at + timedelta(hours=1))
    assert wake_waiting_emails() is False


def test_mails_of_more_than_an_hour_ago_do_not_count(reviewer, settings):
    settings.EMAIL_PER_PERSON_AND_HOUR = 1
    make_mail(reviewer, 1, **went(minutes=61))
    make_mail(reviewer, 2)
    assert [mail.status for mail in take_batch()] == ["sending"]


def test_a_desk_sends_no_more_than_its_minute_allows(server, reviewer, editor, settings):
    settings.EMAIL_PER_MINUTE = 3
    make_mail(editor, 100, **went(minutes=0.5))
    make_mail(editor, 101, **went(minutes=1.5))
    make_mails(reviewer, 4)
    send_due_emails()
    assert (len(server.accepted), count("waiting")) == (2, 2)
    assert wake_waiting_emails() is True
    send_due_emails()
    assert len(server.accepted) == 2
    OutgoingEmail.objects.filter(status="sent").update(sent_at=timezone.now() - timedelta(minutes=2))
    send_due_emails()
    assert len(server.accepted) == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("each", "minute", "taken"), [(10, 0, 20), (0, 30, 30), (10, 15, 15), (0, 0, 120)])
def test_senders_that_take_at_once_find_no_room_twice(reviewer, editor, settings, each, minute, taken):
    settings.EMAIL_PER_PERSON_AND_HOUR, settings.EMAIL_PER_MINUTE = each, minute
    for number in range(120):
        make_mail(reviewer if number % 2 else editor, number)
    batches = all_at_once([take_batch] * 8)
    ids = [mail.pk for batch in batches for mail in batch if mail.status == "sending"]
    assert (len(ids), len(set(ids)), count("sending")) == (taken, taken, taken)
