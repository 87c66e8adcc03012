from collections.abc import Iterator

import pytest

from claims.models import Reviewer, Webhook
from tests.notifications.hooks import make_webhook
from tests.receiving import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def webhook(producer: Reviewer, receiver: Receiver) -> Webhook:
    """A producer's, that tells the receiver everything."""
    return make_webhook(producer, receiver.url)
