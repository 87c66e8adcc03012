"""Webhooks for tests, in the shortest words."""

import json
from collections.abc import Iterable
from typing import Any

from claims.models import Reviewer, Webhook, WebhookDelivery
from claims.models.webhook import SUBSCRIBABLE
from claims.notifications.signing import make_secret
from claims.notifications.webhook_delivery import deliver_next
from tests.broker import take_messages


def make_webhook(owner: Reviewer, url: str = "https://cms.example/hook", **fields: Any) -> Webhook:
    values = {"events": list(SUBSCRIBABLE), "secret": make_secret()} | fields
    return Webhook.objects.create(owner=owner, url=url, **values)


def make_delivery(webhook: Webhook, number: int = 1, **fields: Any) -> WebhookDelivery:
    said = {"type": "claim.queued", "timestamp": "2026-11-23T09:00:00.000Z", "data": {"claim": number}}
    values = {"cause": f"event:{number}", "event_id": f"msg_{number}", "type": "claim.queued"}
    values |= {"body": json.dumps(said, separators=(",", ":"))} | fields
    return WebhookDelivery.objects.create(webhook=webhook, **values)


def change(row: Any, **fields: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()


def types_of(deliveries: Iterable[WebhookDelivery]) -> list[str]:
    return [delivery.type for delivery in sorted(deliveries, key=lambda one: one.pk)]


def after(delivery: WebhookDelivery) -> tuple[str, int]:
    delivery.refresh_from_db()
    return delivery.status, delivery.attempts


def deliver_all(webhook: Webhook) -> None:
    """Run jobs until none waits."""
    deliver_next(webhook.pk)
    while take_messages():
        deliver_next(webhook.pk)
