"""Targets of webhooks that are slow, huge, elsewhere, or where the desk must not go."""

import time
from ipaddress import ip_address, ip_network

import pytest

from claims.fetching import FetchRefused
from claims.notifications.webhook_delivery import deliver_next
from claims.notifications.webhook_posting import open_door
from tests.notifications.hooks import after, change, make_delivery
from tests.web import HERE, head, moved, page, serving

pytestmark = pytest.mark.django_db


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
