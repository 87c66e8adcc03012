"""What people do with webhooks, and what nobody may."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.utils import timezone

from claims.enums import Role
from claims.exceptions import Conflict, DeskError, NotPermitted
from claims.jobs import ROW_LEASE, SEND_WEBHOOK
from claims.models import Reviewer, Webhook, WebhookDelivery
from claims.notifications.subscriptions import (
    MOST_WEBHOOKS,
    change_webhook,
    create_webhook,
    delete_webhook,
    pause_webhook,
    replay_delivery,
    resume_webhook,
    rotate_secret,
    send_ping,
)
from tests.broker import take_messages
from tests.notifications.hooks import change, make_delivery, make_webhook
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db
URL = "https://cms.example/hook"


@pytest.fixture
def webhook(producer) -> Webhook:
    return make_webhook(producer)


# Making.


def test_a_webhook_is_made_with_a_secret(producer):
    made = create_webhook(producer, url=f" {URL} ", events=["claim.queued", "claim.decided", "claim.queued"])
    made.refresh_from_db()
    assert (made.owner, made.url, made.events) == (producer, URL, ["claim.queued", "claim.decided"])
    assert made.secret.startswith("whsec_")
    assert made.is_active


def test_who_reviews_alone_has_no_webhooks(reviewer):
    with pytest.raises(NotPermitted, match="role of editor or producer or administrator"):
        create_webhook(reviewer, url=URL, events=["claim.queued"])


@pytest.mark.parametrize("events", [[], ["ping"], ["claim.taken"], ["claim.queued", "x"]])
def test_only_what_is_told_can_be_subscribed_to(producer, events):
    with pytest.raises(DeskError, match="Choose one event or more") as refusal:
        create_webhook(producer, url=URL, events=events)
    assert refusal.value.code == "events"


@pytest.mark.parametrize(
    "url",
    [
        *("", "cms.example", "ftp://cms.example/", "javascript:alert(1)", "https://", "https://me:pw@cms.example/"),
        *("https://me@cms.example/", "https://cms.example/\x00", f"https://cms.example/{'a' * 2000}"),
        *("http://[", "https://cms.example:99999/", "https://cms.example:0/", "https://cms.example/ x"),
        *("http://10.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/latest/", "https://[fd00::1]/"),
        *("https://[::ffff:127.0.0.1]/", "http://93.184.216.34/"),
    ],
)
def test_an_address_must_be_one_that_the_desk_sends_to(producer, url):
    with pytest.raises(DeskError) as refusal:
        create_webhook(producer, url=url, events=["claim.queued"])
    assert (refusal.value.code, Webhook.objects.count()) == ("url", 0)


@pytest.mark.parametrize("url", ["http://localhost:9000/", "http://127.0.0.1:9000/x", "https://localhost/"])
def test_on_a_laptop_a_program_beside_the_desk_can_be_told(producer, settings, url):
    assert create_webhook(producer, url=url, events=["claim.queued"]).url == url
    settings.WEBHOOK_NETWORKS = []
    with pytest.raises(DeskError):
        create_webhook(producer, url=url, events=["claim.queued"])


def test_a_network_that_the_operator_names_can_be_reached_without_tls(producer, settings):
    settings.WEBHOOK_NETWORKS = [ip_network("10.20.0.0/16")]
    assert create_webhook(producer, url="http://10.20.0.9:8080/", events=["claim.queued"]).pk
    with pytest.raises(DeskError):
        create_webhook(producer, url="http://10.21.0.9:8080/", events=["claim.queued"])


def test_nobody_has_webhooks_without_end(producer):
    for _ in range(MOST_WEBHOOKS):
        make_webhook(producer)
    with pytest.raises(DeskError, match="Delete one first"):
        create_webhook(producer, url=URL, events=["claim.queued"])


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_pass_the_limit_together(person):
    paul = person("paul", Role.PRODUCER)
    for _ in range(MOST_WEBHOOKS - 1):
        make_webhook(paul)
    all_at_once([lambda: create_webhook(paul, url=URL, events=["claim.queued"])] * 4)
    assert Webhook.objects.count() == MOST_WEBHOOKS


# Whose they are.


VERBS = {
    "change": lambda who, pk: change_webhook(who, pk, url=URL),
    "rotate": rotate_secret,
    "pause": pause_webhook,
    "resume": resume_webhook,
    "test": send_ping,
    "delete": delete_webhook,
    "replay": lambda who, pk: replay_delivery(who, pk, WebhookDelivery.objects.get().pk),
}


@pytest.mark.parametrize("verb", VERBS)
def test_colleagues_do_not_find_it_and_administrators_do(webhook, editor, reviewer, administrator, verb):
    make_delivery(webhook)
    for stranger in (editor, reviewer):
        with pytest.raises(Webhook.DoesNotExist):
            VERBS[verb](stranger, webhook.pk)
    VERBS[verb](administrator, webhook.pk)


def test_an_administrator_gives_it_to_somebody_else_who_may_have_it(webhook, administrator, editor, reviewer):
    assert change_webhook(administrator, webhook.pk, owner=editor).webhook.owner == editor
    with pytest.raises(DeskError, match="rita may not have webhooks"):
        change_webhook(administrator, webhook.pk, owner=reviewer)
    with pytest.raises(NotPermitted):
        change_webhook(editor, webhook.pk, owner=editor)


def test_who_gave_a_webhook_away_does_not_know_its_secret(webhook, administrator, editor):
    old = webhook.secret
    given = change_webhook(administrator, webhook.pk, owner=editor)
    assert (given.new_secret == old, given.webhook.previous_secret) == (False, old)
    again = change_webhook(administrator, webhook.pk, owner=editor, description="For the CMS")
    assert (again.new_secret, again.webhook.secret, again.webhook.previous_secret) == ("", given.new_secret, old)


# Changing.


def test_a_changed_address_is_tried_at_once(webhook):
    change(webhook, failures=3, failing_since=timezone.now(), rests_until=timezone.now() + timedelta(minutes=5))
    changed = change_webhook(webhook.owner, webhook.pk, url="https://new.example/").webhook
    assert (changed.failures, changed.failing_since, changed.rests_until) == (0, None, None)


def test_what_is_not_changed_stays(webhook):
    changed = change_webhook(webhook.owner, webhook.pk, description="For the CMS").webhook
    assert (changed.url, changed.description, changed.secret) == (webhook.url, "For the CMS", webhook.secret)


def test_a_second_rotation_ends_the_first_secret(webhook):
    first = webhook.secret
    second = rotate_secret(webhook.owner, webhook.pk).secret
    third = rotate_secret(webhook.owner, webhook.pk).secret
    webhook.refresh_from_db()
    assert (webhook.secret, webhook.previous_secret) == (third, second)
    assert len({first, second, third}) == 3


# Pausing.


def test_pausing_twice_keeps_the_first_time(webhook):
    first = pause_webhook(webhook.owner, webhook.pk).paused_at
    assert (pause_webhook(webhook.owner, webhook.pk).paused_at, webhook.is_active) == (first, True)


def test_resuming_sends_what_waited_at_once_and_wakes_a_worker(webhook):
    pause_webhook(webhook.owner, webhook.pk)
    delivery = make_delivery(webhook, failures=5, next_attempt_at=timezone.now() + timedelta(hours=9))
    resume_webhook(webhook.owner, webhook.pk)
    delivery.refresh_from_db()
    assert (delivery.failures, delivery.next_attempt_at <= timezone.now()) == (0, True)
    assert take_messages() == [(SEND_WEBHOOK, [webhook.pk])]


def test_resuming_what_is_not_paused_changes_nothing(webhook):
    resume_webhook(webhook.owner, webhook.pk)
    assert take_messages() == []


# Trying, and sending again.


def test_a_ping_is_not_sent_to_what_is_sent_nothing(webhook, administrator):
    Reviewer.objects.filter(pk=webhook.owner_id).update(is_active=False)
    with pytest.raises(Conflict, match="Give it to somebody else first"):
        send_ping(administrator, webhook.pk)
    pause_webhook(administrator, webhook.pk)
    with pytest.raises(Conflict, match="Resume it first"):
        send_ping(administrator, webhook.pk)


@pytest.mark.parametrize(
    "fields",
    [{"status": "delivered", "delivered_at": timezone.now()}, {"status": "failed"}],
    ids=["delivered", "failed"],
)
def test_a_replay_is_the_same_message(webhook, fields):
    delivery = make_delivery(webhook, attempts=8, failures=8, **fields)
    replay_delivery(webhook.owner, webhook.pk, delivery.pk)
    again = WebhookDelivery.objects.get()
    assert (again.pk, again.event_id, again.body) == (delivery.pk, delivery.event_id, delivery.body)
    assert (again.status, again.failures, again.attempts) == ("waiting", 0, 8)
    assert take_messages() == [(SEND_WEBHOOK, [webhook.pk])]


def test_what_is_on_its_way_is_not_sent_again(webhook):
    delivery = make_delivery(webhook, status="sending", taken_until=timezone.now() + ROW_LEASE)
    with pytest.raises(Conflict, match="being sent right now"):
        replay_delivery(webhook.owner, webhook.pk, delivery.pk)


def test_what_a_dead_worker_left_can_be_sent_again_while_its_webhook_is_paused(webhook):
    pause_webhook(webhook.owner, webhook.pk)
    delivery = make_delivery(webhook, status="sending", taken_until=timezone.now() - timedelta(seconds=1))
    assert replay_delivery(webhook.owner, webhook.pk, delivery.pk).status == "waiting"


def test_a_delivery_is_found_with_its_own_webhook_alone(webhook, editor):
    delivery = make_delivery(webhook)
    own = make_webhook(editor)
    with pytest.raises(WebhookDelivery.DoesNotExist):
        replay_delivery(editor, own.pk, delivery.pk)


# Deleting.


def test_a_deleted_webhook_goes_with_its_deliveries(webhook):
    make_delivery(webhook, status="sending", taken_until=timezone.now() + ROW_LEASE)
    make_delivery(webhook, 2)
    delete_webhook(webhook.owner, webhook.pk)
    assert (Webhook.objects.count(), WebhookDelivery.objects.count()) == (0, 0)
