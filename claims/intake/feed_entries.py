"""The job that makes an article of a page that a feed names.

The address of the article is the link as the feed has it, wherever it leads: behind a site that sends everybody to
its sign-in, all articles would be one. A page whose article the desk has is not fetched again.
"""

from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from claims.enums import PageStatus
from claims.fetching import Fetcher
from claims.intake import page_reading
from claims.intake.articles import NewArticle, add_read_page, find_by_url
from claims.intake.cleaning import CleanedPage
from claims.intake.page_reading import FETCHER, begin_attempt, end_attempt, lock_attempt, noting_failures
from claims.intake.page_source import read_source
from claims.jobs import READ_ENTRY
from claims.models import FeedEntry


def read_entry(entry_id: int, fetcher: Fetcher = FETCHER) -> None:
    """Read the page if the entry waits and nobody reads it."""
    entry = take_entry(entry_id)
    if entry:
        with noting_failures(entry, partial(record_failure, entry)):
            found = fetcher.fetch(entry.url)
            record_article(entry, read_source(found.url, found.content_type, found.body))


def _described(entry: FeedEntry) -> NewArticle:
    """What the feed says of the page, which goes before what the page says of itself."""
    return NewArticle(title=entry.title, outlet=entry.feed.outlet, url=entry.url, published_on=entry.published_on)


def takeable() -> QuerySet[FeedEntry]:
    """None of a feed that is paused."""
    return page_reading.takeable(FeedEntry).filter(feed__paused_at=None)


@transaction.atomic
def take_entry(entry_id: int) -> FeedEntry | None:
    """None if there is nothing (more) to fetch."""
    locking = takeable().select_for_update(skip_locked=True, of=("self",)).select_related("feed")
    entry = locking.filter(pk=entry_id).first()
    if entry is None:
        return None
    entry.article = find_by_url(entry.url)
    if entry.article:
        end_attempt(entry, PageStatus.READ)
        return None
    return entry if begin_attempt(entry) else None


@transaction.atomic
def record_article(entry: FeedEntry, page: CleanedPage) -> None:
    """The article and the note that it is there are one; an attempt that was overtaken leaves neither.

    An article that came meanwhile by another way is taken as it is.
    """
    ours = lock_attempt(entry)
    if ours:
        ours.article = add_read_page(_described(entry), page)
        end_attempt(ours, PageStatus.READ)


@transaction.atomic
def record_failure(entry: FeedEntry, error: str, is_passing: bool) -> None:
    ours = lock_attempt(entry)
    if ours:
        page_reading.note_failure(ours, error, is_passing)


def wake_entries() -> int:
    """The sweep. Returns how many."""
    return page_reading.wake(takeable(), READ_ENTRY)


def release_taken_entries() -> None:
    page_reading.release(FeedEntry)
