"""The bytes of a feed (RSS, Atom, JSON Feed) -> the pages that it names. Pure Python.

Feeds may be hostile or broken: entries that lack what others have are read as far as they go.
"""

import calendar
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from claims.intake.page_details import cut, tidy

MOST_ENTRIES = 500  # that are looked at, of one feed
_MOST_READ = 5000  # of which these are the newest
_LONGEST_URL = 2000  # characters, as of the model
_LONGEST_TITLE = 500
_MARK = b"\xef\xbb\xbf"
_TAG = re.compile(r"<[^<>]*+>")


class NotAFeed(Exception):
    """The bytes are no feed that can be read."""


@dataclass(frozen=True)
class FoundEntry:
    """`url` is empty where the entry names no page of the web; `published_on` is the day in the feed's own zone.

    `identity` is the hash of its guid, so that a link that is mended names no second page; without one, of its link.
    """

    identity: str
    url: str
    title: str
    published_on: date | None


def read_entries(body: bytes, content_type: str, url: str) -> list[FoundEntry]:
    """The newest MOST_ENTRIES, the newest first; those without a date last, in the order of the feed.

    `url` is where the feed was found: links may be relative to it. Raises NotAFeed.
    """
    is_json = body.removeprefix(_MARK).lstrip()[:1] == b"{"
    rows = _read_json(body) if is_json else _read_xml(body, content_type)
    dated = [(row, _find_time(row.published, row.parsed)) for row in rows]
    dated.sort(key=lambda pair: _on_one_clock(pair[1]), reverse=True)  # stable
    found = (_build(row, at, url) for row, at in dated)
    entries = {entry.identity: entry for entry in reversed([entry for entry in found if entry])}
    return list(reversed(entries.values()))[:MOST_ENTRIES]


@dataclass(frozen=True)
class _Row:
    """An entry as the feed has it."""

    link: str
    guid: str
    title: str
    published: str
    parsed: Any = None  # the same time in UTC, as a struct_time, where the parser has read it


def _read_xml(body: bytes, content_type: str) -> list[_Row]:
    headers = {"content-type": content_type}  # not where it was found: guids would be made addresses of there
    # A file, never a string: that could be taken for an address. What is not shown as HTML needs no cleaning.
    feed: Any = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.get("version"):
        raise NotAFeed
    return [_read_entry(entry) for entry in feed.get("entries", [])[:_MOST_READ]]


def _read_entry(entry: Any) -> _Row:
    dated = "published" if "published" in entry else "updated"
    return _Row(
        link=_words(entry.get("link")),
        guid=_words(entry.get("id")),
        title=_words(entry.get("title")),
        published=_words(entry.get(dated)),
        parsed=entry.get(f"{dated}_parsed"),
    )


def _read_json(body: bytes) -> list[_Row]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeed from error
    if "jsonfeed.org/version/" not in _words(feed.get("version")):
        raise NotAFeed
    return [
        _Row(
            link=_words(item.get("url")),
            guid=_words(item.get("id")),
            title=_words(item.get("title")),
            published=_words(item.get("date_published")),
        )
        for item in islice(_dicts(feed.get("items")), _MOST_READ)
    ]


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    rows: Iterable[Any] = value if isinstance(value, list) else []
    return (row for row in rows if isinstance(row, dict))


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _build(row: _Row, at: datetime | None, base: str) -> FoundEntry | None:
    """None for an entry that nothing tells from others."""
    # A guid may stand for the link, and only a whole address is meant as one.
    url = _find_address(row.link, base if row.link != row.guid else "")
    if not (named := row.guid or url or row.link):
        return None
    identity = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()
    title = cut(tidy(_TAG.sub(" ", tidy(row.title))), _LONGEST_TITLE)
    return FoundEntry(identity, url, title, at.date() if at else None)


def _find_address(link: str, base: str) -> str:
    """The whole address of a link, its scheme in small letters; "" where it leads to no page of the web."""
    with suppress(ValueError):
        url = urljoin(base, link) if link else ""
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
        if is_web and len(url) <= _LONGEST_URL and url.isprintable():
            return parts.scheme + url[len(parts.scheme) :]
    return ""


def _find_time(words: str, parsed: Any) -> datetime | None:
    """With the zone that the words name, so that the day is the outlet's; else as the parser has read it, in UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, OverflowError, IndexError):
            return read(words)
    with suppress(ValueError, TypeError, OverflowError):
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return None


def _on_one_clock(at: datetime | None) -> float:
    with suppress(OverflowError):
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() if at else float("-inf")
    return float("-inf")
