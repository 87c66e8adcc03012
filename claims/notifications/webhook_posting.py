"""One delivery of a webhook, signed and posted: through the guarded door, and outside any transaction."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.utils import timezone

from claims.fetching import Fetcher, FetchRefused, resolve_name
from claims.marked import stored
from claims.models import Webhook, WebhookDelivery
from claims.notifications.signing import sign
from claims.public_addresses import Address, is_public

logger = logging.getLogger(__name__)

OUR_FAULT = stored("The desk failed at sending it; why is in its own log.")
TOO_SLOW = stored("The target takes too long to answer.")
NO_ANSWER = stored("Nothing answers at this address, or it is one that the desk does not send to.")
REDIRECTS = stored("The target answers %(status)s. Redirects are not followed: give the address they lead to.")
REFUSES = stored("The target answers %(status)s.")

SECONDS = 15.0  # for a whole attempt; its job has a little more
MOST_READ = 4_000  # bytes of an answer
MOST_KEPT = 1_000  # characters of it
LONGEST_RETRY_AFTER = timedelta(hours=10)


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended: `error` in words, or ""; `status` and `answer` of the target, if it answered."""

    error: str = ""
    status: int | None = None
    answer: str = ""
    retry_after: timedelta = timedelta()
    milliseconds: int = 0


def open_door(url: str, *, seconds: float = SECONDS, resolve: Callable[[str], list[str]] = resolve_name) -> Fetcher:
    """To the public internet by https alone; to the networks that the operator names, by http as well."""

    def is_named(address: Address) -> bool:
        return any(address in network for network in settings.WEBHOOK_NETWORKS)

    def is_allowed(address: Address) -> bool:
        return is_named(address) or is_public(address)

    allowed = is_allowed if url.lower().startswith("https:") else is_named
    return Fetcher(is_allowed=allowed, ports=range(1, 65_536), resolve=resolve, seconds=seconds, max_bytes=MOST_READ)


def send(delivery: WebhookDelivery, seconds: float) -> Outcome:
    """Post it within `seconds` for everything, and tell how that ended: whatever goes wrong is an outcome, too."""
    webhook, body, now = delivery.webhook, delivery.body.encode(), timezone.now()
    headers = sign(delivery.event_id, now, body, secrets_of(webhook, now))
    began = time.monotonic()
    try:
        door = open_door(webhook.url, seconds=seconds)
        answer = door.post(webhook.url, body, headers | {"Content-Type": "application/json"})
    except FetchRefused as refusal:
        return Outcome(_explain(refusal), milliseconds=_since(began))
    except Exception:
        logger.exception("delivery %s could not be sent", delivery.pk)
        return Outcome(OUR_FAULT, milliseconds=_since(began))
    shown = answer.body.decode("utf-8", "replace").replace("\x00", "")[:MOST_KEPT]
    error = "" if 200 <= answer.status < 300 else _explain_status(answer.status)
    return Outcome(error, answer.status, shown, read_retry_after(answer.retry_after), _since(began))


def secrets_of(webhook: Webhook, now: datetime) -> list[str]:
    """The secret, and while a rotation is under way the one before it."""
    is_old_valid = webhook.previous_secret_until is not None and webhook.previous_secret_until > now
    return [webhook.secret, webhook.previous_secret] if is_old_valid else [webhook.secret]


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _explain(refusal: FetchRefused) -> str:
    return TOO_SLOW if refusal.code == "too_slow" else NO_ANSWER


def _explain_status(status: int) -> str:
    return (REDIRECTS if 300 <= status < 400 else REFUSES) % {"status": status}


def read_retry_after(words: str) -> timedelta:
    """How long the target wants to be left alone, up to LONGEST_RETRY_AFTER; it says seconds, a date, or nothing."""
    try:
        wait = _seconds(words) if words.isdecimal() else parsedate_to_datetime(words) - timezone.now()
    except (ValueError, TypeError, OverflowError):  # no date, one without a zone, one beyond the calendar
        return timedelta()
    return min(max(wait, timedelta()), LONGEST_RETRY_AFTER)


def _seconds(words: str) -> timedelta:
    return timedelta(seconds=min(int(words), 1_000_000))
