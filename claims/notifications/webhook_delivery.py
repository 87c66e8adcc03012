"""Webhook deliveries on their way out: taken under a lock, sent outside any transaction, the outcome recorded.

A webhook is sent one delivery at a time, whatever the number of workers. A delivery may arrive twice, with the same id
and the same bytes, and later ones may arrive before it.
"""

import logging
import random
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.enums import DeliveryStatus, EmailKind, PauseReason, WebhookEvent
from claims.jobs import ROW_LEASE, SEND_WEBHOOK, enqueue_on_commit
from claims.models import Webhook, WebhookDelivery
from claims.notifications.outbox import queue_email
from claims.notifications.webhook_posting import SECONDS, Outcome, send
from claims.permissions import webhooks_with_owner

logger = logging.getLogger(__name__)

# After each failure of a delivery; together a little more than a day. Then it has failed.
DELAYS = [timedelta(seconds=s) for s in (5, 300, 1800)] + [timedelta(hours=h) for h in (2, 5, 7, 10)]
SPREAD = 0.1  # of a delay is added by chance, so that what failed together does not come back together
LONGEST_REST = timedelta(minutes=5)  # of a webhook between two failures
PAUSE_AFTER = timedelta(days=1)  # of failures alone
SWEEP_BATCH = 500
GONE = 410


def deliver_next(webhook_id: int, seconds: float = SECONDS) -> None:
    """Send the webhook's next delivery that is due, if none is on its way; another job does the one after it."""
    delivery = take_delivery(webhook_id)
    if delivery is not None:
        record_outcome(delivery, send(delivery, seconds))


# Taking.


def sendable() -> QuerySet[Webhook]:
    """Webhooks that may be sent something now: not paused, not resting, and of somebody who may have them."""
    rested = Q(rests_until=None) | Q(rests_until__lte=timezone.now())
    return webhooks_with_owner().filter(rested, paused_at=None)


def due() -> QuerySet[WebhookDelivery]:
    """Deliveries that wait no longer, or whose job died with its lease."""
    now = timezone.now()
    lapsed = Q(status=DeliveryStatus.SENDING, taken_until__lt=now)
    return WebhookDelivery.objects.filter(Q(status=DeliveryStatus.WAITING, next_attempt_at__lte=now) | lapsed)


def on_their_way() -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(status=DeliveryStatus.SENDING, taken_until__gte=timezone.now())


@transaction.atomic
def take_delivery(webhook_id: int) -> WebhookDelivery | None:
    webhook = sendable().select_for_update(no_key=True, of=("self",)).filter(pk=webhook_id).first()
    if webhook is None or on_their_way().filter(webhook=webhook).exists():
        return None
    # What was left on its way comes first: there is place for one.
    delivery = due().filter(webhook=webhook).order_by("status", "next_attempt_at", "id").first()
    if delivery is None:
        return None
    delivery.webhook = webhook
    delivery.status = DeliveryStatus.SENDING
    delivery.attempts += 1
    delivery.last_attempt_at = timezone.now()
    delivery.taken_until = delivery.last_attempt_at + ROW_LEASE
    delivery.save(update_fields=["status", "attempts", "last_attempt_at", "taken_until"])
    return delivery


# Recording.


@transaction.atomic
def record_outcome(delivery: WebhookDelivery, outcome: Outcome) -> None:
    """Only the attempt that took the row last may say how it ended; nothing is said of what was deleted meanwhile."""
    webhook = Webhook.objects.select_for_update(no_key=True).filter(pk=delivery.webhook_id).first()
    ours = WebhookDelivery.objects.filter(
        pk=delivery.pk, status=DeliveryStatus.SENDING, attempts=delivery.attempts
    ).first()
    if webhook is None or ours is None:
        return
    _note(ours, outcome)
    if outcome.error:
        _record_failure(webhook, ours, outcome)
    else:
        ours.status, ours.delivered_at = DeliveryStatus.DELIVERED, timezone.now()
        webhook.failures, webhook.failing_since, webhook.rests_until = 0, None, None
    ours.save()
    webhook.save(update_fields=["failures", "failing_since", "rests_until", "paused_at", "paused_because"])
    wake_if_due(webhook.pk)


def _note(delivery: WebhookDelivery, outcome: Outcome) -> None:
    delivery.taken_until = None
    delivery.last_error, delivery.last_answer = outcome.error, outcome.answer
    delivery.last_status, delivery.last_milliseconds = outcome.status, outcome.milliseconds


def _record_failure(webhook: Webhook, delivery: WebhookDelivery, outcome: Outcome) -> None:
    delivery.failures += 1
    if delivery.type == WebhookEvent.PING:  # a test says how it went, and that is all
        delivery.status = DeliveryStatus.FAILED
        return
    now = timezone.now()
    _spare(webhook, outcome, now)
    why = _why_pause(webhook, outcome, now)
    if why and webhook.is_active:
        _pause(webhook, delivery, why, now)
    if why or delivery.failures <= len(DELAYS):  # paused, it waits until somebody has mended the target
        delay = DELAYS[min(delivery.failures, len(DELAYS)) - 1] * random.uniform(1, 1 + SPREAD)  # noqa: S311
        delivery.status = DeliveryStatus.WAITING
        delivery.next_attempt_at = now + max(delay, outcome.retry_after)
    else:
        delivery.status = DeliveryStatus.FAILED


def _spare(webhook: Webhook, outcome: Outcome, now: datetime) -> None:
    """Leave the target alone for a while, the longer the more often it has failed, so that it holds up nobody else."""
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or now
    rest = min(timedelta(seconds=2 ** min(webhook.failures, 10)), LONGEST_REST)
    webhook.rests_until = now + max(rest, outcome.retry_after)


def _why_pause(webhook: Webhook, outcome: Outcome, now: datetime) -> PauseReason | None:
    if outcome.status == GONE:
        return PauseReason.GONE
    assert webhook.failing_since  # noqa: S101  it has just failed
    return PauseReason.FAILING if now - webhook.failing_since >= PAUSE_AFTER else None


def _pause(webhook: Webhook, delivery: WebhookDelivery, why: PauseReason, now: datetime) -> None:
    webhook.paused_at, webhook.paused_because = now, why
    context = {"webhook": webhook, "delivery": delivery, "is_gone": why is PauseReason.GONE}
    cause = f"webhook:{webhook.pk}:{now.astimezone(UTC):%Y%m%dT%H%M%S.%f}"
    queue_email(EmailKind.WEBHOOK_PAUSED, cause, [webhook.owner], context)
    logger.warning("webhook %s is paused: %s", webhook.pk, delivery.last_error)


# Waking.


def wake_if_due(webhook_id: int) -> None:
    """Have the next delivery of a webhook sent, if there is one to send."""
    if sendable().filter(pk=webhook_id).exists() and due().filter(webhook=webhook_id).exists():
        enqueue_on_commit(SEND_WEBHOOK, webhook_id)


def wake_webhooks() -> int:
    """The sweep: webhooks for which something is due and nothing on its way. Returns how many."""
    of_it = {"webhook": OuterRef("pk")}
    waiting = sendable().filter(Exists(due().filter(**of_it)), ~Exists(on_their_way().filter(**of_it)))
    ids = list(waiting.order_by("id").values_list("pk", flat=True)[:SWEEP_BATCH])
    with transaction.atomic():
        for webhook_id in ids:
            enqueue_on_commit(SEND_WEBHOOK, webhook_id)
    return len(ids)


def release_taken_deliveries() -> None:
    """For a desk that starts and knows that no worker of it is alive: let the first sweep take up everything."""
    taken = WebhookDelivery.objects.filter(status=DeliveryStatus.SENDING)
    taken.update(status=DeliveryStatus.WAITING, taken_until=None, next_attempt_at=timezone.now())
