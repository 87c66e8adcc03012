"""The job that reads a feed: taken under a lease, fetched outside any transaction, what is new in it recorded once.

An entry that is known, by its identity or its address, is never looked at again: a page that changed later is not
read a second time.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.enums import PageStatus
from claims.fetching import FEEDS, FetchedPage, Fetcher, FetchRefused, Validators
from claims.intake.feed_formats import FoundEntry, NotAFeed, read_entries
from claims.intake.feeds import WORKING
from claims.intake.web_failures import DIED, NO_FEED, NO_PAGE, OUR_FAULT, TOO_LARGE, explain_refusal
from claims.jobs import READ_ENTRY, READ_FEED, ROW_LEASE, enqueue_on_commit
from claims.models import Feed, FeedEntry
from claims.notifications.routing import tell_feed_failing

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=15)  # a feed is read, and tried again after its first failure
LONGEST_REST = timedelta(hours=4)  # between two failures
TOLD_AFTER_FAILURES, TOLD_AFTER = 3, timedelta(hours=1)  # in a row, and since the first of them
FIRST_ENTRIES = 10  # that become articles, the newest, of what a feed holds when it is read first
MOST_AT_ONCE = 50  # of any later reading: one feed holds up no others
MOST_MEGABYTES = 2
SWEEP_BATCH = 500

FETCHER = Fetcher(seconds=10, max_bytes=MOST_MEGABYTES * 1_000_000 + 1)  # one byte more tells that there is more


class Unreadable(Exception):
    """What came is no feed that can be read; the message is a stored sentence."""


def read_feed(feed_id: int, fetcher: Fetcher = FETCHER) -> None:
    """Read the feed if it is due and nobody reads it; whatever goes wrong is noted on it, but a database that fails."""
    feed = take_feed(feed_id)
    if feed is None:
        return
    try:
        page = fetcher.fetch(feed.url, FEEDS, Validators(feed.etag, feed.last_modified))
        record_reading(feed, page, [] if page.is_unchanged else _parse(page))
    except FetchRefused as refusal:
        record_failure(feed, explain_refusal(refusal))
    except Unreadable as unreadable:
        record_failure(feed, str(unreadable))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("feed %s could not be read", feed.pk)
        record_failure(feed, OUR_FAULT)


def _parse(page: FetchedPage) -> list[FoundEntry]:
    if len(page.body) > MOST_MEGABYTES * 1_000_000:
        raise Unreadable(TOO_LARGE % {"most": MOST_MEGABYTES})
    try:
        return read_entries(page.body, page.content_type, page.url)
    except NotAFeed as error:
        raise Unreadable(NO_FEED) from error


# Taking.


def due() -> QuerySet[Feed]:
    """Feeds whose time has come, and that nobody reads who still lives."""
    now = timezone.now()
    return Feed.objects.filter(Q(taken_until=None) | Q(taken_until__lt=now), paused_at=None, next_read_at__lte=now)


@transaction.atomic
def take_feed(feed_id: int) -> Feed | None:
    """A reading that died is a failure as any other; the first of them is made up for at once."""
    feed = due().select_for_update(skip_locked=True, no_key=True).filter(pk=feed_id).first()
    if feed is None:
        return None
    now = timezone.now()
    if feed.taken_until:
        _note_failure(feed, DIED, now)
    feed.next_read_at = now + _rest(feed.failures)
    feed.readings += 1
    feed.taken_until = now + ROW_LEASE
    feed.save()
    return feed


def _rest(failures: int) -> timedelta:
    """Between two readings that failed, the longer the more have."""
    return min(EVERY * 2 ** (min(failures, 10) - 1), LONGEST_REST) if failures else timedelta()


# Recording.


@transaction.atomic
def record_reading(feed: Feed, page: FetchedPage, entries: Sequence[FoundEntry]) -> None:
    """Only the reading that took the feed last may say what it found."""
    ours = _lock_reading(feed)
    if ours is None:
        return
    _record_entries(ours, entries)
    for name, value in WORKING.items():
        setattr(ours, name, value)
    ours.etag, ours.last_modified = page.validators
    ours.last_read_at, ours.taken_until = timezone.now(), None
    ours.next_read_at = ours.last_read_at + EVERY
    ours.save()


@transaction.atomic
def record_failure(feed: Feed, error: str) -> None:
    ours = _lock_reading(feed)
    if ours:
        _note_failure(ours, error, timezone.now())
        ours.save()


def _lock_reading(feed: Feed) -> Feed | None:
    """The feed's row, locked, if this reading was the last to take it; None also where it is deleted."""
    held = Feed.objects.filter(pk=feed.pk, readings=feed.readings, taken_until__isnull=False)
    return held.select_for_update(no_key=True).first()


def _record_entries(feed: Feed, entries: Sequence[FoundEntry]) -> None:
    new = _leave_out_known(feed, entries)
    most = MOST_AT_ONCE if feed.last_read_at else FIRST_ENTRIES
    rows = [_build_entry(feed, entry, place >= most) for place, entry in enumerate(new)]
    for row in FeedEntry.objects.bulk_create(reversed(rows)):
        if row.status == PageStatus.WAITING:
            enqueue_on_commit(READ_ENTRY, row.pk)


def _leave_out_known(feed: Feed, entries: Sequence[FoundEntry]) -> list[FoundEntry]:
    """Some feeds give their pages other guids each time: these are known by their addresses."""
    identities, urls = [entry.identity for entry in entries], [entry.url for entry in entries if entry.url]
    rows = feed.entries.filter(Q(identity__in=identities) | Q(url__in=urls))
    known = set(chain.from_iterable(rows.values_list("identity", "url"))) - {""}
    return [entry for entry in entries if known.isdisjoint((entry.identity, entry.url))]


def _build_entry(feed: Feed, found: FoundEntry, is_too_many: bool) -> FeedEntry:
    entry = FeedEntry(
        feed=feed, identity=found.identity, url=found.url, title=found.title, published_on=found.published_on
    )
    if not found.url:
        entry.status, entry.last_error = PageStatus.FAILED, NO_PAGE
    elif is_too_many:
        entry.status = PageStatus.SKIPPED
    return entry


def _note_failure(feed: Feed, error: str, now: datetime) -> None:
    feed.failures += 1
    feed.failing_since = feed.failing_since or now
    feed.last_error, feed.taken_until = error, None
    feed.next_read_at = now + _rest(feed.failures)
    is_told = feed.failures >= TOLD_AFTER_FAILURES and now - feed.failing_since >= TOLD_AFTER
    if is_told and feed.is_active and not feed.told_failing_at:
        feed.told_failing_at = now
        tell_feed_failing(feed)


# Waking.


@transaction.atomic
def wake_feeds() -> int:
    """The sweep: feeds whose time has come. Returns how many."""
    cutoff = timezone.now() - timedelta(seconds=settings.SWEEP_AFTER_SECONDS)
    waiting = due().filter(next_read_at__lte=cutoff).select_for_update(skip_locked=True, no_key=True)
    ids = list(waiting.order_by("next_read_at").values_list("pk", flat=True)[:SWEEP_BATCH])
    Feed.objects.filter(pk__in=ids).update(next_read_at=timezone.now())  # so that the next sweep leaves them alone
    for feed_id in ids:
        enqueue_on_commit(READ_FEED, feed_id)
    return len(ids)


def release_taken_feeds() -> None:
    """For a desk that starts and knows that no worker of it is alive: let the first sweep take up everything."""
    long_ago = timezone.now() - timedelta(days=1)
    Feed.objects.filter(taken_until__isnull=False).update(taken_until=None, next_read_at=long_ago)
