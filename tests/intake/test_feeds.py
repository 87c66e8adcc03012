"""What people do with feeds, and who may."""

import pytest

from claims.exceptions import Conflict, DeskError, NotPermitted
from claims.intake import feeds
from claims.intake.feeds import retry_entry
from claims.jobs import READ_ENTRY, READ_FEED
from claims.models import Article, Feed, FeedEntry
from tests.broker import take_messages
from tests.factories import make_article
from tests.intake.feeding import change, make_entry, make_feed
from tests.models.attacking import tomorrow
from tests.racing import all_at_once, kinds

pytestmark = pytest.mark.django_db
URL = "https://post.example/feed.xml"
FAILING = {"failures": 3, "failing_since": tomorrow(), "last_error": "404", "told_failing_at": tomorrow()}


def test_a_feed_is_added_and_read_at_once(editor):
    feed = feeds.add_feed(editor, url=f" {URL} ", outlet="Velmar Post")
    assert (feed.url, feed.outlet, feed.added_by, str(feed)) == (URL, "Velmar Post", editor, "Velmar Post")
    assert take_messages() == [(READ_FEED, [feed.pk])]


def test_what_is_typed_is_tidied(editor):
    feed = feeds.add_feed(editor, url="Https://post.example/Feed", outlet=" The\x00 \u202ePost\n&amp; Courier ")
    assert (feed.url, feed.outlet) == ("https://post.example/Feed", "The Post & Courier")
    with pytest.raises(DeskError, match="has a feed with this address already"):
        feeds.add_feed(editor, url="HTTPS://post.example/Feed")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        *(({"url": url}, "url") for url in ("", "post", "ftp://post.example/", "https://me:secret@post.example/")),
        ({"url": "https://post.example/\x00"}, "url"),
        ({"url": f"https://post.example/{'a' * 2000}"}, "url"),
        ({"outlet": "x" * 201}, "outlet"),
    ],
)
def test_what_cannot_be_a_feed_is_refused_whether_added_or_changed(editor, fields, code):
    with pytest.raises(DeskError) as refused:
        feeds.add_feed(editor, **{"url": URL} | fields)
    assert (refused.value.code, Feed.objects.count()) == (code, 0)
    with pytest.raises(DeskError):
        feeds.change_feed(editor, make_feed(editor).pk, **fields)


def test_an_address_is_read_by_one_feed_alone(editor):
    feeds.add_feed(editor, url=URL)
    other = feeds.add_feed(editor, url=f"{URL}?page=2")
    for again in (lambda: feeds.add_feed(editor, url=URL), lambda: feeds.change_feed(editor, other.pk, url=URL)):
        with pytest.raises(DeskError, match="has a feed with this address already") as refused:
            again()
        assert refused.value.code == "url"


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_add_the_same_feed_at_once_add_one(editor):
    results = all_at_once([lambda: feeds.add_feed(editor, url=URL)] * 4)
    assert (kinds(results), Feed.objects.count()) == ({"Feed": 1, "DeskError": 3}, 1)


def test_another_outlet_leaves_the_reading_as_it_is(editor):
    feed = make_feed(editor, etag='"7"', readings=4, next_read_at=tomorrow())
    feeds.change_feed(editor, feed.pk, outlet="Courier", url=feed.url)
    feed.refresh_from_db()
    assert (feed.outlet, feed.etag, feed.readings, take_messages()) == ("Courier", '"7"', 4, [])


def test_another_address_is_a_feed_that_nobody_has_read(editor):
    feed = make_feed(editor, etag='"7"', last_modified="x", last_read_at=tomorrow(), taken_until=tomorrow(), **FAILING)
    changed = feeds.change_feed(editor, feed.pk, url=f"{URL}?new")
    assert (changed.etag, changed.last_modified, changed.last_read_at, changed.taken_until) == ("", "", None, None)
    assert (changed.failures, changed.last_error, changed.told_failing_at, changed.readings) == (0, "", None, 1)
    assert take_messages() == [(READ_FEED, [feed.pk])]


def test_a_feed_is_paused_and_resumed(editor):
    feed = make_feed(editor, next_read_at=tomorrow())
    paused = feeds.pause_feed(editor, feed.pk)
    assert (paused.is_active, feeds.pause_feed(editor, feed.pk).paused_at) == (False, paused.paused_at)
    with pytest.raises(Conflict, match="Resume it first"):
        feeds.read_feed_now(editor, feed.pk)
    assert take_messages() == []
    assert feeds.resume_feed(editor, feed.pk).is_active
    assert feeds.resume_feed(editor, feed.pk).is_active
    assert take_messages() == [(READ_FEED, [feed.pk])]


def test_a_feed_that_is_resumed_starts_afresh(editor):
    feed = feeds.resume_feed(editor, make_feed(editor, paused_at=tomorrow(), **FAILING).pk)
    assert (feed.failures, feed.failing_since, feed.last_error, feed.told_failing_at) == (0, None, "", None)


def test_a_feed_is_read_before_its_turn(editor):
    feed = make_feed(editor, next_read_at=tomorrow())
    assert feeds.read_feed_now(editor, feed.pk).next_read_at < tomorrow()
    assert take_messages() == [(READ_FEED, [feed.pk])]


def test_a_feed_goes_with_its_entries_and_its_articles_stay(editor):
    feed = make_feed(editor)
    make_entry(feed, status="read", article=make_article())
    feeds.delete_feed(editor, feed.pk)
    assert (Feed.objects.count(), FeedEntry.objects.count(), Article.objects.count()) == (0, 0, 1)


# Trying again.


@pytest.mark.parametrize("fields", [{"status": "failed", "last_error": "404"}, {"status": "skipped"}, {"failures": 2}])
def test_an_entry_is_tried_again_from_the_start(editor, fields):
    entry = make_entry(make_feed(editor), **fields)
    retried = retry_entry(editor, entry.feed_id, entry.pk)
    assert (retried.status, retried.failures, retried.last_error) == ("waiting", 0, "")
    assert take_messages() == [(READ_ENTRY, [entry.pk])]


def test_what_cannot_be_tried_again_is_left_alone(editor):
    feed = make_feed(editor)
    read = make_entry(feed, 1, status="read", article=make_article())
    reading = make_entry(feed, 2, status="reading", taken_until=tomorrow())
    nowhere = make_entry(feed, 3, url="", status="failed", last_error="no page")
    for entry in (read, reading, nowhere):
        with pytest.raises(Conflict):
            retry_entry(editor, feed.pk, entry.pk)
    with pytest.raises(FeedEntry.DoesNotExist):
        retry_entry(editor, make_feed(editor, f"{URL}?2").pk, read.pk)


def test_nothing_of_a_paused_feed_is_tried_again(editor):
    entry = make_entry(make_feed(editor, paused_at=tomorrow()), status="failed", last_error="404")
    with pytest.raises(Conflict, match="Resume it first") as refused:
        retry_entry(editor, entry.feed_id, entry.pk)
    entry.refresh_from_db()
    assert (refused.value.code, entry.status, take_messages()) == ("paused", "failed", [])


# Who may.


@pytest.mark.parametrize("who", ["producer", "reviewer", "outsider"])
def test_who_manages_no_feeds_does_nothing(request, editor, who):
    person, feed = request.getfixturevalue(who), make_feed(editor)
    entry = make_entry(feed, status="failed", last_error="404")
    verbs = [feeds.change_feed, feeds.pause_feed, feeds.resume_feed, feeds.read_feed_now, feeds.delete_feed]
    works = [lambda verb=verb: verb(person, feed.pk) for verb in verbs]
    works += [
        lambda: feeds.add_feed(person, url="https://new.example/"),
        lambda: retry_entry(person, feed.pk, entry.pk),
    ]
    before = Feed.objects.values().get()
    for work in works:
        with pytest.raises(NotPermitted):
            work()
    assert (Feed.objects.values().get(), take_messages()) == (before, [])


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_who_manages_feeds_manages_all_of_them(request, person, who):
    feed = make_feed(person("gone"))
    assert not feeds.pause_feed(request.getfixturevalue(who), feed.pk).is_active


def test_a_change_that_finds_the_row_changed_meanwhile_keeps_both(editor):
    feed = make_feed(editor)
    change(feed, etag='"8"')
    feeds.pause_feed(editor, feed.pk)
    feed.refresh_from_db()
    assert (feed.etag, feed.is_active) == ('"8"', False)
