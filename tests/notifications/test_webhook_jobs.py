"""The jobs of webhooks: one delivery at a time, twice does nothing more, and nothing is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.enums import Role
from claims.jobs import ROW_LEASE, SEND_WEBHOOK
from claims.models import Claim, Webhook, WebhookDelivery
from claims.notifications.subscriptions import delete_webhook
from claims.notifications.webhook_delivery import (
    deliver_next,
    record_outcome,
    release_taken_deliveries,
    take_delivery,
    wake_webhooks,
)
from claims.notifications.webhook_posting import Outcome, send
from claims.review.queue import queue_claim
from tests.broker import take_messages
from tests.factories import make_claim
from tests.notifications.hooks import after, change, deliver_all, make_delivery, make_webhook
from tests.racing import all_at_once
from tests.receiving import receiving

pytestmark = pytest.mark.django_db


# At a time.


def test_one_delivery_of_a_webhook_is_on_its_way_at_a_time(webhook, receiver):
    make_delivery(webhook, 1, status="sending", attempts=1, taken_until=timezone.now() + ROW_LEASE)
    make_delivery(webhook, 2)
    deliver_next(webhook.pk)
    assert receiver.messages == []


def test_what_its_job_left_when_it_died_is_sent_first_and_under_the_same_id(webhook, receiver):
    died = make_delivery(webhook, 2, status="sending", attempts=1, taken_until=timezone.now() - timedelta(seconds=1))
    make_delivery(webhook, 1)
    deliver_all(webhook)
    assert [message.headers["webhook-id"] for message in receiver.messages] == ["msg_2", "msg_1"]
    assert after(died) == ("delivered", 2)


def test_a_worker_that_dies_between_posting_and_noting_leaves_the_same_message_to_the_next(webhook, receiver):
    delivery = make_delivery(webhook)
    send(take_delivery(webhook.pk), 5)  # and no more
    deliver_all(webhook)
    assert len(receiver.messages) == 1
    change(delivery, taken_until=timezone.now() - timedelta(seconds=1))
    assert wake_webhooks() == 1
    deliver_all(webhook)
    first, second = receiver.messages
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert len(receiver.said(webhook.secret)) == 2
    assert after(delivery) == ("delivered", 2)


def test_an_attempt_that_was_overtaken_does_not_say_how_it_ended(webhook):
    delivery = make_delivery(webhook)

    slow = take_delivery(webhook.pk)
    change(delivery, taken_until=timezone.now() - timedelta(seconds=1))
    later = take_delivery(webhook.pk)
    record_outcome(slow, Outcome("The target answers 500.", 500))
    assert after(delivery) == ("sending", 2)
    record_outcome(later, Outcome(status=204))
    assert after(delivery) == ("delivered", 2)


def test_a_webhook_that_is_deleted_meanwhile_is_no_error(webhook):
    make_delivery(webhook)
    delivery = take_delivery(webhook.pk)
    webhook.delete()
    record_outcome(delivery, Outcome(status=204))
    assert WebhookDelivery.objects.count() == 0


# The sweep.


def test_the_sweep_wakes_webhooks_with_something_due(webhook):
    assert wake_webhooks() == 0
    make_delivery(webhook, 1)
    make_delivery(webhook, 2)
    assert (wake_webhooks(), take_messages()) == (1, [(SEND_WEBHOOK, [webhook.pk])])


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"next_attempt_at": timezone.now() + timedelta(hours=1)}, 0),
        ({"status": "sending", "taken_until": timezone.now() + timedelta(hours=1)}, 0),
        ({"status": "sending", "taken_until": timezone.now() - timedelta(seconds=1)}, 1),
        ({"status": "delivered", "delivered_at": timezone.now()}, 0),
        ({"status": "failed"}, 0),
    ],
    ids=["not-due", "at-work", "died", "delivered", "failed"],
)
def test_the_sweep_wakes_only_for_what_can_be_sent(webhook, fields, count):
    make_delivery(webhook, **fields)
    assert wake_webhooks() == count


def test_the_sweep_lets_a_target_rest(webhook):
    make_delivery(webhook)
    change(webhook, rests_until=timezone.now() + timedelta(minutes=1))
    assert wake_webhooks() == 0


def test_a_desk_that_starts_alone_takes_up_everything_at_once(webhook):
    make_delivery(webhook, status="sending", taken_until=timezone.now() + ROW_LEASE)
    release_taken_deliveries()
    assert wake_webhooks() == 1


# At once.


@pytest.mark.django_db(transaction=True)
def test_a_webhook_that_is_deleted_while_things_happen_undoes_none_of_them(person):
    owner = person("paul", Role.PRODUCER)
    claims = [make_claim(quote=quote) for quote in ("roughly 2,500 dockers",)]
    claims += [make_claim(claims[0].article, quote) for quote in ("March 2019", "The harbour", "officials said")]
    webhook = make_webhook(owner)
    works = [lambda pk=claim.pk: queue_claim(pk) for claim in claims]
    results = all_at_once([*works, lambda: delete_webhook(owner, webhook.pk)])
    assert [one for one in results if isinstance(one, Exception)] == []
    assert {claim.status for claim in Claim.objects.all()} == {"queued"}
    assert (Webhook.objects.count(), WebhookDelivery.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_delivery_once(person):
    with receiving() as receiver:
        webhook = make_webhook(person("paul", Role.PRODUCER), receiver.url)
        deliveries = [make_delivery(webhook, number) for number in (1, 2)]
        all_at_once([lambda: deliver_next(webhook.pk)] * 8)
        for _ in range(2):
            deliver_next(webhook.pk)
        ids = [message.headers["webhook-id"] for message in receiver.messages]
    assert (sorted(ids), {after(one) for one in deliveries}) == (["msg_1", "msg_2"], {("delivered", 1)})
