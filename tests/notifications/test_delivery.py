"""Mails on their way out, to a real SMTP server: delivered, delayed, refused, recovered."""

import email
from datetime import timedelta
from email import policy

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from claims.jobs import SEND_EMAILS
from claims.models import OutgoingEmail, Reviewer
from claims.notifications.batches import BATCH, LEASE, LIMITS, MOST_ATTEMPTS, find_delay
from claims.notifications.delivery import (
    WORKING_TIME,
    release_taken_emails,
    resend_emails,
    send_due_emails,
    wake_waiting_emails,
)
from tests.broker import take_messages
from tests.notifications.conftest import after, change, come_due, make_mail, make_mails, statuses

pytestmark = pytest.mark.django_db


def resend(mail: OutgoingEmail) -> int:
    return resend_emails(OutgoingEmail.objects.filter(pk=mail.pk))


# Delivered.


def test_a_mail_is_delivered_with_both_its_bodies_and_its_id(server, mail, settings):
    settings.DEFAULT_FROM_EMAIL = "Desk <desk@desk.test>"
    send_due_emails()
    (envelope,) = server.accepted
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@desk.test", ["rita@desk.test"])
    message = email.message_from_bytes(envelope.content, policy=policy.default)
    assert (message["Subject"], message["Message-ID"]) == ("Überprüfen", "<17@desk.test>")
    assert (message["To"], message["Auto-Submitted"]) == ("rita@desk.test", "auto-generated")
    assert message.get_body(("plain",)).get_content().split() == ["Grüße,", "東京"]
    assert message.get_body(("html",)).get_content().strip() == "<p>Grüße, 東京</p>"


def test_a_delivered_mail_is_done(server, mail):
    for _ in range(2):
        send_due_emails()
    assert (len(server.accepted), after(mail)) == (1, ("sent", 1))
    assert (mail.taken_until, mail.last_error) == (None, "")
    assert mail.sent_at is not None


@pytest.mark.parametrize("status", ["sending", "sent", "failed", "withdrawn"])
def test_only_a_waiting_mail_is_sent(server, mail, status):
    change(mail, status=status, taken_until=timezone.now() + LEASE)
    send_due_emails()
    assert (server.accepted, after(mail)) == ([], (status, 0))


def test_a_mail_that_is_for_later_waits(server, mail):
    change(mail, next_attempt_at=timezone.now() + timedelta(minutes=1))
    send_due_emails()
    assert (server.connections, after(mail)) == (0, ("waiting", 0))


def test_mails_go_in_their_order_over_one_connection_a_batch(server, reviewer, settings):
    settings.EMAIL_PER_PERSON_AND_HOUR = 0
    make_mails(reviewer, BATCH + 3)
    send_due_emails()
    assert take_messages() == [(SEND_EMAILS, [])]  # whoever is idle helps
    ids = [email.message_from_bytes(envelope.content)["Message-ID"] for envelope in server.accepted]
    assert ids == [f"<{number}@desk.test>" for number in range(BATCH + 3)]
    assert server.connections == 2


def test_a_mail_to_who_has_left_the_desk_goes_nowhere_and_says_why(server, mail, reviewer):
    reviewer.is_active = False
    reviewer.save()
    send_due_emails()
    assert (server.accepted, after(mail)) == ([], ("withdrawn", 0))
    assert "no longer works at this desk" in mail.last_error


def test_a_mail_to_who_has_no_role_any_more_goes_nowhere(server, mail, reviewer):
    reviewer.groups.set([Group.objects.create(name="choir")])
    send_due_emails()
    assert (server.accepted, after(mail)) == ([], ("withdrawn", 0))


def test_a_mail_to_a_superuser_without_a_group_goes(server, mail, reviewer):
    reviewer.groups.clear()
    Reviewer.objects.update(is_superuser=True)
    send_due_emails()
    assert (len(server.accepted), after(mail)) == (1, ("sent", 1))


# Refused for good.


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_mail_the_server_refuses_for_good_fails_and_says_why(server, mail, step):
    server.answers[step] = "550 5.1.1 No such mailbox"
    send_due_emails()
    assert after(mail) == ("failed", 1)
    assert mail.last_error == "550 5.1.1 No such mailbox"
    assert wake_waiting_emails() is False


@pytest.mark.parametrize("address", ["rita@desk.test\nBcc: all@desk.test", "@"])
def test_a_mail_that_cannot_be_addressed_does_not_come_back_for_ever(server, mail, address):
    Reviewer.objects.update(email=address)
    send_due_emails()
    status, _ = after(mail)
    assert (status, server.accepted) == ("failed", [])


def test_one_refused_mail_does_not_hold_up_the_others(server, reviewer, editor):
    first, second, third = make_mail(reviewer, 1), make_mail(editor, 2), make_mail(reviewer, 3)
    server.answers["RCPT"] = lambda envelope: "550 No" if editor.email in envelope.rcpt_tos else "250 OK"
    send_due_emails()
    assert [after(mail) for mail in (first, second, third)] == [("sent", 1), ("failed", 1), ("sent", 1)]
    assert server.connections == 1


@pytest.mark.parametrize("status", ["failed", "withdrawn"])
def test_a_failed_mail_can_be_sent_again_to_the_address_its_recipient_has_by_now(server, mail, reviewer, status):
    reviewer.email = "rita.new@desk.test"
    reviewer.save()
    change(mail, status=status, attempts=MOST_ATTEMPTS, last_error="550 No such mailbox", give_up_at=timezone.now())
    assert resend(mail) == 1
    assert take_messages() == [(SEND_EMAILS, [])]
    send_due_emails()
    assert (server.accepted[0].rcpt_tos, after(mail)) == (["rita.new@desk.test"], ("sent", 1))


def test_a_mail_that_waits_goes_to_the_address_that_its_recipient_has_by_now(server, mail, reviewer):
    Reviewer.objects.filter(pk=reviewer.pk).update(email="rita.new@desk.test")
    send_due_emails()
    mail.refresh_from_db()
    assert (server.accepted[0].rcpt_tos, mail.to_address) == (["rita.new@desk.test"], "rita.new@desk.test")


def test_a_late_mail_can_be_sent_again_at_once(server, mail):
    server.answers["DATA"] = "451 Try again later"
    send_due_emails()
    server.answers["DATA"] = "250 Kept"
    assert resend(mail) == 1
    send_due_emails()
    assert after(mail) == ("sent", 1)


@pytest.mark.parametrize("status", ["waiting", "sending", "sent"])
def test_a_mail_on_its_way_is_not_sent_again(mail, status):
    change(mail, status=status, last_error="" if status == "waiting" else "451 Later")
    assert (resend(mail), take_messages(), after(mail)[0]) == (0, [], status)


# Put off.


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_mail_the_server_puts_off_waits(server, mail, step):
    server.answers[step] = "451 4.7.1 Try again later"
    before = timezone.now()
    send_due_emails()
    assert after(mail) == ("waiting", 1)
    assert mail.last_error == "451 4.7.1 Try again later"
    assert timedelta(seconds=60) <= mail.next_attempt_at - before < timedelta(seconds=80)


def test_a_greylist_puts_off_each_once_and_then_takes_all(server, reviewer, editor, producer):
    seen = set()

    def greylist(envelope) -> str:
        known = envelope.rcpt_tos[0] in seen
        seen.add(envelope.rcpt_tos[0])
        return "250 OK" if known else "450 4.2.0 Greylisted"

    for number, person in enumerate((reviewer, editor, producer)):
        make_mail(person, number)
    server.answers["RCPT"] = greylist
    send_due_emails()
    assert (statuses(), server.connections) == ([("waiting", 1)] * 3, 1)
    send_due_emails()
    assert server.connections == 1  # not hammered
    come_due()
    send_due_emails()
    assert statuses() == [("sent", 2)] * 3


def test_a_delayed_mail_recovers(server, mail):
    server.answers["DATA"] = "451 Try again later"
    send_due_emails()
    server.answers["DATA"] = "250 Kept"
    come_due()
    send_due_emails()
    assert (len(server.accepted), after(mail)) == (1, ("sent", 2))
    assert mail.last_error == ""


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (50, 60), (100_000, 60)]
)
def test_the_delay_doubles_up_to_an_hour_and_a_bit_by_chance(attempts, minutes):
    delays = {find_delay(attempts) for _ in range(50)}
    assert timedelta(minutes=minutes) <= min(delays) <= max(delays) < timedelta(minutes=minutes) * 1.25
    assert len(delays) > 1


@pytest.mark.parametrize(
    "fields", [{"give_up_at": timezone.now() + timedelta(seconds=30)}, {"attempts": MOST_ATTEMPTS - 1}]
)
def test_a_mail_is_given_up_in_the_end_and_says_so(server, mail, fields):
    change(mail, **fields)
    server.answers["RCPT"] = "450 Later"
    send_due_emails()
    assert after(mail)[0] == "failed"
    assert mail.last_error == "Given up. The last answer was: 450 Later"


# Time.


def test_a_job_whose_time_is_over_leaves_the_rest_to_another(server, reviewer, monkeypatch):
    monkeypatch.setattr("claims.notifications.delivery.WORKING_TIME", 0)
    make_mails(reviewer, 3)
    send_due_emails()
    assert (statuses(), take_messages()) == ([("waiting", 0)] * 3, [(SEND_EMAILS, [])])


def test_the_lease_outlives_the_job_and_leaves_time_for_a_slow_last_mail(settings):
    assert timedelta(seconds=LIMITS["time_limit"]) < LEASE
    assert WORKING_TIME + 2 * settings.EMAIL_TIMEOUT < LIMITS["soft_time_limit"] < LIMITS["time_limit"]


@pytest.mark.django_db(transaction=True)
def test_each_step_is_a_transaction_of_its_own(server, reviewer):
    server.answers["DATA"] = "451 Later"
    first, second = make_mails(reviewer, 2)
    change(second, status="sending", taken_until=timezone.now() - timedelta(seconds=1))
    assert wake_waiting_emails() is True
    send_due_emails()
    assert statuses() == [("waiting", 1), ("waiting", 1)]
    assert resend(first) == 1
    release_taken_emails()


# The sweep.


def test_the_sweep_wakes_one_job_for_all_that_is_due(reviewer):
    make_mails(reviewer, 3)
    assert wake_waiting_emails() is True
    assert take_messages() == [(SEND_EMAILS, [])]


@pytest.mark.parametrize(
    ("fields", "wakes"),
    [
        ({"status": "waiting", "next_attempt_at": timezone.now() + timedelta(hours=1)}, False),
        ({"status": "sending", "taken_until": timezone.now() + timedelta(hours=1)}, False),
        ({"status": "sending", "taken_until": timezone.now() - timedelta(seconds=1)}, True),
        ({"status": "sent"}, False),
        ({"status": "failed"}, False),
        ({"status": "withdrawn"}, False),
    ],
    ids=["not-due", "at-work", "died", "sent", "failed", "withdrawn"],
)
def test_the_sweep_wakes_only_for_what_can_be_sent(mail, fields, wakes):
    change(mail, **fields)
    assert wake_waiting_emails() is wakes


def test_a_mail_whose_job_died_is_sent_when_its_lease_is_over(server, mail):
    change(mail, status="sending", attempts=1, taken_until=timezone.now() - timedelta(seconds=1))
    wake_waiting_emails()
    send_due_emails()
    assert (len(server.accepted), after(mail)) == (1, ("sent", 2))


def test_a_mail_at_which_every_job_dies_is_given_up(mail):
    past = timezone.now() - timedelta(seconds=1)
    change(mail, status="sending", attempts=MOST_ATTEMPTS, taken_until=past)
    assert wake_waiting_emails() is False
    assert (after(mail)[0], mail.last_error) == ("failed", "Given up: its sender died at each attempt.")


def test_a_desk_that_starts_alone_takes_up_at_once_what_was_held(mail):
    change(mail, status="sending", taken_until=timezone.now() + LEASE)
    release_taken_emails()
    assert wake_waiting_emails() is True


@pytest.mark.parametrize("status", ["sent", "failed", "waiting"])
def test_starting_leaves_other_mails_alone(mail, status):
    later = timezone.now() + timedelta(hours=1)
    change(mail, status=status, next_attempt_at=later)
    release_taken_emails()
    assert (after(mail)[0], mail.next_attempt_at) == (status, later)
