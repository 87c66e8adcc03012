"""Feeds as they are found: three formats, other encodings, what is missing, what is broken and what is hostile."""

import json
from datetime import date

import pytest

from claims.intake.feed_formats import MOST_ENTRIES, FoundEntry, NotAFeed, read_entries
from tests.intake.feeding import atom, rss

BASE = "https://post.example/news/feed.xml"


def read(body: bytes | str, content_type: str = "application/rss+xml") -> list[FoundEntry]:
    return read_entries(body.encode() if isinstance(body, str) else body, content_type, BASE)


def json_feed(*items: object, version: str = "https://jsonfeed.org/version/1.1") -> str:
    return json.dumps({"version": version, "title": "Post", "items": items})


RSS = rss("<item><title>Harbour</title><link>https://post.example/1</link><pubDate>Mon, 23 Nov 2026 23:30:00 -0500"
          "</pubDate></item>")  # fmt: skip
ATOM = atom("<entry><title>Harbour</title><link href='https://post.example/1'/><id>urn:1</id>"
            "<published>2026-11-23T23:30:00-05:00</published></entry>")  # fmt: skip
JSON = json_feed({"id": "1", "url": "https://post.example/1", "title": "Harbour",
                  "date_published": "2026-11-23T23:30:00-05:00"})  # fmt: skip


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON, f"\ufeff \n{JSON}"], ids=["rss", "atom", "json", "json-with-mark"])
def test_each_format_tells_the_same_and_the_day_is_the_outlets(feed):
    (entry,) = read(feed)
    assert (entry.url, entry.title) == ("https://post.example/1", "Harbour")
    assert entry.published_on == date(2026, 11, 23)  # in UTC it was the next day


def test_an_undated_atom_entry_has_the_day_of_its_update():
    (entry,) = read(atom("<entry><link href='/1'/><updated>2026-11-22T10:00:00Z</updated></entry>"))
    assert entry.published_on == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("iso-8859-1", "iso-8859-1"), ("utf-16", "utf-16"), ("koi8-r", "koi8-r"), ("utf-8", None), ("gb18030", "gbk")],
)
def test_other_encodings_are_read(encoding, declared):
    words = {"koi8-r": "Гавань растёт", "gb18030": "港口在扩大", "utf-16": "ميناء"}.get(encoding, "Größer für alle")
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    feed = rss(f"<item><title>{words}</title><link>/1</link></item>", head=head)
    assert [entry.title for entry in read(feed.encode(encoding))] == [words]


def test_the_servers_word_on_the_encoding_counts_where_the_feed_says_nothing():
    feed = rss("<item><title>Größer</title><link>/1</link></item>", head="").encode("iso-8859-1")
    assert read(feed, "application/rss+xml; charset=iso-8859-1")[0].title == "Größer"


# What is missing.


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>../a?b=1&amp;c=2</link>", "https://post.example/a?b=1&c=2"),
        ("<guid>https://post.example/1</guid>", "https://post.example/1"),
        ("<guid isPermaLink='false'>tag:1</guid>", ""),
        ("<guid>/1</guid>", ""),
        ("<guid>harbour-1</guid>", ""),
        ("<link>HTTPS://post.example/1</link>", "https://post.example/1"),
        ("<link>https://me:secret@post.example/1</link>", ""),
        ("<link>https://@post.example/1</link>", ""),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>ftp://post.example/1</link>", ""),
        ("<link>file:///etc/passwd</link>", ""),
        ("<link>http://[</link><guid isPermaLink='false'>tag:1</guid>", ""),
        (f"<link>https://post.example/{'a' * 2000}</link>", ""),
    ],
)
def test_a_link_is_a_whole_address_of_the_web_or_none(item, url):
    assert [entry.url for entry in read(rss(f"<item><title>A</title>{item}</item>"))] == [url]


@pytest.mark.parametrize("words", ["", "soon", "31 Feb 2026", "0", "Mon, 99 Foo 2026 99:99:99 +9999"])
def test_a_date_that_cannot_be_read_is_none(words):
    (entry,) = read(rss(f"<item><link>/1</link><pubDate>{words}</pubDate></item>"))
    assert entry.published_on is None


def test_an_entry_that_nothing_tells_from_others_is_left_out():
    assert read(rss("<item><title>Only words</title></item><item/>")) == []


def test_entries_without_a_link_are_told_apart_by_their_guid():
    items = "".join(f"<item><guid isPermaLink='false'>tag:{number}</guid></item>" for number in (1, 2, 1))
    assert len({entry.identity for entry in read(rss(items))}) == len(read(rss(items))) == 2


def test_an_entry_whose_link_is_mended_is_the_same_and_one_without_a_guid_is_its_link():
    def identity(link: str, guid: str) -> str:
        return read(rss(f"<item><link>{link}</link>{guid}</item>"))[0].identity

    guid = "<guid isPermaLink='false'>tag:1</guid>"
    assert identity("/harbuor", guid) == identity("/harbour", guid)
    assert len({identity("/harbuor", ""), identity("/harbour", ""), identity("/harbour", guid)}) == 3
    assert identity("/harbour", "") == identity("https://post.example/harbour", "")


# Which, and how many.


def item(number: int, day: int | None = None) -> str:
    dated = f"<pubDate>{day} Nov 2026 10:00:00 GMT</pubDate>" if day else ""
    return f"<item><link>/{number}</link>{dated}</item>"


def test_the_newest_come_first_whatever_the_order_of_the_feed_and_undated_ones_last():
    found = read(rss(item(1, 1) + item(2) + item(3, 3) + item(4, 2) + item(5)))
    assert [entry.url[-1] for entry in found] == ["3", "4", "1", "2", "5"]


def test_the_same_link_twice_is_one_entry():
    assert [entry.url[-1] for entry in read(rss(item(1, 1) + item(1, 2) + item(2, 3)))] == ["2", "1"]


def test_of_an_archive_the_newest_are_looked_at():
    found = read(rss("".join(item(number) for number in range(3 * MOST_ENTRIES))))
    assert (len(found), found[0].url, found[-1].url[-3:]) == (MOST_ENTRIES, "https://post.example/0", "499")


# What is hostile.


def test_titles_are_words_and_nothing_else():
    title = "&lt;script&gt;alert(1)&lt;/script&gt; A &lt;b&gt;bold&lt;/b&gt;&#10;claim &amp;amp; \u202emore" + "x" * 600
    (entry,) = read(rss(f"<item><title>{title}</title><link>/1</link></item>"))
    assert entry.title.startswith("alert(1) A bold claim & morexxx")
    assert (len(entry.title), entry.title[-1]) == (500, "…")


def test_what_no_database_can_hold_is_not_kept():
    (entry,) = read(json_feed({"id": "\ud800", "title": "a\x00b\ud800c"}))
    assert (entry.title, entry.url, len(entry.identity)) == ("a bc", "", 64)


@pytest.mark.parametrize(
    "broken", [5, None, "x", [], {"url": 5}, {"url": ["https://post.example/"]}, {"id": {}}], ids=str
)
def test_what_is_no_item_of_a_json_feed_is_left_out(broken):
    assert len(read(json_feed(broken, {"url": "/1"}))) == 1


def test_a_bomb_of_entities_is_not_unpacked():
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    bomb = f'<!DOCTYPE r [<!ENTITY a "{"ha" * 100}">{entities}]>'
    feed = rss("<item><title>&i;</title><link>/1</link></item>", head=f'<?xml version="1.0"?>{bomb}')
    assert all(len(entry.title) <= 500 for entry in read(feed))


def test_an_entity_of_a_file_is_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hush")
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    found = read(rss("<item><title>a&x;b</title><link>/1</link></item>", head=head))
    assert "hush" not in str(found)


@pytest.mark.parametrize(
    "body",
    [b"", b"garbage", b"\x00" * 100, b"<html><title>Sign in</title></html>", b"{}", b"[1]", b'{"a":' * 100_000,
     b'{"version": "https://jsonfeed.org/version/1', b"https://post.example/feed", b"/etc/passwd",
     b'{"version": 5, "items": []}'],
    ids=lambda body: body[:12].decode(),
)  # fmt: skip
def test_what_is_no_feed_is_refused(body):
    with pytest.raises(NotAFeed):
        read(body)


def test_of_a_feed_that_breaks_off_the_start_is_read():
    assert [entry.url[-1] for entry in read(rss(item(1) + item(2))[:-20])] == ["1", "2"]


@pytest.mark.parametrize("feed", [rss(""), atom(""), json_feed()], ids=["rss", "atom", "json"])
def test_an_empty_feed_is_a_feed(feed):
    assert read(feed) == []
