"""Feeds and pages for tests, in the shortest words."""

from collections.abc import Iterable
from typing import Any

from claims.models import Feed, FeedEntry, Reviewer

PROSE = [
    "The harbour of Velmar employs roughly 2,500 dockers, the port authority said on Monday.",
    "It handled 47,000 containers in March 2023, more than in any month before that.",
]


def rss(items: str, head: str = '<?xml version="1.0"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'


def atom(entries: str) -> str:
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>{entries}</feed>'


def article_page(title: str, prose: Iterable[str] = PROSE) -> str:
    paragraphs = "".join(f"<p>{words}</p>" for words in prose)
    nav = '<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>'
    return (
        f"<html><head><title>{title} - Post</title></head><body>{nav}<article><h1>{title}</h1>{paragraphs}</article>"
        '<footer><a href="/imprint">Imprint</a></footer></body></html>'
    )


def make_feed(person: Reviewer, url: str = "https://post.example/feed.xml", **fields: Any) -> Feed:
    return Feed.objects.create(added_by=person, url=url, **{"outlet": "Velmar Post"} | fields)


def make_entry(feed: Feed, number: int = 1, **fields: Any) -> FeedEntry:
    values = {"url": f"https://post.example/{number}", "title": f"Harbour {number}", "identity": f"{number:064}"}
    return FeedEntry.objects.create(feed=feed, **values | fields)


def change(row: Any, **fields: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
