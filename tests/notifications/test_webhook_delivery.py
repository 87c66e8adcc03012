"""Webhooks on their way out, to a real receiver on this machine: delivered, refused, delayed, recovered."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.http import http_date

from claims.notifications.subscriptions import rotate_secret
from claims.notifications.webhook_delivery import (
    DELAYS,
    LONGEST_REST,
    deliver_next,
)
from claims.notifications.webhook_posting import LONGEST_RETRY_AFTER, read_retry_after
from tests.broker import take_messages
from tests.notifications.hooks import after, change, deliver_all, make_delivery
from tests.receiving import NotGenuine, answering, verify
from tests.web import HERE, page

pytestmark = pytest.mark.django_db
NOBODY = f"http://{HERE}:1/"  # no one listens on that port


# Delivered.


def test_a_delivery_arrives_genuine(webhook, receiver):
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    (message,) = receiver.messages
    assert verify(message, webhook.secret)["data"] == {"claim": 1}
    assert (message.method, message.path, message.body) == ("POST", "/hook?from=desk", delivery.body.encode())
    assert (message.headers["webhook-id"], message.headers["content-type"]) == ("msg_1", "application/json")
    assert {"cookie", "authorization"} & set(message.headers) == set()


def test_a_delivered_delivery_is_done_and_says_how_it_went(webhook, receiver):
    receiver.answer = lambda message: page("Thank\x00 you", status="201 Created")
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    assert after(delivery) == ("delivered", 1)
    assert (delivery.last_status, delivery.last_answer, delivery.last_error) == (201, "Thank you", "")
    assert delivery.last_milliseconds is not None
    assert (delivery.taken_until, delivery.delivered_at is None) == (None, False)


def test_delivering_twice_sends_once(webhook, receiver):
    delivery = make_delivery(webhook)
    for _ in range(2):
        deliver_next(webhook.pk)
    assert (len(receiver.messages), after(delivery)) == (1, ("delivered", 1))


def test_what_is_due_is_sent_one_after_the_other(webhook, receiver):
    for number in range(1, 6):
        make_delivery(webhook, number)
    deliver_all(webhook)
    assert [said["data"]["claim"] for said in receiver.said(webhook.secret)] == [1, 2, 3, 4, 5]
    assert take_messages() == []


def test_a_webhook_that_is_not_there_is_no_webhook(db):
    deliver_next(0)


# Secrets.


def test_for_a_day_after_a_rotation_both_secrets_verify(webhook, receiver):
    old = webhook.secret
    new = rotate_secret(webhook.owner, webhook.pk).secret
    make_delivery(webhook)
    deliver_next(webhook.pk)
    assert receiver.said(old) == receiver.said(new)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        now = time.time()
        make_delivery(webhook, 2)
        deliver_next(webhook.pk)
    assert verify(receiver.messages[1], new, now)["data"] == {"claim": 2}
    with pytest.raises(NotGenuine):
        verify(receiver.messages[1], old, now)


# Not delivered.


@pytest.mark.parametrize("status", ["400 Bad Request", "401 Nope", "404 Not Found", "429 Slow", "500 Oops", "503 Busy"])
def test_a_status_that_is_no_success_waits(webhook, receiver, status):
    receiver.answer = answering(status)
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    assert (after(delivery), delivery.last_status) == (("waiting", 1), int(status[:3]))
    assert delivery.last_error == f"The target answers {status[:3]}."
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.is_active, webhook.rests_until > timezone.now()) == (1, True, True)


def test_nobody_at_the_address_waits(webhook):
    change(webhook, url=NOBODY)
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    assert (after(delivery), delivery.last_status) == (("waiting", 1), None)
    assert "Nothing answers at this address" in delivery.last_error


def test_the_delays_follow_each_other_to_a_little_more_than_a_day(webhook):
    change(webhook, url=NOBODY)
    delivery = make_delivery(webhook)
    assert timedelta(days=1) < sum(DELAYS, timedelta()) < timedelta(days=1, hours=2)
    for delay in DELAYS:
        change(webhook, rests_until=None, failing_since=timezone.now() if webhook.failures else None)
        change(delivery, next_attempt_at=timezone.now())
        before = timezone.now()
        deliver_next(webhook.pk)
        webhook.refresh_from_db()
        assert (after(delivery)[0], webhook.is_active) == ("waiting", True)
        assert delay <= delivery.next_attempt_at - before < delay * 1.1 + timedelta(seconds=5)
    change(webhook, rests_until=None)
    change(delivery, next_attempt_at=timezone.now())
    deliver_next(webhook.pk)
    assert after(delivery) == ("failed", len(DELAYS) + 1)


def test_a_delivery_recovers_with_the_same_id_and_body(webhook, receiver):
    receiver.answer = answering("500 Oops")
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    receiver.answer = answering()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        deliver_next(webhook.pk)
        assert receiver.said(webhook.secret)[1]["data"] == {"claim": 1}
    first, second = receiver.messages
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert first.headers["webhook-timestamp"] < second.headers["webhook-timestamp"]
    webhook.refresh_from_db()
    assert (after(delivery), webhook.failures, webhook.failing_since) == (("delivered", 2), 0, None)


def test_a_failure_does_not_hold_up_other_deliveries_for_long(webhook, receiver):
    receiver.answer = lambda message: answering("400 No" if b'"claim":1}' in message.body else "204 OK")(message)
    bad, good = make_delivery(webhook, 1), make_delivery(webhook, 2)
    deliver_next(webhook.pk)
    deliver_next(webhook.pk)
    assert (after(bad)[0], after(good)[0]) == ("waiting", "waiting")  # the target rests
    with time_machine.travel(timezone.now() + timedelta(seconds=3)):
        deliver_next(webhook.pk)
    assert (after(bad), after(good)) == (("waiting", 1), ("delivered", 1))


def test_a_target_that_goes_on_failing_is_asked_more_and_more_rarely(webhook):
    change(webhook, url=NOBODY, failures=40, failing_since=timezone.now())
    make_delivery(webhook)
    deliver_next(webhook.pk)
    webhook.refresh_from_db()
    assert LONGEST_REST - timedelta(seconds=5) < webhook.rests_until - timezone.now() <= LONGEST_REST


# When to come back.


@pytest.mark.parametrize("status", ["429 Too Many", "503 Busy"])
def test_a_target_that_says_when_to_come_back_is_left_alone_until_then(webhook, receiver, status):
    receiver.answer = answering(status, retry_after=3600)
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    delivery.refresh_from_db()
    webhook.refresh_from_db()
    for at in (delivery.next_attempt_at, webhook.rests_until):
        assert timedelta(minutes=59) < at - timezone.now() <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        *(("120", 120), ("0", 0), ("", 0), ("soon", 0), ("-5", 0), ("1e9", 0)),
        *((http_date(1_795_424_460), 60), (http_date(1_795_424_300), 0), ("Mon, 23 Nov 2026 09:00:00 -0000", 0)),
        *(
            ("99999999", LONGEST_RETRY_AFTER.total_seconds()),
            ("9" * 30, LONGEST_RETRY_AFTER.total_seconds()),
            ("9" * 5000, 0),
        ),
    ],
)
def test_when_to_come_back_is_read_within_bounds(words, seconds):
    with time_machine.travel(1_795_424_400, tick=False):
        assert read_retry_after(words).total_seconds() == seconds
