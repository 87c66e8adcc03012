"""Making an article of what a feed names: once, whatever happens on the way."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.fetching import Fetcher
from claims.intake.articles import NewArticle, add_article
from claims.intake.cleaning import clean_page
from claims.intake.feed_entries import (
    read_entry,
    record_article,
    record_failure,
    release_taken_entries,
    take_entry,
    wake_entries,
)
from claims.intake.feed_reading import read_feed
from claims.intake.page_reading import DELAYS, FETCHER, SWEEP_BATCH, WOKEN_EVERY
from claims.intake.page_text import MOST_BYTES
from claims.jobs import EXTRACT_VERSION, QUEUE_CLAIMS, READ_ENTRY, ROW_LEASE, SEND_EMAILS
from claims.models import Article, ArticleVersion, Claim, FeedEntry
from tests.broker import DEAD_BROKER, broker_url, take_messages
from tests.intake.feeding import PROSE, article_page, change, make_entry, make_feed, rss
from tests.models.attacking import tomorrow
from tests.racing import all_at_once
from tests.web import Site, fetcher_for, head, moved, page, serving

pytestmark = pytest.mark.django_db
NO_TEXT = "The page holds no article that the desk can find."
REFUSED = "The page holds something that the desk cannot keep as an article."
NO_ANSWER = "Nothing answers at this address, or it is one that the desk does not fetch from."
NO_ADDRESS = "The desk fetches from the public web alone, on ports 80 and 443: this address is not part of it."


@pytest.fixture
def site():
    with serving(lambda path: page(article_page("Harbour grows"))) as running:
        yield running


@pytest.fixture
def entry(editor, site) -> FeedEntry:
    known = {"title": "The harbour grows", "published_on": date(2026, 11, 22)}
    return make_entry(make_feed(editor), url=site.url("/harbour"), **known)


def read(entry: FeedEntry, site: Site, later: timedelta = timedelta(), **rules) -> FeedEntry:
    with time_machine.travel(timezone.now() + later):
        read_entry(entry.pk, fetcher_for(site, **{"max_bytes": FETCHER.max_bytes} | rules))
    entry.refresh_from_db()
    return entry


# An article.


def test_a_page_becomes_an_article_with_what_the_feed_says_of_it(entry, site):
    read(entry, site)
    article = entry.article
    assert (entry.status, entry.last_error, entry.taken_until) == ("read", "", None)
    assert (article.url, article.title, article.outlet) == (entry.url, "The harbour grows", "Velmar Post")
    assert (article.published_on, article.added_by) == (date(2026, 11, 22), None)
    version = article.versions.get()
    assert version.text == "\n\n".join(["Harbour grows", *PROSE])
    assert take_messages() == [(EXTRACT_VERSION, [version.pk])]


def test_where_the_feed_gives_no_title_the_page_does(entry, site):
    change(entry, title="")
    assert read(entry, site).article.title == "Harbour grows - Post"


def test_what_the_feed_does_not_say_the_page_does(entry, site):
    change(entry, published_on=None)
    change(entry.feed, outlet="")
    head = '<meta property="og:site_name" content="Courier"><meta name="date" content="2026-11-21">'
    site.answer = lambda path: page(head + article_page("Harbour grows"))
    article = read(entry, site).article
    assert (article.title, article.outlet, article.published_on) == ("The harbour grows", "Courier", date(2026, 11, 21))


def test_a_page_that_the_desk_has_is_not_fetched_again(entry, site):
    article, _ = add_article(NewArticle(text="Sent by the CMS.", url=entry.url))
    assert (read(entry, site).article, entry.status, site.requests) == (article, "read", [])
    assert article.versions.count() == 1


def test_an_article_that_came_while_the_page_was_fetched_is_taken_as_it_is(entry):
    taken = take_entry(entry.pk)
    article, _ = add_article(NewArticle(text="Sent by the CMS.", url=entry.url))
    record_article(taken, clean_page("As the page has it."))
    entry.refresh_from_db()
    assert (entry.article, article.versions.count()) == (article, 1)


def test_two_feeds_that_name_one_page_make_one_article(entry, site, editor):
    other = make_entry(make_feed(editor, "https://courier.example/feed"), url=f"{entry.url}#comments")
    assert read(entry, site).article == read(other, site).article
    assert (Article.objects.count(), ArticleVersion.objects.count(), len(site.requests)) == (1, 1, 1)


def test_a_text_that_the_desk_has_without_an_address_gains_one(entry, site):
    article, _ = add_article(NewArticle(text="\n\n".join(["Harbour grows", *PROSE])))
    assert read(entry, site).article == article
    article.refresh_from_db()
    assert (article.url, article.versions.count()) == (entry.url, 1)


def test_the_address_of_the_article_is_the_link_wherever_it_leads(entry, site):
    site.answer = lambda path: moved("/sign-in") if path == "/harbour" else page(article_page("Harbour grows"))
    assert read(entry, site).article.url == entry.url


def test_an_article_in_another_language_and_encoding_is_read(entry, site):
    prose = [f"Гавань Вельмара приняла {number} тысяч контейнеров за один месяц весны." for number in (47, 48, 49)]
    site.answer = lambda path: page(article_page("Гавань растёт", prose).encode("koi8-r"),
                                    content_type="text/html; charset=koi8-r")  # fmt: skip
    assert prose[0] in read(entry, site).article.versions.get().text


def test_a_feed_becomes_claims_in_the_queue(editor, site, jobs):
    feed = rss("<item><title>The harbour grows</title><link>/harbour</link></item>")
    site.answer = lambda path: page(feed if path == "/feed.xml" else article_page("Harbour grows"))
    added = make_feed(editor, site.url("/feed.xml"))
    read_feed(added.pk, fetcher_for(site))
    ((job, [entry_id]),) = take_messages()
    read_entry(entry_id, fetcher_for(site))
    assert (job, [name for name, _ in jobs.run()]) == (READ_ENTRY, [EXTRACT_VERSION, QUEUE_CLAIMS, SEND_EMAILS])
    queued = Claim.objects.filter(status="queued", article__feed_entries__feed=added)
    assert "roughly 2,500 dockers" in queued.values_list("headline", flat=True)


def test_a_large_page_is_read_to_its_end_or_not_at_all(entry, site):
    def padded(size: int) -> str:
        whole = article_page("Harbour grows")
        return whole.replace("<article>", f"<!--{'x' * (size - len(whole) - 7)}--><article>")

    site.answer = lambda path: page(padded(MOST_BYTES + 1))
    assert read(entry, site).last_error == "The page is larger than the desk reads."
    assert (entry.status, Article.objects.count()) == ("failed", 0)
    change(entry, status="waiting", last_error="")
    site.answer = lambda path: page(padded(MOST_BYTES))
    assert PROSE[-1] in read(entry, site).article.versions.get().text


# No article.


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ([head("404 Not Found")], "The site answers 404."),
        ([head("410 Gone")], "The site answers 410."),
        ([head("403 Forbidden")], "The site answers 403."),
        (moved("/harbour"), "The site sends its readers in circles."),
        (page(b"%PDF-1.7", content_type="application/pdf"), NO_TEXT),
        (page("<title>Sign in</title>"), NO_TEXT),
        (page(b""), NO_TEXT),
        (
            page(b"a\x01b", content_type="text/plain"),
            "The page holds something that the desk cannot keep as an article.",
        ),
    ],
    ids=["404", "410", "403", "circles", "pdf", "sign-in", "empty", "binary"],
)
def test_what_no_other_attempt_would_mend_fails_at_once(entry, site, answer, error):
    site.answer = lambda path: answer
    read(entry, site)
    assert (entry.status, entry.last_error, entry.failures, Article.objects.count()) == ("failed", error, 1, 0)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ([head("500 Oops")], "The site answers 500."),
        ([head("429 Too Many")], "The site answers 429."),
        ([b""], NO_ANSWER),
        (moved("http://10.0.0.1/"), NO_ANSWER),
        (moved("http://127.0.0.2/"), NO_ANSWER),
    ],
    ids=["500", "429", "hung-up", "private", "loopback"],
)
def test_what_may_pass_is_tried_again_and_fails_in_the_end(entry, site, answer, error):
    site.answer = lambda path: answer
    for delay in DELAYS:
        before = timezone.now()
        read(entry, site)
        assert (entry.status, entry.last_error) == ("waiting", error)
        assert delay <= entry.next_attempt_at - before < delay + timedelta(seconds=5)
        change(entry, next_attempt_at=timezone.now())
    assert (read(entry, site).status, entry.attempts) == ("failed", len(DELAYS) + 1)


def test_a_slow_page_is_tried_again(entry, site):
    assert read(entry, site, seconds=0).last_error == "The site takes too long to answer."
    assert entry.status == "waiting"
    assert read(entry, site, DELAYS[0]).status == "read"


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "https://post.example:8443/"]
)
def test_an_address_that_the_desk_never_fetches_fails_at_once_and_says_why(editor, url):
    entry = make_entry(make_feed(editor), url=url)
    read_entry(entry.pk)
    entry.refresh_from_db()
    assert (entry.status, entry.last_error, entry.attempts) == ("failed", NO_ADDRESS, 1)


@pytest.mark.parametrize("found", [[], ["10.0.0.1"]], ids=["nowhere", "inside"])
def test_a_name_in_the_desks_own_network_is_tried_again_as_one_that_is_nowhere(entry, found):
    change(entry, url="http://secrets.example/")
    read_entry(entry.pk, Fetcher(resolve=lambda host: found))
    entry.refresh_from_db()
    assert (entry.status, entry.last_error, entry.failures) == ("waiting", NO_ANSWER, 1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://10.0.0.1/", "http://[::1]/", "http://localhost/"])
def test_the_desk_itself_fetches_nothing_from_its_own_network(editor, site, url):
    entry = make_entry(make_feed(editor), url=url.format(port=site.port))
    read_entry(entry.pk)
    entry.refresh_from_db()
    assert (entry.article, entry.status in ("waiting", "failed"), site.requests) == (None, True, [])


def test_an_address_that_no_article_may_have_fails(entry, site):
    change(entry, url=f"http://x:{site.port}/")
    read(entry, site, resolve=lambda host: ["127.0.0.1"])
    assert (entry.status, Article.objects.count()) == ("failed", 0)


def test_what_nobody_foresaw_is_noted(entry, caplog):
    class Broken:
        def fetch(self, *args):
            raise ZeroDivisionError

    read_entry(entry.pk, Broken())
    entry.refresh_from_db()
    assert (entry.status, entry.last_error) == ("waiting", "The desk failed at reading it; why is in its own log.")


# Twice, at once, killed, forgotten.


def test_an_entry_is_read_once(entry, site):
    read(entry, site)
    read(entry, site, timedelta(days=1))
    assert (len(site.requests), Article.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_readers_one_reads(editor):
    with serving(lambda path: page(article_page("Harbour grows"))) as site:
        entry = make_entry(make_feed(editor), url=site.url())
        all_at_once([lambda: read_entry(entry.pk, fetcher_for(site))] * 6)
        assert (len(site.requests), Article.objects.count(), ArticleVersion.objects.count()) == (1, 1, 1)


def test_a_reader_that_is_killed_between_fetching_and_noting_is_made_up_for(entry, site):
    assert take_entry(entry.pk).attempts == 1  # and no more
    assert (read(entry, site).status, site.requests) == ("reading", [])
    assert wake_entries() == 0
    with time_machine.travel(timezone.now() + WOKEN_EVERY):
        assert (wake_entries(), take_messages()) == (1, [(READ_ENTRY, [entry.pk])])
    read(entry, site, WOKEN_EVERY)
    assert (entry.status, entry.failures, Article.objects.count()) == ("read", 1, 1)


def test_a_page_that_kills_its_reader_each_time_fails_in_the_end(entry):
    for _ in DELAYS:
        take_entry(entry.pk)
        change(entry, taken_until=timezone.now() - timedelta(seconds=1))
    assert take_entry(entry.pk).failures == len(DELAYS)
    change(entry, taken_until=timezone.now() - timedelta(seconds=1))
    assert take_entry(entry.pk) is None
    entry.refresh_from_db()
    assert (entry.status, entry.last_error[:23]) == ("failed", "Gave up after 5 attempt")


def test_an_attempt_that_was_overtaken_leaves_nothing(entry, site):
    slow = take_entry(entry.pk)
    change(entry, taken_until=timezone.now() - timedelta(seconds=1))
    later = take_entry(entry.pk)
    record_article(slow, clean_page("Late."))
    record_failure(slow, "late", is_passing=True)
    entry.refresh_from_db()
    assert (entry.status, entry.attempts, Article.objects.count()) == ("reading", 2, 0)
    record_article(later, clean_page("In time."))
    entry.refresh_from_db()
    assert (entry.status, Article.objects.count()) == ("read", 1)


def test_an_entry_whose_feed_is_deleted_meanwhile_is_no_error(entry):
    slow = take_entry(entry.pk)
    entry.feed.delete()
    record_article(slow, clean_page("Late."))
    record_failure(slow, "late", is_passing=True)
    assert (FeedEntry.objects.count(), Article.objects.count()) == (0, 0)


def test_nothing_of_a_paused_feed_is_read_until_it_is_resumed(entry, site):
    change(entry.feed, paused_at=timezone.now())
    change(entry, next_attempt_at=timezone.now() - timedelta(hours=1))
    assert (read(entry, site).status, wake_entries()) == ("waiting", 0)
    change(entry.feed, paused_at=None)
    assert (wake_entries(), read(entry, site).status) == (1, "read")


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 1),
        ({"next_attempt_at": tomorrow()}, 0),
        ({"status": "reading", "taken_until": tomorrow()}, 0),
        ({"status": "reading", "taken_until": timezone.now() - ROW_LEASE}, 1),
        ({"status": "failed", "last_error": "404"}, 0),
        ({"status": "skipped"}, 0),
    ],
    ids=["waiting", "not-due", "at-work", "died", "failed", "skipped"],
)
def test_the_sweep_wakes_only_for_what_can_be_read_and_once(entry, fields, count):
    change(entry, **{"next_attempt_at": timezone.now() - WOKEN_EVERY} | fields)
    assert (wake_entries(), wake_entries()) == (count, 0)


def test_the_sweep_wakes_few_at_once_those_first_that_have_waited_longest(entry):
    now = timezone.now() - WOKEN_EVERY
    waiting = [make_entry(entry.feed, n, next_attempt_at=now - timedelta(minutes=n)) for n in range(2, SWEEP_BATCH + 3)]
    assert wake_entries() == SWEEP_BATCH
    assert take_messages() == [(READ_ENTRY, [longest.pk]) for longest in reversed(waiting[1:])]
    assert (wake_entries(), wake_entries()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_while_the_broker_is_away_articles_come_in_all_the_same(editor):
    with serving(lambda path: page(article_page("Harbour grows"))) as site, broker_url(DEAD_BROKER):
        entry = make_entry(make_feed(editor), url=site.url())
        assert read(entry, site).article.versions.get().extraction_status == "waiting"


def test_a_desk_that_starts_alone_takes_up_everything_at_once(entry):
    take_entry(entry.pk)
    release_taken_entries()
    assert wake_entries() == 1
