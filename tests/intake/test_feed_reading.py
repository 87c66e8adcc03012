"""Reading a feed from a real site: what is new comes in once, and a failure is noted, told and made up for."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from claims.fetching import FetchedPage, Validators
from claims.intake.feed_formats import FoundEntry
from claims.intake.feed_reading import (
    EVERY,
    FIRST_ENTRIES,
    LONGEST_REST,
    MOST_AT_ONCE,
    MOST_MEGABYTES,
    read_feed,
    record_failure,
    record_reading,
    release_taken_feeds,
    take_feed,
    wake_feeds,
)
from claims.intake.feeds import add_feed, change_feed, delete_feed, pause_feed
from claims.jobs import READ_ENTRY, READ_FEED
from claims.models import Feed, OutgoingEmail
from tests.broker import DEAD_BROKER, broker_url, take_messages
from tests.intake.feeding import change, make_feed, rss
from tests.models.attacking import tomorrow
from tests.racing import all_at_once
from tests.web import Site, fetcher_for, head, moved, page, serving

pytestmark = pytest.mark.django_db
NO_FEED = "There is no feed at this address: neither RSS nor Atom nor JSON Feed."
NO_ANSWER = "Nothing answers at this address, or it is one that the desk does not fetch from."


def items(*numbers: int) -> str:
    return rss(
        "".join(f"<item><title>Harbour {n}</title><link>https://post.example/{n}</link></item>" for n in numbers)
    )


def feed_page(*numbers: int, **headers):
    return page(items(*numbers), content_type="application/rss+xml", **headers)


@pytest.fixture
def site():
    with serving(lambda path: feed_page(1, 2)) as running:
        yield running


@pytest.fixture
def feed(editor, site) -> Feed:
    return make_feed(editor, site.url("/feed.xml"))


def read(feed: Feed, site: Site, later: timedelta = timedelta()) -> Feed:
    with time_machine.travel(timezone.now() + later):
        read_feed(feed.pk, fetcher_for(site, max_bytes=MOST_MEGABYTES * 1_000_000 + 1))
    feed.refresh_from_db()
    return feed


def statuses(feed: Feed) -> dict[str, str]:
    return {entry.url.rpartition("/")[2]: entry.status for entry in feed.entries.order_by("pk")}


# What is new.


def test_a_feed_is_read_and_what_it_names_waits_to_be_read(feed, site):
    before = timezone.now()
    read(feed, site)
    assert statuses(feed) == {"2": "waiting", "1": "waiting"}  # the newest gets the highest number
    assert take_messages() == [(READ_ENTRY, [entry.pk]) for entry in feed.entries.order_by("pk")]
    assert (feed.failures, feed.taken_until, feed.readings) == (0, None, 1)
    assert before <= feed.last_read_at == feed.next_read_at - EVERY
    assert "application/rss+xml" in site.requests[0]


def test_what_is_known_is_not_looked_at_again(feed, site):
    read(feed, site)
    change(feed.entries.get(title="Harbour 1"), title="As it was")
    site.answer = lambda path: feed_page(1, 2, 3)
    read(feed, site, EVERY)
    assert list(feed.entries.order_by("pk").values_list("title", flat=True)) == ["Harbour 2", "As it was", "Harbour 3"]


def test_of_an_archive_only_the_newest_are_read_and_the_rest_never_comes_in_later(feed, site):
    site.answer = lambda path: feed_page(*range(30))
    read(feed, site)
    site.answer = lambda path: feed_page(30, *range(30))
    read(feed, site, EVERY)
    waiting = {url for url, status in statuses(feed).items() if status == "waiting"}
    assert waiting == {str(number) for number in (30, *range(FIRST_ENTRIES))}
    assert set(statuses(feed).values()) == {"waiting", "skipped"}


def test_of_what_is_new_later_the_newest_are_read_and_the_rest_never_comes_in(feed, site):
    read(feed, site)
    new = [*range(3, MOST_AT_ONCE + 8)]
    site.answer = lambda path: feed_page(1, *new, 2)
    read(feed, site, EVERY)
    read(feed, site, EVERY * 2)
    skipped = {url for url, status in statuses(feed).items() if status == "skipped"}
    assert skipped == {str(number) for number in new[MOST_AT_ONCE:]}
    assert feed.entries.count() == len(new) + 2


def test_a_page_whose_guid_is_another_each_time_comes_in_once(feed, site):
    for guid in (1, 2):
        item = f"<item><link>/1</link><guid isPermaLink='false'>{guid}</guid></item>"
        site.answer = lambda path, item=item: page(rss(item))
        read(feed, site, EVERY * guid)
    assert feed.entries.count() == 1


def test_a_page_whose_link_is_mended_comes_in_once(feed, site):
    for turn, link in enumerate(("/harbuor", "/harbour")):
        item = f"<item><link>{link}</link><guid isPermaLink='false'>tag:1</guid></item>"
        site.answer = lambda path, item=item: page(rss(item))
        read(feed, site, EVERY * turn)
    assert [entry.url for entry in feed.entries.all()] == [site.url("/harbuor")]


def test_an_entry_without_a_page_says_so_at_once(feed, site):
    site.answer = lambda path: page(rss("<item><guid isPermaLink='false'>tag:1</guid></item>"))
    read(feed, site)
    entry = feed.entries.get()
    assert (entry.status, entry.last_error) == ("failed", "The entry names no page of the web.")
    assert take_messages() == []


def test_a_feed_that_has_not_changed_is_not_sent_again(feed, site):
    site.answer = lambda path: feed_page(1, etag='"7"', last_modified="Mon, 23 Nov 2026 09:00:00 GMT")
    read(feed, site)
    site.answer = lambda path: [head("304 Not Modified")]
    read(feed, site, EVERY)
    assert 'If-None-Match: "7"' in site.requests[1]
    assert (feed.failures, feed.etag, feed.entries.count(), feed.readings) == (0, '"7"', 1, 2)


# When.


def test_a_feed_is_not_read_before_its_time_nor_while_it_is_paused(feed, site):
    read(feed, site)
    read(feed, site)
    change(feed, paused_at=timezone.now(), next_read_at=timezone.now())
    read(feed, site)
    assert len(site.requests) == 1


def test_the_sweep_wakes_what_is_due_once(feed):
    assert wake_feeds() == 0  # its own job may still be on the way
    change(feed, next_read_at=timezone.now() - timedelta(minutes=1))
    assert (wake_feeds(), wake_feeds(), take_messages()) == (1, 0, [(READ_FEED, [feed.pk])])


@pytest.mark.parametrize("fields", [{"paused_at": timezone.now()}, {"taken_until": tomorrow()}])
def test_the_sweep_leaves_alone_what_is_paused_or_being_read(feed, fields):
    change(feed, next_read_at=timezone.now() - timedelta(hours=1), **fields)
    assert wake_feeds() == 0


# Failures.


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ([head("404 Not Found")], "The site answers 404."),
        ([head("500 Oops")], "The site answers 500."),
        ([head("304 Not Modified")], "The site answers 304."),
        ([b"garbage"], NO_ANSWER),
        (page("garbage"), NO_FEED),
        (page("<html><title>Sign in</title></html>"), NO_FEED),
        (page(items(1), content_type="image/png"), NO_FEED),
        (page("{" * 1_000_000), NO_FEED),
        (moved("http://127.0.0.2/feed"), NO_ANSWER),
        (moved("http://10.0.0.1/feed"), NO_ANSWER),
        (moved("file:///etc/passwd"), NO_ANSWER),
        (moved("/feed.xml"), "The site sends its readers in circles."),
        (page(rss("<item/>" * 1_500_000)), "The feed is larger than 2 MB."),
    ],
    ids=["404", "500", "unasked-304", "no-http", "garbage", "a-page", "a-picture", "deep", "elsewhere", "private",
         "file", "circles", "ten-megabytes"],
)  # fmt: skip
def test_what_goes_wrong_is_noted_in_words(feed, site, answer, error):
    site.answer = lambda path: answer
    read(feed, site)
    assert (feed.last_error, feed.failures, feed.taken_until, feed.entries.count()) == (error, 1, None, 0)
    assert feed.next_read_at - feed.failing_since == EVERY


def test_a_slow_site_is_left_alone(feed, site):
    read_feed(feed.pk, fetcher_for(site, seconds=0))
    feed.refresh_from_db()
    assert feed.last_error == "The site takes too long to answer."


def test_a_failing_feed_is_tried_more_and_more_rarely_and_recovers(feed, site):
    answer, site.answer = site.answer, lambda path: [head("503 Busy")]
    rests = []
    for _ in range(7):
        read(feed, site, feed.next_read_at - timezone.now())
        rests.append(feed.next_read_at - feed.failing_since)
    waits = [later - earlier for earlier, later in pairwise(rests)]
    assert [round(wait / EVERY) for wait in waits] == [2, 4, 8, 16, 16, 16]
    assert round(LONGEST_REST / EVERY) == 16
    site.answer = answer
    read(feed, site, feed.next_read_at - timezone.now())
    assert (feed.failures, feed.failing_since, feed.last_error, feed.told_failing_at) == (0, None, "", None)
    assert feed.entries.count() == 2


def test_a_database_that_fails_is_not_the_feeds_fault(feed):
    class Failing:
        def fetch(self, *args):
            raise OperationalError

    with pytest.raises(OperationalError):
        read_feed(feed.pk, Failing())
    feed.refresh_from_db()
    assert (feed.failures, feed.taken_until is None) == (0, False)


def test_what_nobody_foresaw_is_noted_too(feed, caplog):
    class Broken:
        def fetch(self, *args):
            raise ZeroDivisionError

    read_feed(feed.pk, Broken())
    feed.refresh_from_db()
    assert feed.last_error == "The desk failed at reading it; why is in its own log."
    assert "ZeroDivisionError" in caplog.text


# Who hears of it.


def told() -> list[tuple[str, str]]:
    return [(mail.recipient.username, mail.subject) for mail in OutgoingEmail.objects.filter(kind="feed_failing")]


def fail(feed: Feed, site: Site, times: int) -> None:
    site.answer = lambda path: [head("503 Busy")]
    for _ in range(times):
        read(feed, site, feed.next_read_at - timezone.now() + timedelta(seconds=1))


def test_people_are_told_once_that_a_feed_fails_and_again_only_after_it_has_worked(feed, site, producer, reviewer):
    fail(feed, site, 3)
    assert told() == []  # three times, but within the hour
    fail(feed, site, 1)
    once = [("edna", "Please look: the feed “Velmar Post” cannot be read")]
    assert told() == once
    fail(feed, site, 5)
    assert told() == once
    site.answer = lambda path: feed_page(1)
    read(feed, site, feed.next_read_at - timezone.now() + timedelta(seconds=1))
    fail(feed, site, 4)
    assert told() == once * 2


def test_a_feed_that_failed_for_long_but_rarely_is_told_only_at_the_third_time(feed, site):
    change(feed, failures=1, failing_since=timezone.now() - timedelta(hours=5), last_error="x")
    fail(feed, site, 1)
    assert told() == []
    fail(feed, site, 1)
    assert len(told()) == 1


def test_nobody_is_told_of_a_feed_that_was_paused_meanwhile(feed, editor):
    change(feed, failures=9, failing_since=timezone.now() - timedelta(hours=5), last_error="x")
    slow = take_feed(feed.pk)
    pause_feed(editor, feed.pk)
    record_failure(slow, "late")
    feed.refresh_from_db()
    assert (feed.failures, feed.told_failing_at, told()) == (10, None, [])


# Two at once, a kill, a broker that is gone.


@pytest.mark.django_db(transaction=True)
def test_of_two_readers_one_reads(editor):
    with serving(lambda path: feed_page(1, 2)) as site:
        feed = make_feed(editor, site.url())
        all_at_once([lambda: read_feed(feed.pk, fetcher_for(site))] * 6)
        assert (len(site.requests), feed.entries.count()) == (1, 2)


def test_a_reader_that_is_killed_between_fetching_and_noting_is_made_up_for(feed, site):
    assert take_feed(feed.pk).readings == 1  # and no more
    read(feed, site)
    assert site.requests == []
    read(feed, site, timedelta(minutes=1))
    assert (feed.entries.count(), feed.failures, feed.readings) == (2, 0, 2)


def test_a_feed_that_kills_its_reader_each_time_fails_and_rests(feed):
    now = timezone.now()
    for minutes in (0, 1, 2, 20):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            take_feed(feed.pk)
    feed.refresh_from_db()
    assert (feed.failures, feed.readings) == (2, 3)  # at 2 it rested
    assert feed.last_error == "The worker died or ran out of time at reading it."


def test_a_reading_that_was_overtaken_records_nothing(feed, site):
    slow = take_feed(feed.pk)
    read(feed, site, timedelta(minutes=1))
    before = Feed.objects.values().get()
    found = [FoundEntry("f" * 64, "https://post.example/9", "Late", None)]
    record_reading(slow, FetchedPage("", "", b"", Validators("late")), found)
    record_failure(slow, "late")
    assert (Feed.objects.values().get(), feed.entries.count()) == (before, 2)


def test_a_reading_records_nothing_once_the_address_is_another_one(feed, editor):
    slow = take_feed(feed.pk)
    change_feed(editor, feed.pk, url="https://courier.example/feed")
    record_reading(slow, FetchedPage("", "", b"", Validators("old")), [FoundEntry("f" * 64, "", "Old", None)])
    feed.refresh_from_db()
    assert (feed.etag, feed.last_read_at, feed.entries.count()) == ("", None, 0)


def test_a_feed_that_is_deleted_meanwhile_is_no_error(feed, editor):
    slow = take_feed(feed.pk)
    delete_feed(editor, feed.pk)
    record_reading(slow, FetchedPage("", "", b""), [])
    record_failure(slow, "late")
    assert Feed.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_feed_that_is_added_while_the_broker_is_away_is_read_all_the_same(editor):
    with serving(lambda path: feed_page(1)) as site:
        with broker_url(DEAD_BROKER):
            feed = add_feed(editor, url=site.url())
        with time_machine.travel(timezone.now() + timedelta(minutes=1)):
            assert (wake_feeds(), take_messages()) == (1, [(READ_FEED, [feed.pk])])
            read_feed(feed.pk, fetcher_for(site))
        assert feed.entries.count() == 1


def test_a_desk_that_starts_alone_takes_up_everything_at_once(feed):
    change(feed, taken_until=tomorrow(), next_read_at=tomorrow())
    release_taken_feeds()
    assert wake_feeds() == 1
