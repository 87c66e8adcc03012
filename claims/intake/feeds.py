"""What people do with feeds: add, change, pause, resume and delete them, and have something read now."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import Conflict, DeskError
from claims.intake import page_reading
from claims.intake.articles import LIMITS, is_web_address
from claims.intake.page_details import tidy
from claims.jobs import READ_ENTRY, READ_FEED, enqueue_on_commit
from claims.models import Feed, FeedEntry, Reviewer
from claims.permissions import Power, require, visible_feeds

WORKING: dict[str, Any] = {"failures": 0, "failing_since": None, "last_error": "", "told_failing_at": None}
_UNREAD = WORKING | {"last_read_at": None, "etag": "", "last_modified": "", "taken_until": None}


def with_articles(feeds: QuerySet[Feed]) -> QuerySet[Any]:
    """Each with the number of `articles` that came of it."""
    read = FeedEntry.objects.filter(feed=OuterRef("pk"), article__isnull=False).order_by().values("feed")
    counted = read.annotate(total=Count("article", distinct=True)).values("total")
    return feeds.annotate(articles=Coalesce(Subquery(counted), 0))


def add_feed(person: Reviewer, *, url: str, outlet: str = "") -> Feed:
    """A feed that is read at once, and from then on by itself. Raises DeskError for what it cannot be."""
    require(person, Power.MANAGE_FEEDS)
    return _save(Feed(added_by=person), _check({"url": url, "outlet": outlet}))


@transaction.atomic
def change_feed(person: Reviewer, feed_id: int, **fields: Any) -> Feed:
    """Change its `url` or `outlet`. Raises DeskError.

    Another address is a feed that nobody has read yet: a reading that is under way records nothing.
    """
    feed = _lock(person, feed_id)
    fields = _check(fields)
    if fields.get("url", feed.url) != feed.url:
        fields |= _UNREAD | {"readings": feed.readings + 1, "next_read_at": timezone.now()}
    return _save(feed, fields)


@transaction.atomic
def pause_feed(person: Reviewer, feed_id: int) -> Feed:
    """Neither it nor what it has named is read any more, until it is resumed."""
    feed = _lock(person, feed_id)
    return _save(feed, {"paused_at": timezone.now()}) if feed.is_active else feed


@transaction.atomic
def resume_feed(person: Reviewer, feed_id: int) -> Feed:
    """How it fared before it was paused is forgotten."""
    feed = _lock(person, feed_id)
    return feed if feed.is_active else _save(feed, WORKING | {"paused_at": None, "next_read_at": timezone.now()})


@transaction.atomic
def read_feed_now(person: Reviewer, feed_id: int) -> Feed:
    """Have it read, whenever its turn would be. Raises Conflict while it is paused."""
    feed = _lock(person, feed_id)
    _check_active(feed)
    return _save(feed, {"next_read_at": timezone.now()})


@transaction.atomic
def delete_feed(person: Reviewer, feed_id: int) -> None:
    """The feed goes with the list of what it named; the articles stay."""
    _lock(person, feed_id).delete()


@transaction.atomic
def retry_entry(person: Reviewer, feed_id: int, entry_id: int) -> FeedEntry:
    """Give an entry that has failed, waits for another attempt or was passed over another set of attempts.

    Raises Conflict for one that is read or being read, or names no page, and while its feed is paused; NotPermitted,
    DoesNotExist.
    """
    require(person, Power.MANAGE_FEEDS)
    entries = FeedEntry.objects.filter(feed=feed_id, feed__in=visible_feeds(person))
    entry = entries.select_related("feed").select_for_update(no_key=True, of=("self",)).get(pk=entry_id)
    if not can_be_retried(entry):
        raise Conflict(_("There is nothing to try again: look at how it stands now."), code="not_retried")
    _check_active(entry.feed)
    page_reading.try_again(entry, READ_ENTRY)
    return entry


def can_be_retried(entry: FeedEntry) -> bool:
    return bool(entry.url) and page_reading.can_be_retried(entry)


def _check_active(feed: Feed) -> None:
    if not feed.is_active:
        raise Conflict(_("It is paused. Resume it first."), code="paused")


def _lock(person: Reviewer, feed_id: int) -> Feed:
    """Raises NotPermitted, Feed.DoesNotExist."""
    require(person, Power.MANAGE_FEEDS)
    return visible_feeds(person).select_for_update().get(pk=feed_id)


def _save(feed: Feed, fields: dict[str, Any]) -> Feed:
    """And wake who reads it, if it is due. Raises DeskError where another feed has the address."""
    for name, value in fields.items():
        setattr(feed, name, value)
    try:
        with transaction.atomic():
            feed.save()
            if feed.is_active and feed.next_read_at <= timezone.now():
                enqueue_on_commit(READ_FEED, feed.pk)
    except IntegrityError as error:
        if "one_feed_per_address" not in str(error):
            raise
        raise DeskError(_("The desk has a feed with this address already."), code="url") from error
    return feed


def _check(fields: dict[str, Any]) -> dict[str, Any]:
    tidied = {"url": _tidy_url, "outlet": tidy}
    fields = {name: tidied[name](value) for name, value in fields.items()}
    url = fields.get("url")
    if url is not None and not (is_web_address(url) and len(url) <= LIMITS["url"]):
        raise DeskError(
            _("The URL must begin with http:// or https://, name a host, and hold no password."), code="url"
        )
    if len(fields.get("outlet", "")) > LIMITS["outlet"]:
        raise DeskError(_("The name of the outlet may have 200 characters at most."), code="outlet")
    return fields


def _tidy_url(url: str) -> str:
    scheme, colon, rest = url.strip().partition(":")
    return scheme.lower() + colon + rest
