"""The job that makes an article of a page that a feed names: taken, fetched outside any transaction, recorded once.

The address of the article is the link as the feed has it, wherever it leads: behind a site that sends everybody to
its sign-in, all articles would be one. A page whose article the desk has is not fetched again.
"""

import logging
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.enums import EntryStatus
from claims.exceptions import ArticleRefused
from claims.fetching import FetchedPage, Fetcher, FetchRefused
from claims.intake.articles import NewArticle, add_article, find_by_url
from claims.intake.extracting import GAVE_UP
from claims.intake.page_details import read_page_details
from claims.intake.page_text import read_page_text
from claims.intake.web_failures import NO_TEXT, OUR_FAULT, REFUSED, TOO_LONG, explain_refusal, may_pass
from claims.jobs import READ_ENTRY, ROW_LEASE, enqueue_on_commit
from claims.models import FeedEntry

logger = logging.getLogger(__name__)

# At least, after each failure that may pass; a sweep ends them. Then the entry has failed.
DELAYS = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6)]
SWEEP_BATCH = 50  # few, and seldom the same: what stands before a slow site is not piled up in the broker
WOKEN_EVERY = timedelta(minutes=5)
MOST_BYTES = 3_000_000  # of a page

_REFUSALS = {"empty": NO_TEXT, "no_article_text": NO_TEXT, "too_large": TOO_LONG}

FETCHER = Fetcher(seconds=10, max_bytes=MOST_BYTES + 1)  # one byte more tells that there is more


def read_entry(entry_id: int, fetcher: Fetcher = FETCHER) -> None:
    """Read the page if the entry waits and nobody reads it; whatever goes wrong is noted, but a database that fails."""
    entry = take_entry(entry_id)
    if entry is None:
        return
    try:
        record_article(entry, _build_article(entry, fetcher.fetch(entry.url)))
    except FetchRefused as refusal:
        record_failure(entry, explain_refusal(refusal), may_pass(refusal))
    except ArticleRefused as refusal:
        record_failure(entry, _REFUSALS.get(refusal.code, REFUSED), is_passing=False)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("entry %s could not be read", entry.pk)
        record_failure(entry, OUR_FAULT, is_passing=True)


def _build_article(entry: FeedEntry, page: FetchedPage) -> NewArticle:
    """What the feed says of the page goes before what the page says of itself. Raises ArticleRefused."""
    if len(page.body) > MOST_BYTES:
        raise ArticleRefused(TOO_LONG, code="too_large")
    title = entry.title or read_page_details(page.url, page.content_type, page.body).title
    text = read_page_text(page.body, page.content_type)
    outlet, day = entry.feed.outlet, entry.published_on
    return NewArticle(text=text, title=title, outlet=outlet, url=entry.url, published_on=day)


# Taking.


def takeable() -> QuerySet[FeedEntry]:
    """Entries that wait no longer, or whose job died with its lease; none of a feed that is paused."""
    now = timezone.now()
    lapsed = Q(status=EntryStatus.READING, taken_until__lt=now)
    waiting = Q(status=EntryStatus.WAITING, next_attempt_at__lte=now)
    return FeedEntry.objects.filter(waiting | lapsed, feed__paused_at=None)


@transaction.atomic
def take_entry(entry_id: int) -> FeedEntry | None:
    """None if there is nothing (more) to fetch."""
    locking = takeable().select_for_update(skip_locked=True, of=("self",)).select_related("feed")
    entry = locking.filter(pk=entry_id).first()
    if entry is None:
        return None
    entry.article = find_by_url(entry.url)
    if entry.article:
        _end(entry, EntryStatus.READ)
        return None
    if entry.status == EntryStatus.READING:
        entry.failures += 1
        if entry.failures > len(DELAYS):
            _end(entry, EntryStatus.FAILED, GAVE_UP % {"number": entry.failures})
            return None
    entry.status, entry.attempts = EntryStatus.READING, entry.attempts + 1
    entry.taken_until = timezone.now() + ROW_LEASE
    entry.save()
    return entry


# Recording.


@transaction.atomic
def record_article(entry: FeedEntry, new: NewArticle) -> None:
    """The article and the note that it is there are one; an attempt that was overtaken leaves neither.

    An article that came meanwhile by another way is taken as it is.
    """
    ours = _lock_attempt(entry)
    if ours:
        ours.article = find_by_url(ours.url) or add_article(new)[0]
        _end(ours, EntryStatus.READ)


@transaction.atomic
def record_failure(entry: FeedEntry, error: str, is_passing: bool) -> None:
    ours = _lock_attempt(entry)
    if ours is None:
        return
    ours.failures += 1
    if is_passing and ours.failures <= len(DELAYS):
        ours.next_attempt_at = timezone.now() + DELAYS[ours.failures - 1]
        _end(ours, EntryStatus.WAITING, error)
    else:
        _end(ours, EntryStatus.FAILED, error)


def _lock_attempt(entry: FeedEntry) -> FeedEntry | None:
    """The entry's row, locked, if this attempt was the last to take it; None also where it is deleted."""
    held = FeedEntry.objects.filter(pk=entry.pk, status=EntryStatus.READING, attempts=entry.attempts)
    return held.select_for_update(no_key=True).first()


def _end(entry: FeedEntry, status: EntryStatus, error: str = "") -> None:
    entry.status, entry.last_error, entry.taken_until = status, error, None
    entry.save()


# Waking.


@transaction.atomic
def wake_entries() -> int:
    """The sweep: enqueue again what has waited too long. Returns how many."""
    waiting = takeable().filter(next_attempt_at__lte=timezone.now() - WOKEN_EVERY).order_by("next_attempt_at")
    locked = waiting.select_for_update(skip_locked=True, of=("self",))
    ids = list(locked.values_list("pk", flat=True)[:SWEEP_BATCH])
    FeedEntry.objects.filter(pk__in=ids).update(next_attempt_at=timezone.now())
    for entry_id in ids:
        enqueue_on_commit(READ_ENTRY, entry_id)
    return len(ids)


def release_taken_entries() -> None:
    """For a desk that starts and knows that no worker of it is alive: let the first sweep take up everything."""
    taken, long_ago = FeedEntry.objects.filter(status=EntryStatus.READING), timezone.now() - timedelta(days=1)
    taken.update(status=EntryStatus.WAITING, taken_until=None, next_attempt_at=long_ago)
