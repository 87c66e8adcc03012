"""How a page of the web is read, whoever named it: taken under a lease, fetched outside any transaction, noted once.

What becomes of its words, and whose the page is, the jobs know: `feed_entries` and `article_pages`.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.enums import PageStatus
from claims.exceptions import ArticleRefused
from claims.fetching import Fetcher, FetchRefused
from claims.intake.extracting import GAVE_UP
from claims.intake.page_text import MOST_BYTES
from claims.intake.web_failures import NO_TEXT, OUR_FAULT, REFUSED, TOO_LONG, explain_refusal, may_pass
from claims.jobs import ROW_LEASE, enqueue_on_commit
from claims.models.page_reading import PageReading

logger = logging.getLogger(__name__)
Page = TypeVar("Page", bound=PageReading)

# At least, after each failure that may pass; a sweep ends them. Then the reading has failed.
DELAYS = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6)]
SWEEP_BATCH = 50  # few, and seldom the same: what stands before a slow site is not piled up in the broker
WOKEN_EVERY = timedelta(minutes=5)

_REFUSALS = {"empty": NO_TEXT, "no_article_text": NO_TEXT, "too_large": TOO_LONG}

FETCHER = Fetcher(seconds=10, max_bytes=MOST_BYTES + 1)  # one byte more tells that there is more


@contextmanager
def noting_failures(page: PageReading, note: Callable[[str, bool], None]) -> Iterator[None]:
    """Whatever goes wrong is noted, as an error and whether it may pass, but a database that fails."""
    try:
        yield
    except FetchRefused as refusal:
        note(explain_refusal(refusal), may_pass(refusal))
    except ArticleRefused as refusal:
        note(_REFUSALS.get(refusal.code, REFUSED), False)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("%s %s could not be read", type(page).__name__, page.pk)
        note(OUR_FAULT, True)


# Taking.


def takeable(model: type[Page]) -> QuerySet[Page]:
    """Pages that wait no longer, or whose job died with its lease."""
    now = timezone.now()
    lapsed = Q(status=PageStatus.READING, taken_until__lt=now)
    return model._default_manager.filter(Q(status=PageStatus.WAITING, next_attempt_at__lte=now) | lapsed)


def begin_attempt(page: PageReading) -> bool:
    """Take the locked page; False if its jobs have died too often: it has failed then."""
    if page.status == PageStatus.READING:
        page.failures += 1
        if page.failures > len(DELAYS):
            end_attempt(page, PageStatus.FAILED, GAVE_UP % {"number": page.failures})
            return False
    page.status, page.attempts = PageStatus.READING, page.attempts + 1
    page.taken_until = timezone.now() + ROW_LEASE
    page.save()
    return True


# Recording.


def lock_attempt(page: Page) -> Page | None:
    """The page's row, locked, if this attempt was the last to take it; None also where it is deleted."""
    rows = type(page)._default_manager.filter(pk=page.pk, status=PageStatus.READING, attempts=page.attempts)
    return rows.select_for_update(no_key=True).first()


def note_failure(page: PageReading, error: str, is_passing: bool) -> None:
    """The locked page waits for another attempt, or has failed."""
    page.failures += 1
    if is_passing and page.failures <= len(DELAYS):
        page.next_attempt_at = timezone.now() + DELAYS[page.failures - 1]
        end_attempt(page, PageStatus.WAITING, error)
    else:
        end_attempt(page, PageStatus.FAILED, error)


def end_attempt(page: PageReading, status: PageStatus, error: str = "") -> None:
    page.status, page.last_error, page.taken_until = status, error, None
    page.save()


def can_be_retried(page: PageReading) -> bool:
    return page.status not in (PageStatus.READ, PageStatus.READING)


def try_again(page: PageReading, job: str) -> None:
    """Give the locked page another set of attempts, now."""
    page.status, page.last_error, page.failures, page.next_attempt_at = PageStatus.WAITING, "", 0, timezone.now()
    page.save()
    enqueue_on_commit(job, page.pk)


# Waking.


@transaction.atomic
def wake(pages: QuerySet[Page], job: str) -> int:
    """The sweep: enqueue again those of the takeable pages that have waited too long. Returns how many."""
    waiting = pages.filter(next_attempt_at__lte=timezone.now() - WOKEN_EVERY).order_by("next_attempt_at")
    locked = waiting.select_for_update(skip_locked=True, of=("self",))
    ids = list(locked.values_list("pk", flat=True)[:SWEEP_BATCH])
    pages.model._default_manager.filter(pk__in=ids).update(next_attempt_at=timezone.now())
    for page_id in ids:
        enqueue_on_commit(job, page_id)
    return len(ids)


def release(model: type[PageReading]) -> None:
    """For a desk that starts and knows that no worker of it is alive: let the first sweep take up everything."""
    taken, long_ago = model._default_manager.filter(status=PageStatus.READING), timezone.now() - timedelta(days=1)
    taken.update(status=PageStatus.WAITING, taken_until=None, next_attempt_at=long_ago)
