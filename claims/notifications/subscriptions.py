"""What people do with webhooks: make, change, pause, test and delete them, renew their secret, send something again."""

from collections.abc import Iterable
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import DeliveryStatus, PauseReason
from claims.exceptions import Conflict, DeskError
from claims.jobs import SEND_WEBHOOK, enqueue_on_commit
from claims.models import Reviewer, Webhook, WebhookDelivery
from claims.models.webhook import SUBSCRIBABLE
from claims.notifications.signing import make_secret
from claims.notifications.webhook_delivery import on_their_way
from claims.notifications.webhook_posting import open_door
from claims.notifications.webhooks import write_ping
from claims.permissions import Power, can, require, visible_webhooks

MOST_WEBHOOKS = 20  # of one person
OLD_SECRET_HOLDS = timedelta(days=1)  # beside the new one
_UNTRIED = {"failures": 0, "failing_since": None, "rests_until": None}


@transaction.atomic
def create_webhook(person: Reviewer, *, url: str, events: Iterable[str], description: str = "") -> Webhook:
    """A webhook of the person's; its `secret` is theirs to see this once. Raises DeskError for what it cannot be."""
    require(person, Power.OWN_WEBHOOKS)
    fields = _check({"url": url, "events": events, "description": description})
    Reviewer.objects.select_for_update(no_key=True).get(pk=person.pk)  # two at once count each other
    if person.webhooks.count() >= MOST_WEBHOOKS:
        words = _("You have %(most)s webhooks, which is the most there may be. Delete one first.")
        raise DeskError(words % {"most": MOST_WEBHOOKS}, code="too_many")
    return Webhook.objects.create(owner=person, secret=make_secret(), **fields)


class Changed(NamedTuple):
    webhook: Webhook
    new_secret: str  # to be seen this once; empty where it is still the old one


@transaction.atomic
def change_webhook(person: Reviewer, webhook_id: int, **fields: Any) -> Changed:
    """Change its `url`, `events` or `description`; an administrator its `owner`, too. Raises DeskError.

    Another owner comes with a new secret, as by `rotate_secret`: the last one knows the old.
    """
    webhook = _lock(person, webhook_id)
    fields = _check(fields)
    if "owner" in fields:
        _check_owner(person, fields["owner"])
        if fields["owner"] != webhook.owner:
            fields |= _renew_secret(webhook)
    if fields.get("url", webhook.url) != webhook.url:
        fields |= _UNTRIED
    return Changed(_save(webhook, **fields), fields.get("secret", ""))


@transaction.atomic
def rotate_secret(person: Reviewer, webhook_id: int) -> Webhook:
    """A new `secret`, to be seen this once. For a day the one before it signs as well, and one before that no more."""
    webhook = _lock(person, webhook_id)
    return _save(webhook, **_renew_secret(webhook))


@transaction.atomic
def pause_webhook(person: Reviewer, webhook_id: int) -> Webhook:
    """Nothing is sent any more; what happens meanwhile is kept for it."""
    webhook = _lock(person, webhook_id)
    if not webhook.is_active:
        return webhook
    return _save(webhook, paused_at=timezone.now(), paused_because=PauseReason.BY_HAND)


@transaction.atomic
def resume_webhook(person: Reviewer, webhook_id: int) -> Webhook:
    """Send it what has waited, and what is to come."""
    webhook = _lock(person, webhook_id)
    if not webhook.is_active:
        _save(webhook, paused_at=None, paused_because="", **_UNTRIED)
        webhook.deliveries.filter(status=DeliveryStatus.WAITING).update(failures=0, next_attempt_at=timezone.now())
        enqueue_on_commit(SEND_WEBHOOK, webhook.pk)
    return webhook


def delete_webhook(person: Reviewer, webhook_id: int) -> None:
    """The webhook goes, and its deliveries with it: many of them before the lock, for which the desk would wait."""
    webhook = visible_webhooks(person).get(pk=webhook_id)
    webhook.deliveries.exclude(status=DeliveryStatus.SENDING).delete()
    with transaction.atomic():
        Webhook.objects.select_for_update().filter(pk=webhook_id).first()
        Webhook.objects.filter(pk=webhook_id).delete()


@transaction.atomic
def send_ping(person: Reviewer, webhook_id: int) -> WebhookDelivery:
    """Send it a ping, now and once. Raises Conflict while nothing is sent to it."""
    webhook = _lock(person, webhook_id)
    _check_sending(webhook)
    _save(webhook, rests_until=None)
    return write_ping(webhook, timezone.now())


@transaction.atomic
def replay_delivery(person: Reviewer, webhook_id: int, delivery_id: int) -> WebhookDelivery:
    """Send it again with the same id and the same bytes, as soon as the webhook is sent anything.

    Raises Conflict while it is on its way.
    """
    webhook = _lock(person, webhook_id)
    delivery = webhook.deliveries.get(pk=delivery_id)
    if on_their_way().filter(pk=delivery.pk).exists():
        raise Conflict(_("It is being sent right now. Look again in a moment."))
    delivery.status, delivery.delivered_at, delivery.taken_until = DeliveryStatus.WAITING, None, None
    delivery.failures, delivery.next_attempt_at = 0, timezone.now()
    delivery.save(update_fields=["status", "delivered_at", "taken_until", "failures", "next_attempt_at"])
    _save(webhook, rests_until=None)
    enqueue_on_commit(SEND_WEBHOOK, webhook.pk)
    return delivery


def _lock(person: Reviewer, webhook_id: int) -> Any:
    """The webhook if it is the person's to change. Raises Webhook.DoesNotExist."""
    return visible_webhooks(person).select_for_update(no_key=True, of=("self",)).get(pk=webhook_id)


def _save(webhook: Webhook, **fields: Any) -> Webhook:
    for name, value in fields.items():
        setattr(webhook, name, value)
    webhook.save(update_fields=list(fields))
    return webhook


def _renew_secret(webhook: Webhook) -> dict[str, Any]:
    until = timezone.now() + OLD_SECRET_HOLDS
    return {"secret": make_secret(), "previous_secret": webhook.secret, "previous_secret_until": until}


def _check_sending(webhook: Any) -> None:
    if not webhook.is_active:
        raise Conflict(_("It is paused. Resume it first."), code="paused")
    if webhook.is_stopped:
        raise Conflict(_("Its owner may not have webhooks any more. Give it to somebody else first."), code="stopped")


def _check_owner(person: Reviewer, owner: Reviewer) -> None:
    require(person, Power.ADMINISTER)
    if not can(owner, Power.OWN_WEBHOOKS):
        words = _("%(person)s may not have webhooks. Choose a producer, an editor or an administrator.")
        raise DeskError(words % {"person": owner}, code="owner")


def _check(fields: dict[str, Any]) -> dict[str, Any]:
    if "url" in fields:
        fields["url"] = fields["url"].strip()
        _check_url(fields["url"])
    if "events" in fields:
        wanted = set(fields["events"])
        if not wanted or not wanted <= set(SUBSCRIBABLE):
            raise DeskError(_("Choose one event or more, of those that there are."), code="events")
        fields["events"] = [event for event in SUBSCRIBABLE if event in wanted]
    return fields


def _check_url(url: str) -> None:
    """What can be said before the address is used: where its name leads is checked at each connection."""
    needed = _("The address must begin with https://, name a machine, and hold no password.")
    try:
        URLValidator(schemes=["http", "https"])(url)
        parts = urlsplit(url)
        is_whole = parts.username is None and parts.port != 0 and len(url) <= 2000 and url.isprintable()
    except (ValidationError, ValueError) as error:
        raise DeskError(needed, code="url") from error
    if not is_whole or (parts.scheme == "http" and not settings.WEBHOOK_NETWORKS):
        raise DeskError(needed, code="url")
    if not _may_lead_there(url, parts.hostname or ""):
        words = _("This is an address that the desk does not send to: a private one, or one without https.")
        raise DeskError(words, code="url")


def _may_lead_there(url: str, host: str) -> bool:
    """False for a number that is refused whenever it is connected to; a name may stand for anything."""
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return True
    return open_door(url).is_allowed(address)
