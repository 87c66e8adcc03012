"""Webhooks on their way out, to a real receiver on this machine: delivered, refused, slow, gone, recovered."""

import time
from datetime import timedelta
from ipaddress import ip_address, ip_network

import pytest
import time_machine
from django.utils import timezone
from django.utils.http import http_date

from claims.enums import Role
from claims.fetching import FetchRefused
from claims.jobs import ROW_LEASE, SEND_WEBHOOK
from claims.models import OutgoingEmail, Reviewer, Webhook, WebhookDelivery
from claims.notifications.subscriptions import resume_webhook, rotate_secret, send_ping
from claims.notifications.webhook_delivery import (
    DELAYS,
    LONGEST_REST,
    LONGEST_RETRY_AFTER,
    Outcome,
    _record,
    _take_next,
    deliver_next,
    open_door,
    read_retry_after,
    release_taken_deliveries,
    wake_webhooks,
)
from tests.broker import take_messages
from tests.notifications.hooks import change, make_delivery, make_webhook
from tests.racing import all_at_once
from tests.receiving import NotGenuine, answering, receiving, verify
from tests.web import HERE, head, moved, page, serving

pytestmark = pytest.mark.django_db
NOBODY = f"http://{HERE}:1/"  # no one listens on that port


@pytest.fixture
def receiver():
    with receiving() as running:
        yield running


@pytest.fixture
def webhook(producer, receiver) -> Webhook:
    return make_webhook(producer, receiver.url)


def after(delivery: WebhookDelivery) -> tuple[str, int]:
    delivery.refresh_from_db()
    return delivery.status, delivery.attempts


def deliver_all(webhook: Webhook) -> None:
    """Run jobs until none waits."""
    deliver_next(webhook.pk)
    while take_messages():
        deliver_next(webhook.pk)


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


# Slow and huge answers, and those that lead elsewhere.


def silent(message):
    time.sleep(1.5)
    return head()


def drip(message):
    yield b"HTTP/1.1 200 OK\r\nX-Slow: "
    while True:
        time.sleep(0.05)
        yield b"a"


@pytest.mark.parametrize("answer", [silent, drip])
def test_a_target_that_does_not_come_to_an_end_waits(webhook, receiver, answer):
    receiver.answer = answer
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk, seconds=0.4)
    assert (after(delivery), delivery.last_error) == (("waiting", 1), "The target takes too long to answer.")


def test_of_an_answer_without_end_the_status_counts_and_the_start_is_kept(webhook, receiver):
    def endless(message):
        yield head("200 OK")
        while True:
            yield b"a" * 1000

    receiver.answer = endless
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    assert (after(delivery), delivery.last_answer) == (("delivered", 1), "a" * 1000)


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"])
def test_an_answer_that_is_none_waits(webhook, receiver, answer):
    receiver.answer = lambda message: [answer]
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    assert after(delivery) == ("waiting", 1)


def test_a_redirect_is_not_followed(webhook, receiver):
    with serving(lambda path: page("Here!")) as other:
        receiver.answer = lambda message: moved(other.url())
        delivery = make_delivery(webhook)
        deliver_next(webhook.pk)
        assert other.requests == []
    assert (after(delivery), delivery.last_status) == (("waiting", 1), 302)
    assert "Redirects are not followed" in delivery.last_error


# Where the desk sends to.


@pytest.mark.parametrize("url", ["http://10.1.2.3/", "https://192.168.0.1/", "http://169.254.169.254/latest"])
def test_an_address_inside_a_network_is_not_sent_to(webhook, url):
    change(webhook, url=url)
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    assert "one that the desk does not send to" in (after(delivery) and delivery.last_error)


def test_outside_a_laptop_this_machine_is_not_sent_to_either(webhook, receiver, settings):
    settings.WEBHOOK_NETWORKS = []
    make_delivery(webhook)
    deliver_next(webhook.pk)
    assert receiver.messages == []


def test_a_name_is_checked_at_each_connection_and_the_connection_goes_to_what_was_checked(receiver):
    """A name that stands for this machine at first, and for one inside a network at the next look-up."""
    answers = iter([[HERE], ["10.0.0.1"]])
    port = receiver.server_address[1]
    door = open_door("http://moving.test/", resolve=lambda host: next(answers))
    assert door.post(f"http://moving.test:{port}/", b"{}", {}).status == 204
    with pytest.raises(FetchRefused):
        door.post(f"http://moving.test:{port}/", b"{}", {})
    assert [message.headers["host"] for message in receiver.messages] == [f"moving.test:{port}"]


@pytest.mark.parametrize(
    ("url", "address", "is_allowed"),
    [
        ("https://a.example/", "93.184.216.34", True),
        ("http://a.example/", "93.184.216.34", False),  # in the clear: only where the operator says
        ("http://a.example/", "10.20.0.9", True),
        ("https://a.example/", "10.20.0.9", True),
        ("https://a.example/", "10.21.0.9", False),
        ("https://a.example/", "127.0.0.1", False),
        ("https://a.example/", "::1", False),
    ],
)
def test_who_may_be_sent_to(settings, url, address, is_allowed):
    settings.WEBHOOK_NETWORKS = [ip_network("10.20.0.0/16")]
    assert open_door(url).is_allowed(ip_address(address)) == is_allowed


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


def test_an_attempt_that_was_overtaken_does_not_say_how_it_ended(webhook):
    delivery = make_delivery(webhook)

    slow = _take_next(webhook.pk)
    change(delivery, taken_until=timezone.now() - timedelta(seconds=1))
    later = _take_next(webhook.pk)
    _record(slow, Outcome("The target answers 500.", 500))
    assert after(delivery) == ("sending", 2)
    _record(later, Outcome(status=204))
    assert after(delivery) == ("delivered", 2)


def test_a_webhook_that_is_deleted_meanwhile_is_no_error(webhook):
    make_delivery(webhook)
    delivery = _take_next(webhook.pk)
    webhook.delete()
    _record(delivery, Outcome(status=204))
    assert WebhookDelivery.objects.count() == 0


# Paused and stopped.


def test_a_paused_webhook_is_sent_nothing_and_after_its_resumption_everything(webhook, receiver):
    change(webhook, paused_at=timezone.now(), paused_because="by_hand")
    deliveries = [make_delivery(webhook, number) for number in (1, 2)]
    deliver_next(webhook.pk)
    assert (receiver.messages, wake_webhooks()) == ([], 0)
    resume_webhook(webhook.owner, webhook.pk)
    deliver_all(webhook)
    assert [after(one)[0] for one in deliveries] == ["delivered", "delivered"]


@pytest.mark.parametrize("how", ["left", "lost their role"])
def test_the_webhook_of_somebody_who_may_have_none_stops(webhook, receiver, how):
    if how == "left":
        Reviewer.objects.update(is_active=False)
    else:
        webhook.owner.groups.clear()
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    assert (receiver.messages, wake_webhooks(), after(delivery)[0]) == ([], 0, "waiting")


def test_the_webhook_of_a_superuser_works(receiver):
    webhook = make_webhook(Reviewer.objects.create_superuser("root"), receiver.url)
    make_delivery(webhook)
    deliver_next(webhook.pk)
    assert len(receiver.said(webhook.secret)) == 1


def test_a_target_that_is_gone_pauses_its_webhook_at_once_with_a_mail(webhook, receiver):
    receiver.answer = answering("410 Gone")
    delivery = make_delivery(webhook)
    deliver_next(webhook.pk)
    webhook.refresh_from_db()
    assert (webhook.paused_because, after(delivery)[0]) == ("gone", "waiting")
    mail = OutgoingEmail.objects.get()
    assert (mail.kind, mail.recipient) == ("webhook_paused", webhook.owner)
    assert "says that it is gone for good" in mail.text
    assert f"/admin/webhooks/{webhook.pk}/" in mail.text
    assert webhook.url in mail.text


def test_a_day_of_failures_pauses_a_webhook_with_one_mail_and_loses_nothing(webhook, receiver):
    change(webhook, url=NOBODY, description="<b>CMS</b>")
    deliveries = [make_delivery(webhook, number) for number in (1, 2)]
    began = timezone.now()
    for hours in (0, 12, 23.9, 24.1, 48):
        with time_machine.travel(began + timedelta(hours=hours), tick=False):
            deliver_next(webhook.pk)
            webhook.refresh_from_db()
            assert webhook.is_active == (hours < 24)
    (mail,) = OutgoingEmail.objects.all()
    assert mail.subject == "Your webhook is paused: <b>CMS</b>"
    assert "nothing could be delivered to your webhook for a day" in mail.text
    assert "&lt;b&gt;CMS" in mail.html
    assert "a webhook of the fact-check desk is yours" in mail.html
    assert [after(one)[0] for one in deliveries] == ["waiting", "waiting"]
    change(webhook, url=receiver.url)
    resume_webhook(webhook.owner, webhook.pk)
    deliver_all(webhook)
    assert len(receiver.said(webhook.secret)) == 2


def test_between_two_successes_nothing_is_paused(webhook, receiver):
    make_delivery(webhook)
    began = timezone.now()
    for number, status in enumerate(["500 Oops", "204 OK", "500 Oops", "204 OK"]):
        receiver.answer = answering(status)
        with time_machine.travel(began + timedelta(hours=20 * number), tick=False):
            make_delivery(webhook, 2 + number)
            deliver_next(webhook.pk)
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.failures) == (True, 0)


# Tests.


def test_a_ping_says_at_once_how_it_went_and_pauses_nothing(webhook, receiver):
    receiver.answer = answering("410 Gone")
    ping = send_ping(webhook.owner, webhook.pk)
    deliver_all(webhook)
    assert (after(ping), ping.last_status) == (("failed", 1), 410)
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.failures) == (True, 0)
    assert receiver.said(webhook.secret)[0]["type"] == "ping"


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
def test_two_workers_send_one_delivery_once(person):
    with receiving() as receiver:
        webhook = make_webhook(person("paul", Role.PRODUCER), receiver.url)
        deliveries = [make_delivery(webhook, number) for number in (1, 2)]
        all_at_once([lambda: deliver_next(webhook.pk)] * 8)
        for _ in range(2):
            deliver_next(webhook.pk)
        ids = [message.headers["webhook-id"] for message in receiver.messages]
    assert (sorted(ids), {after(one) for one in deliveries}) == (["msg_1", "msg_2"], {("delivered", 1)})
