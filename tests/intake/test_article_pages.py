"""An article that is sent in by its address alone: its page is read once, whatever happens on the way."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.enums import Role
from claims.exceptions import Conflict, NotPermitted
from claims.fetching import NOTHING_KNOWN, FetchedPage, Fetcher
from claims.intake.article_pages import (
    read_page,
    record_failure,
    release_taken_pages,
    retry_page,
    take_page,
    wake_pages,
)
from claims.intake.articles import NewArticle, add_article, add_read_page
from claims.intake.cleaning import clean_page
from claims.intake.feed_entries import read_entry, record_article, take_entry
from claims.intake.page_reading import DELAYS, FETCHER, WOKEN_EVERY
from claims.jobs import EXTRACT_VERSION, QUEUE_CLAIMS, READ_PAGE
from claims.models import Article, ArticlePage, ArticleVersion, Claim, OutgoingEmail
from tests.broker import DEAD_BROKER, broker_url, take_messages
from tests.intake.feeding import PROSE, article_page, change, make_entry, make_feed
from tests.notifications.hooks import make_webhook
from tests.racing import all_at_once
from tests.web import Site, fetcher_for, head, moved, page, serving

pytestmark = pytest.mark.django_db
HEAD = (
    '<meta property="og:site_name" content="Velmar Post">'
    '<meta property="article:published_time" content="2026-11-22T23:50:00-05:00">'
)
NO_TEXT = "The page holds no article that the desk can find."
NO_ANSWER = "Nothing answers at this address, or it is one that the desk does not fetch from."
NO_ADDRESS = "The desk fetches from the public web alone, on ports 80 and 443: this address is not part of it."


@pytest.fixture
def site():
    with serving(lambda path: page(HEAD + article_page("Harbour grows"))) as running:
        yield running


@pytest.fixture
def article(producer, site) -> Article:
    return send(site.url("/harbour"), producer)


def send(url: str, person=None, **known) -> Article:
    return add_article(NewArticle(url=url, **known), person)[0]


def read(article: Article, site: Site, later: timedelta = timedelta(), **rules) -> ArticlePage:
    with time_machine.travel(timezone.now() + later):
        read_page(article.page.pk, fetcher_for(site, **{"max_bytes": FETCHER.max_bytes} | rules))
    article.refresh_from_db()
    return article.page


def lapse(page: ArticlePage) -> None:
    change(page, taken_until=timezone.now() - timedelta(seconds=1))


# A text.


def test_an_address_alone_becomes_an_article_with_what_its_page_says(article, site, producer):
    assert take_messages() == [(READ_PAGE, [article.page.pk])]
    done = read(article, site)
    assert (done.status, done.last_error, done.taken_until) == ("read", "", None)
    assert (article.url, article.added_by) == (site.url("/harbour"), producer)
    assert (article.title, article.outlet) == ("Harbour grows - Post", "Velmar Post")
    assert (article.published_on, article.language) == (date(2026, 11, 22), "en")
    version = article.versions.get()
    assert version.text == "\n\n".join(["Harbour grows", *PROSE])
    assert take_messages() == [(EXTRACT_VERSION, [version.pk])]


def test_what_its_sender_says_goes_before_what_the_page_says(site):
    known = {"title": "Our title", "outlet": "Courier", "published_on": date(2024, 5, 1), "external_id": "cms-7"}
    article = send(site.url(), **known)
    assert (str(article), article.versions.exists()) == ("Our title", False)
    read(article, site)
    assert {name: getattr(article, name) for name in known} == known


def test_it_becomes_claims_in_the_queue(article, site, jobs):
    take_messages()
    read(article, site)
    assert [name for name, _ in jobs.run()] == [EXTRACT_VERSION, QUEUE_CLAIMS]
    assert "roughly 2,500 dockers" in Claim.objects.filter(status="queued").values_list("headline", flat=True)


def test_its_address_stays_as_it_was_sent_wherever_it_leads(article, site):
    site.answer = lambda path: moved("/new") if path == "/harbour" else page(article_page("Harbour grows"))
    assert (read(article, site).status, article.url) == ("read", site.url("/harbour"))


def test_an_article_in_another_language_and_encoding_is_read(article, site):
    prose = [
        f"Im März wurden in Völmar {number} Tausend Container umgeschlagen, so die Behörde." for number in (47, 48)
    ]
    site.answer = lambda path: page(article_page("Der Hafen wächst", prose).encode("latin-1"))
    read(article, site)
    assert prose[0] in article.versions.get().text
    assert (article.title, article.language) == ("Der Hafen wächst - Post", "de")


# No text.


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ([head("404 Not Found")], "The site answers 404."),
        (page(b"%PDF-1.7", content_type="application/pdf"), NO_TEXT),
        (page("<title>Sign in</title>"), NO_TEXT),
        (page(b""), NO_TEXT),
        (
            page(b"a\x01b", content_type="text/plain"),
            "The page holds something that the desk cannot keep as an article.",
        ),
        (page(f"<!--{'x' * 10_000_000}-->"), "The page is larger than the desk reads."),
    ],
    ids=["404", "pdf", "sign-in", "empty", "binary", "10-MB"],
)
def test_what_no_other_attempt_would_mend_fails_at_once(article, site, answer, error):
    site.answer = lambda path: answer
    failed = read(article, site)
    assert (failed.status, failed.last_error, failed.failures) == ("failed", error, 1)
    assert (article.versions.count(), Article.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ([head("503 Later")], "The site answers 503."),
        (moved("http://10.0.0.1/"), NO_ANSWER),
        (moved("http://127.0.0.2/"), NO_ANSWER),
    ],
    ids=["503", "private", "loopback"],
)
def test_what_may_pass_is_tried_again_and_fails_in_the_end(article, site, answer, error):
    site.answer = lambda path: answer
    for delay in DELAYS:
        before = timezone.now()
        waiting = read(article, site)
        assert (waiting.status, waiting.last_error) == ("waiting", error)
        assert delay <= waiting.next_attempt_at - before < delay + timedelta(seconds=5)
        change(waiting, next_attempt_at=timezone.now())
    assert OutgoingEmail.objects.count() == 0
    assert (read(article, site).status, article.page.attempts) == ("failed", len(DELAYS) + 1)
    assert OutgoingEmail.objects.count() == 1


def test_a_slow_page_is_tried_again(article, site):
    assert read(article, site, seconds=0).last_error == "The site takes too long to answer."
    assert read(article, site, DELAYS[0]).status == "read"


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "https://post.example:8443/"]
)
def test_an_address_that_the_desk_never_fetches_fails_at_once_and_says_why(producer, url):
    article = send(url, producer)
    read_page(article.page.pk)
    article.page.refresh_from_db()
    assert (article.page.status, article.page.last_error, article.page.attempts) == ("failed", NO_ADDRESS, 1)
    assert OutgoingEmail.objects.get().recipient == producer


@pytest.mark.parametrize("found", [[], ["10.0.0.1"], ["127.0.0.1"], ["::1"]], ids=str)
def test_a_name_in_the_desks_own_network_is_tried_again_as_one_that_is_nowhere(found):
    article = send("http://secrets.example/")
    read_page(article.page.pk, Fetcher(resolve=lambda host: found))
    article.page.refresh_from_db()
    assert (article.page.status, article.page.last_error, article.page.failures) == ("waiting", NO_ANSWER, 1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://10.0.0.1/", "http://[::1]/", "http://localhost/"])
def test_the_desk_itself_fetches_nothing_from_its_own_network(site, url):
    article = send(url.format(port=site.port))
    read_page(article.page.pk)
    assert (article.versions.exists(), site.requests) == (False, [])


# Twice, at once, killed, forgotten.


def test_the_same_address_again_is_the_same_article_and_read_once(article, site):
    again = NewArticle(url=f"{article.url}#comments", title="Another title")
    assert add_article(again) == (article, False)
    read(article, site)
    assert (add_article(again), article.title) == ((article, False), "Harbour grows - Post")
    read(article, site, timedelta(days=1))
    assert (len(site.requests), article.versions.count(), ArticlePage.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_an_address_at_once_one_has_it_read():
    found = all_at_once([lambda: add_article(NewArticle(url="https://post.example/harbour"))] * 6)
    assert sorted(is_new for _, is_new in found) == [False] * 5 + [True]
    assert len({article.pk for article, _ in found}) == 1
    assert take_messages() == [(READ_PAGE, [ArticlePage.objects.get().pk])]


@pytest.mark.django_db(transaction=True)
def test_of_two_readers_one_reads():
    with serving(lambda path: page(article_page("Harbour grows"))) as site:
        article = send(site.url())
        all_at_once([lambda: read_page(article.page.pk, fetcher_for(site))] * 6)
        assert (len(site.requests), ArticleVersion.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_text_that_is_sent_while_the_page_is_recorded_deadlocks_nobody():
    text = "\n\n".join(PROSE)
    for number in range(8):
        url = f"https://post.example/{number}"
        waiting = take_page(send(url).page.pk)
        works = [
            lambda u=url: add_article(NewArticle(text=text, url=u)),
            lambda u=url: add_article(NewArticle(text=text)),
        ]
        works += [lambda u=url: add_read_page(NewArticle(url=u), clean_page(text)), lambda w=waiting: fail(w)]
        all_at_once(works)
        assert Article.objects.get(url=url).page.status == "read"
        ArticleVersion.objects.filter(article__url="").delete()


def fail(page: ArticlePage) -> None:
    record_failure(page, "503", is_passing=True)


def test_a_reader_that_is_killed_between_fetching_and_noting_is_made_up_for(article, site):
    take_messages()
    assert take_page(article.page.pk).attempts == 1  # and no more
    assert (read(article, site).status, site.requests) == ("reading", [])
    assert wake_pages() == 0
    with time_machine.travel(timezone.now() + WOKEN_EVERY):
        assert (wake_pages(), take_messages()) == (1, [(READ_PAGE, [article.page.pk])])
    done = read(article, site, WOKEN_EVERY)
    assert (done.status, done.failures, article.versions.count()) == ("read", 1, 1)


def test_a_page_that_kills_its_reader_each_time_fails_in_the_end_and_is_told(article, producer):
    for _ in range(len(DELAYS) + 1):
        take_page(article.page.pk)
        lapse(article.page)
    assert take_page(article.page.pk) is None
    article.page.refresh_from_db()
    assert (article.page.status, article.page.last_error[:23]) == ("failed", "Gave up after 5 attempt")
    assert [mail.recipient for mail in OutgoingEmail.objects.all()] == [producer]


def test_an_attempt_that_was_overtaken_notes_no_failure(article):
    slow = take_page(article.page.pk)
    lapse(article.page)
    take_page(article.page.pk)
    record_failure(slow, "late", is_passing=False)
    article.page.refresh_from_db()
    assert (article.page.status, article.page.attempts, OutgoingEmail.objects.count()) == ("reading", 2, 0)


def test_of_two_attempts_that_both_have_the_text_the_first_is_kept(article):
    for text in ("As it was.", "As it is by now."):
        add_read_page(NewArticle(url=article.url), clean_page(text))
    assert list(article.versions.values_list("text", flat=True)) == ["As it was."]


@pytest.mark.parametrize("status", ["waiting", "failed"])
def test_the_source_of_the_page_that_is_sent_ends_the_wait_too(article, site, status):
    change(article.page, status=status, last_error="404")
    assert add_article(NewArticle(html=article_page("Harbour grows"), url=article.url)) == (article, True)
    done = read(article, site, timedelta(days=1))
    assert (done.status, done.last_error, site.requests, article.versions.count()) == ("read", "", [], 1)


@pytest.mark.parametrize("status", ["waiting", "failed"])
def test_a_text_that_is_sent_ends_the_wait_and_mends_a_failure(article, site, status):
    change(article.page, status=status, last_error="404")
    assert add_article(NewArticle(text="Sent by the CMS.", url=article.url, title="By hand")) == (article, True)
    done = read(article, site, timedelta(days=1))
    assert (done.status, done.last_error, site.requests) == ("read", "", [])
    assert (article.title, article.versions.get().text) == ("By hand", "Sent by the CMS.")


def test_a_text_that_is_sent_while_the_page_is_fetched_stays(article):
    class Slow:
        def fetch(self, url: str) -> FetchedPage:
            add_article(NewArticle(text="Sent by the CMS.", url=url))
            return FetchedPage(url, "text/html", article_page("Harbour grows").encode(), NOTHING_KNOWN)

    read_page(article.page.pk, Slow())
    article.page.refresh_from_db()
    assert (article.page.status, article.versions.get().text) == ("read", "Sent by the CMS.")


def test_a_page_that_a_feed_names_too_is_fetched_once(article, site, editor):
    entry = make_entry(make_feed(editor), url=article.url)
    read_entry(entry.pk, fetcher_for(site))
    entry.refresh_from_db()
    assert (entry.article, site.requests) == (article, [])
    read(article, site)
    assert (len(site.requests), article.versions.count()) == (1, 1)


def test_what_was_read_for_a_feed_is_the_text_of_an_address_that_was_sent_meanwhile(editor, site):
    entry = make_entry(make_feed(editor), url=site.url())
    taken = take_entry(entry.pk)
    article = send(entry.url)
    record_article(taken, clean_page("As the page has it."))
    assert (read(article, site).status, article.versions.count(), site.requests) == ("read", 1, [])


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_sent_while_the_broker_is_away_is_swept_up():
    with broker_url(DEAD_BROKER):
        article = send("https://post.example/harbour")
    assert article.page.status == "waiting"
    change(article.page, next_attempt_at=timezone.now() - WOKEN_EVERY)
    assert (wake_pages(), wake_pages()) == (1, 0)


def test_a_desk_that_starts_alone_takes_up_everything_at_once(article):
    take_page(article.page.pk)
    release_taken_pages()
    assert wake_pages() == 1


# Who is told, and who may try again.


def test_editors_and_the_sender_are_told_why_and_what_to_do(article, site, editor, producer, reviewer):
    site.answer = lambda path: [head("404 Not Found")]
    read(article, site)
    assert {mail.recipient for mail in OutgoingEmail.objects.all()} == {editor, producer}
    mail = OutgoingEmail.objects.first()
    assert mail.subject == f"Please look: could not read “{article.url}”"
    assert [words in mail.text for words in (article.url, "The site answers 404.", "Send its text")] == [True] * 3


def test_programs_are_told(article, site, editor):
    webhook = make_webhook(editor)
    site.answer = lambda path: [head("404 Not Found")]
    read(article, site)
    body = json.loads(webhook.deliveries.get().body)
    assert (body["type"], body["data"]["version"]) == ("article.failed", None)
    assert (body["data"]["article"]["id"], body["data"]["article"]["url"]) == (article.pk, article.url)


@pytest.mark.parametrize("role", [Role.PRODUCER, Role.EDITOR, Role.ADMINISTRATOR])
def test_who_may_send_articles_has_it_tried_again(article, site, person, role):
    site.answer = lambda path: [head("404 Not Found")]
    read(article, site)
    take_messages()
    retry_page(person("sam", role), article.pk)
    assert take_messages() == [(READ_PAGE, [article.page.pk])]
    article.page.refresh_from_db()
    assert (article.page.status, article.page.last_error, article.page.failures) == ("waiting", "", 0)
    read(article, site)
    assert OutgoingEmail.objects.filter(kind="article_failed", recipient=article.added_by).count() == 2


def test_others_may_not(article, reviewer, outsider):
    for somebody in (reviewer, outsider):
        with pytest.raises(NotPermitted):
            retry_page(somebody, article.pk)
        with pytest.raises(NotPermitted):
            add_article(NewArticle(url="https://post.example/other"), somebody)
    assert Article.objects.count() == 1


def test_what_is_read_or_being_read_or_was_sent_as_text_is_not_tried_again(article, site, producer):
    sent, _ = add_article(NewArticle(text="Sent by the CMS."))
    take_page(article.page.pk)
    for one in (sent, article):
        with pytest.raises(Conflict):
            retry_page(producer, one.pk)
    lapse(article.page)
    read(article, site)
    with pytest.raises(Conflict):
        retry_page(producer, article.pk)
