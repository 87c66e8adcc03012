"""What programs are told of: a row for each webhook that listens, written in the transaction of its cause.

Every owner is told the same, and may know it: no verdict, no name of a person, no word of a reason, and never that
verdicts differ. A paused webhook goes on collecting; what it missed is sent when it is resumed.
"""

import json
import uuid
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from claims.enums import ClaimStatus, EventKind, WebhookEvent
from claims.jobs import SEND_WEBHOOK, enqueue_on_commit
from claims.models import Article, ArticlePage, ArticleVersion, Claim, ClaimEvent, FactCheck, Webhook, WebhookDelivery

# What is missing here stays at the desk: who took, judged or found what, and everything about an adjudication.
TOLD: dict[EventKind, WebhookEvent] = {
    EventKind.QUEUED: WebhookEvent.CLAIM_QUEUED,
    EventKind.DECIDED: WebhookEvent.CLAIM_DECIDED,
    EventKind.ADJUDICATED: WebhookEvent.CLAIM_DECIDED,
    EventKind.RESTORED: WebhookEvent.CLAIM_DECIDED,  # the decision stands again
    EventKind.DISMISSED: WebhookEvent.CLAIM_DISMISSED,
    EventKind.RETIRED: WebhookEvent.CLAIM_DISMISSED,
    EventKind.REOPENED: WebhookEvent.CLAIM_REOPENED,
    EventKind.UNMERGED: WebhookEvent.CLAIM_REOPENED,
    EventKind.FOUND_AGAIN: WebhookEvent.CLAIM_REOPENED,
    EventKind.MERGED: WebhookEvent.CLAIM_DUPLICATE,
    EventKind.CORRECTED: WebhookEvent.CLAIM_CORRECTED,
    EventKind.RELABELLED: WebhookEvent.CLAIM_CORRECTED,
}

# Until the transaction ends nobody deletes the webhook from under its delivery; the lock stops nothing else.
_LISTENING = "SELECT id FROM claims_webhook WHERE events @> ARRAY[%s]::varchar[] ORDER BY id FOR KEY SHARE"


def tell_of_claim(claim: Claim, event: ClaimEvent) -> None:
    """The claim as it stands after the event. Where nobody listens, that costs one cheap query and no more."""
    if told := TOLD.get(EventKind(event.kind)):
        _tell(told, f"event:{event.pk}", event.at, lambda: _describe_claim(claim))


def tell_of_fact_check(fact_check: FactCheck, event: ClaimEvent, told: WebhookEvent) -> None:
    """What is public now, and of a correction or withdrawal its public reason; with it the claim as it stands."""
    _tell(told, f"event:{event.pk}", event.at, lambda: _describe_fact_check(fact_check, event))


def tell_of_reading(version: ArticleVersion, told: WebhookEvent) -> None:
    """An article was read, or could not be; each attempt is told of once."""
    cause = f"version:{version.pk}:{version.attempts}"
    _tell(told, cause, timezone.now(), lambda: _describe_reading(version, told))


def tell_of_page(page: ArticlePage) -> None:
    """The text of an article could not be had at its address."""
    cause = f"page:{page.pk}:{page.attempts}"
    _tell(WebhookEvent.ARTICLE_FAILED, cause, timezone.now(), lambda: _describe_text(page.article, None))


def write_ping(webhook: Webhook, at: datetime) -> WebhookDelivery:
    """A test: the webhook is sent it at the next opportunity, once."""
    message = _build(WebhookEvent.PING, f"ping:{uuid.uuid4().hex}", at, {"webhook": webhook.pk})
    message.webhook = webhook
    message.save(force_insert=True)
    enqueue_on_commit(SEND_WEBHOOK, webhook.pk)
    return message


def _tell(told: WebhookEvent, cause: str, at: datetime, describe: Callable[[], dict[str, Any]]) -> None:
    if listening := _who_listens(told):
        message = _build(told, cause, at, describe())
        _write(message, listening)


def _who_listens(told: WebhookEvent) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_LISTENING, [told.value])
        return [pk for (pk,) in cursor.fetchall()]


def _build(told: WebhookEvent, cause: str, at: datetime, data: dict[str, Any]) -> WebhookDelivery:
    """A delivery that is nobody's yet. Its body is written here once, and never again."""
    timestamp = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    body = {"type": told.value, "timestamp": timestamp, "data": data}
    event_id = f"msg_{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.SITE_URL}/{cause}').hex}"
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return WebhookDelivery(cause=cause, event_id=event_id, type=told, body=written)


def _write(message: WebhookDelivery, listening: Collection[int]) -> None:
    copies = [
        WebhookDelivery(
            webhook_id=webhook, cause=message.cause, event_id=message.event_id, type=message.type, body=message.body
        )
        for webhook in listening
    ]
    WebhookDelivery.objects.bulk_create(copies, ignore_conflicts=True)  # the same cause again writes nothing again
    for webhook in listening:
        enqueue_on_commit(SEND_WEBHOOK, webhook)


def _describe_claim(claim: Claim) -> dict[str, Any]:
    # As a blind reviewer sees it: that verdicts differ is told to nobody.
    is_adjudicated = claim.status == ClaimStatus.IN_ADJUDICATION
    return {
        "claim": claim.pk,
        "headline": claim.headline,
        "kind": str(claim.kind),
        "status": str(ClaimStatus.IN_REVIEW if is_adjudicated else claim.status),
        "rating": claim.rating.name if claim.rating else None,
        "duplicate_of": claim.duplicate_of_id,
        "article": _describe_article(claim.article),
        "api_url": _address("claim", claim.pk),
    }


def _describe_fact_check(fact_check: FactCheck, event: ClaimEvent) -> dict[str, Any]:
    return _describe_claim(event.claim) | {
        "fact_check": {
            "slug": fact_check.slug,
            "title": fact_check.title,
            "summary": fact_check.summary,
            "rating": fact_check.rating.name,
            "is_withdrawn": fact_check.withdrawn_at is not None,
            "url": settings.SITE_URL + reverse("fact_check", args=[fact_check.slug]),
            "api_url": settings.SITE_URL + reverse("api:fact-check", args=[fact_check.slug]),
        },
        "note": event.reason,
    }


def _describe_reading(version: ArticleVersion, told: WebhookEvent) -> dict[str, Any]:
    described = _describe_text(version.article, version.number)
    if told is WebhookEvent.ARTICLE_EXTRACTED:
        described["claims"] = version.appearances.values("claim").distinct().count()
    return described


def _describe_text(article: Article, version: int | None) -> dict[str, Any]:
    return {"article": _describe_article(article), "version": version, "api_url": _address("article", article.pk)}


def _describe_article(article: Article) -> dict[str, Any]:
    return {
        "id": article.pk,
        "url": article.url,
        "external_id": article.external_id,
        "title": article.title,
        "outlet": article.outlet,
    }


def _address(name: str, number: int) -> str:
    return settings.SITE_URL + reverse(f"api:{name}", args=[number])
