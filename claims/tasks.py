"""The jobs, as Celery sees them. Each carries an id at most, may run twice or late, and may die at any line."""

import logging
from functools import partial

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from claims import jobs
from claims.extraction import EXTRACTOR_VERSION, iter_claims
from claims.intake import article_pages, feed_entries, feed_reading
from claims.intake.extracting import recording_failure, renew_lease, take_version, wake_waiting_versions
from claims.intake.recording import record_claims
from claims.notifications.delivery import send_due_emails, wake_waiting_emails
from claims.notifications.gathering import tell_gathered
from claims.notifications.webhook_delivery import deliver_next, wake_webhooks
from claims.review import queue
from claims.review.assignments import lapse_expired
from claims.review.deadlines import escalate_overdue
from claims.review.digest import send_digests

logger = logging.getLogger(__name__)

SWEPT = (
    wake_waiting_versions,
    queue.wake_unqueued_versions,
    lapse_expired,
    escalate_overdue,
    tell_gathered,
    send_digests,
    wake_waiting_emails,
    wake_webhooks,
    feed_reading.wake_feeds,
    feed_entries.wake_entries,
    article_pages.wake_pages,
)


@shared_task(name=jobs.EXTRACT_VERSION)
def extract_version(version_id: int) -> None:
    version = take_version(version_id)
    if version is None:
        return
    with recording_failure(version, SoftTimeLimitExceeded):  # the machine may be busy: another attempt
        article, still_here = version.article, partial(renew_lease, version)
        found = list(iter_claims(version.text, article.published_on, article.language, on_window=still_here))
        record_claims(version, found, EXTRACTOR_VERSION)


@shared_task(name=jobs.QUEUE_CLAIMS)
def queue_claims(version_id: int) -> None:
    queue.queue_claims(version_id)


@shared_task(name=jobs.SEND_EMAILS)
def send_emails() -> None:
    send_due_emails()


@shared_task(name=jobs.SEND_WEBHOOK)
def send_webhook(webhook_id: int) -> None:
    deliver_next(webhook_id)


@shared_task(name=jobs.READ_FEED)
def read_feed(feed_id: int) -> None:
    feed_reading.read_feed(feed_id)


@shared_task(name=jobs.READ_ENTRY)
def read_entry(entry_id: int) -> None:
    feed_entries.read_entry(entry_id)


@shared_task(name=jobs.READ_PAGE)
def read_page(page_id: int) -> None:
    article_pages.read_page(page_id)


@shared_task(name="claims.sweep")
def sweep() -> None:
    """Bring back what was forgotten, end turns that ran out, tell what is late; what fails stops nothing else."""
    for part in SWEPT:
        try:
            part()
        except Exception:
            logger.exception("the sweep could not %s", part.__name__)
