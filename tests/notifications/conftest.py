from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.enums import EmailKind
from claims.models import OutgoingEmail, Reviewer, Webhook
from tests.notifications.hooks import make_webhook
from tests.receiving import Receiver, receiving
from tests.smtp_sink import Sink, SinkController, free_port


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def webhook(producer: Reviewer, receiver: Receiver) -> Webhook:
    """A producer's, that tells the receiver everything."""
    return make_webhook(producer, receiver.url)


@pytest.fixture
def smtp(settings) -> Callable[[int], None]:
    """Points the desk at an SMTP server on a port of this machine."""

    def at(port: int) -> None:
        settings.EMAIL_BACKEND = "claims.notifications.smtp.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1

    return at


@contextmanager
def serving(sink: Sink, smtp: Callable[[int], None]) -> Iterator[Sink]:
    controller = SinkController(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    sink.connections = 0  # the controller had a look itself
    smtp(controller.port)
    yield sink
    controller.stop()


@pytest.fixture
def server(smtp) -> Iterator[Sink]:
    with serving(Sink(), smtp) as sink:
        yield sink


def make_mail(recipient: Reviewer, number: int = 17, **fields) -> OutgoingEmail:
    content = {"subject": "Überprüfen", "text": "Grüße, 東京\n", "html": "<p>Grüße, 東京</p>"}
    names = {"kind": EmailKind.CLAIMS_WAITING, "cause": f"version:{number}", "message_id": f"<{number}@desk.test>"}
    values = {"recipient": recipient, "to_address": recipient.email} | names | content
    return OutgoingEmail.objects.create(**values | fields)


def make_mails(recipient: Reviewer, count: int, **fields) -> list[OutgoingEmail]:
    return [make_mail(recipient, number, **fields) for number in range(count)]


@pytest.fixture
def mail(reviewer) -> OutgoingEmail:
    return make_mail(reviewer)


def after(mail: OutgoingEmail) -> tuple[str, int]:
    mail.refresh_from_db()
    return mail.status, mail.attempts


def change(mail: OutgoingEmail, **fields) -> None:
    OutgoingEmail.objects.filter(pk=mail.pk).update(**fields)


def statuses() -> list[tuple[str, int]]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("status", "attempts"))


def come_due() -> None:
    """As if all that waits had waited long enough."""
    OutgoingEmail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
