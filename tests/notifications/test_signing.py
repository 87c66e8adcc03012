import base64
from datetime import UTC, datetime

import pytest

from claims.notifications.signing import make_secret, sign
from tests.receiving import Message, NotGenuine, verify

NOW = datetime(2026, 11, 23, 9, 0, 0, 987_654, tzinfo=UTC)
BODY = b'{"type":"ping","timestamp":"2026-11-23T09:00:00Z","data":{}}'


def message(*secrets: str, body: bytes = BODY) -> Message:
    return Message("POST", "/", sign("msg_1", NOW, body, secrets), body)


def test_the_published_example_is_signed_as_published():
    """From the test suite of the Standard Webhooks."""
    headers = sign(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_secret_is_as_long_as_it_should_be_and_never_the_same():
    secrets = {make_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert {24 <= len(base64.b64decode(one.removeprefix("whsec_"))) <= 64 for one in secrets} == {True}


def test_a_receiver_with_the_secret_verifies():
    secret = make_secret()
    assert verify(message(secret), secret, NOW.timestamp())["type"] == "ping"


def test_with_two_secrets_each_of_their_receivers_verifies_and_no_other():
    new, old, other = (make_secret() for _ in range(3))
    sent = message(new, old)
    assert sent.headers["webhook-signature"].count("v1,") == 2
    assert verify(sent, new, NOW.timestamp()) == verify(sent, old, NOW.timestamp())
    with pytest.raises(NotGenuine, match="no signature"):
        verify(sent, other, NOW.timestamp())


@pytest.mark.parametrize("change", ["id", "timestamp", "body"])
def test_nothing_that_is_signed_can_be_changed(change):
    secret = make_secret()
    sent = message(secret)
    if change == "id":
        sent.headers["webhook-id"] = "msg_2"
    elif change == "timestamp":
        sent.headers["webhook-timestamp"] = str(int(NOW.timestamp()) + 1)
    else:
        sent.body += b" "
    with pytest.raises(NotGenuine, match="no signature"):
        verify(sent, secret, NOW.timestamp())


@pytest.mark.parametrize("seconds", [-301, 302])
def test_an_old_message_is_not_taken_for_a_new_one(seconds):
    secret = make_secret()
    with pytest.raises(NotGenuine, match="too old"):
        verify(message(secret), secret, NOW.timestamp() + seconds)
