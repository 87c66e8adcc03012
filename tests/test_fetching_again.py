"""The guarded fetcher asks for feeds, and for what it has fetched before only if that has changed."""

import pytest

from claims.fetching import FEEDS, FetchedPage, Validators
from tests.web import HERE, fetcher_for, head, moved, page, serving

HELLO = "<title>Hello</title>"


KINDS = ["rss+xml; charset=utf-8", "xml", "feed+json", "x-rss+xml", "rss", "x-xml", "octet-stream"]


@pytest.mark.parametrize("kind", [f"application/{kind}" for kind in KINDS])
def test_a_feed_is_read_where_a_feed_is_wanted(kind):
    with serving(lambda path: page("<rss>", content_type=kind)) as site:
        assert fetcher_for(site).fetch(site.url()).body == b""
        assert fetcher_for(site).fetch(site.url(), FEEDS).body == b"<rss>"
    assert ["application/rss+xml" in request for request in site.requests] == [False, True]


def test_what_has_not_changed_is_not_sent_again():
    marks = {"etag": '"7"', "last_modified": "Mon, 23 Nov 2026 09:00:00 GMT"}
    with serving(lambda path: page(HELLO, **marks)) as site:
        first = fetcher_for(site).fetch(site.url())
        site.answer = lambda path: [head("304 Not Modified")]
        again = fetcher_for(site).fetch(site.url(), known=first.validators)
    assert (first.validators, first.is_unchanged) == (Validators(*marks.values()), False)
    assert again == FetchedPage(site.url(), "", b"", first.validators, is_unchanged=True)
    assert {'If-None-Match: "7"', f"If-Modified-Since: {marks['last_modified']}"} <= set(site.requests[1].split("\r\n"))


def test_what_is_known_of_a_site_is_told_to_no_other():
    def answer(path: str):
        return {"/a": moved("/b"), "/b": moved(f"http://other.example:{site.port}/c")}.get(path, page(HELLO))

    with serving(answer) as site:
        fetcher = fetcher_for(site, resolve=lambda host: [HERE])
        assert fetcher.fetch(site.url("/a", host="post.example"), known=Validators('"7"', "Monday")).body
    assert [("If-None-Match" in head, "If-Modified-Since" in head) for head in site.requests] == [
        *[(True, True)] * 2,
        (False, False),
    ]


@pytest.mark.parametrize("etag", ["ü", "x" * 201, "a\tb"])
def test_what_could_not_be_sent_back_is_not_kept(etag):
    with serving(lambda path: page(HELLO, etag=etag)) as site:
        assert fetcher_for(site).fetch(site.url()).validators == Validators()
