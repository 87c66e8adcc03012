import pytest
from django.utils import timezone

from claims.models import Feed
from tests.admin.pages import STRICT, inline_code, policy, said, url, words
from tests.broker import take_messages
from tests.factories import make_article
from tests.intake.feeding import change, make_entry, make_feed
from tests.models.attacking import tomorrow

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7|add:7 }} \"' &amp;"
TYPED = {"url": "https://courier.example/feed", "outlet": "Courier"}
ACTS = ["read_feed", "pause_feed", "resume_feed", "delete_feed"]
PEOPLE = [("reviewer", 403), ("producer", 403), ("editor", 200), ("administrator", 200)]


@pytest.fixture
def feed(editor) -> Feed:
    return make_feed(editor)


def failing(**fields) -> dict:
    return {"failures": 4, "failing_since": timezone.now(), "last_error": "The site answers 404."} | fields


# Who may.


@pytest.mark.parametrize(("who", "status"), PEOPLE)
def test_the_pages_open_for_who_manages_feeds_alone(request, desk, feed, who, status):
    browser = desk(request.getfixturevalue(who))
    assert {browser.get(page).status_code for page in (url("feeds"), url("feed", feed.pk))} == {status}
    listed = browser.get(url("claims_article_changelist"))
    assert (f'href="{url("feeds")}"' in listed.content.decode()) == (status == 200)


def test_the_pages_of_feeds_belong_to_articles(desk, editor, feed):
    for page in (url("feeds"), url("feed", feed.pk)):
        here = f'<a href="{url("claims_article_changelist")}" aria-current="page">'
        assert here in desk(editor).get(page).content.decode()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("who", "status"), PEOPLE)
def test_a_button_works_for_its_people_alone_and_is_no_link(request, desk, feed, act, who, status):
    browser = desk(request.getfixturevalue(who))
    assert browser.post(url(act, feed.pk)).status_code == (302 if status == 200 else 403)
    assert browser.get(url(act, feed.pk)).status_code == 405


@pytest.mark.parametrize(("who", "status"), PEOPLE)
def test_who_manages_no_feeds_tries_nothing_again(request, desk, feed, who, status):
    entry = make_entry(feed, status="failed", last_error="404")
    answer = desk(request.getfixturevalue(who)).post(url("retry_entry", feed.pk, entry.pk))
    entry.refresh_from_db()
    assert (answer.status_code, entry.status) == ((302, "waiting") if status == 200 else (403, "failed"))


@pytest.mark.parametrize("name", ["feed", *ACTS])
def test_a_feed_that_is_not_there_is_not_found(desk, editor, name):
    assert desk(editor).post(url(name, 0)).status_code == 404


# Adding and changing.


def test_a_feed_is_added(desk, editor):
    page = desk(editor).post(url("feeds"), TYPED, follow=True)
    added = Feed.objects.get()
    assert (added.url, added.outlet, added.added_by) == (*TYPED.values(), editor)
    assert "The feed is added and read now." in said(page)
    assert "Not read yet." in words(page)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"url": ""}, "This field is required."),
        ({"url": "courier"}, "The URL must begin with http:// or https://"),
        ({"url": "https://post.example/feed.xml"}, "The desk has a feed with this address already."),
        ({"outlet": "x" * 201}, "at most 200 characters"),
    ],
    ids=str,
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(desk, editor, feed, typed, refusal):
    browser, other = desk(editor), make_feed(editor, "https://other.example/")
    for address in (url("feeds"), url("feed", other.pk)):
        page = browser.post(address, TYPED | typed)
        assert (page.status_code, Feed.objects.count()) == (400, 2)
        assert refusal in words(page)
        assert "Courier" in page.content.decode() or "outlet" in typed


def test_a_feed_is_changed(desk, editor, feed):
    page = desk(editor).post(url("feed", feed.pk), TYPED, follow=True)
    feed.refresh_from_db()
    assert "The feed is changed." in said(page)
    assert (feed.url, feed.outlet) == tuple(TYPED.values())


# How it stands.


def test_the_list_says_how_each_feed_stands(desk, editor, feed):
    make_entry(feed, 1, status="read", article=make_article())
    make_entry(feed, 2)
    change(feed, last_read_at=timezone.now())
    make_feed(editor, "https://a.example/", outlet="Courier", **failing())
    make_feed(editor, "https://b.example/", outlet="", paused_at=timezone.now(), **failing())
    page = words(desk(editor).get(url("feeds")))
    assert "Velmar Post https://post.example/feed.xml Active" in page
    assert page.index("Paused not yet 0") < page.index("Failing since") < page.index("Active")


def test_the_page_says_what_the_feed_named_and_why_a_page_could_not_be_read(desk, editor, feed):
    article = make_article()
    make_entry(feed, 1, status="read", article=article)
    make_entry(feed, 2, status="failed", last_error="The site answers 404.")
    make_entry(feed, 3, status="skipped")
    make_entry(feed, 4, failures=1, last_error="The site answers 503.", next_attempt_at=tomorrow())
    page = desk(editor).get(url("feed", feed.pk))
    assert url("article", article.pk) in page.content.decode()
    assert "Could not be read The site answers 404. Try again" in words(page)
    assert "Passed over: the feed named too many pages at once Read now" in words(page)
    assert "Waiting to be read The site answers 503. Tried again at" in words(page)
    assert "1 article came of it." in words(page)


def test_a_failing_feed_says_since_when_and_why(desk, editor, feed):
    change(feed, **failing())
    page = words(desk(editor).get(url("feed", feed.pk)))
    assert "Failing since" in page
    assert "The site answers 404. Tried again at" in page


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({}, False),
        (failing(), False),
        (failing(told_failing_at=timezone.now()), True),
        (failing(told_failing_at=timezone.now(), paused_at=timezone.now()), False),
    ],
    ids=["well", "not-for-long", "told", "paused"],
)
def test_the_first_page_tells_of_what_fails_for_long(desk, feed, editor, producer, fields, is_told):
    change(feed, **fields)
    assert ("1 feed cannot be read" in words(desk(editor).get(url("index")))) == is_told
    assert "1 feed cannot be read" not in words(desk(producer).get(url("index")))


# The buttons.


def test_pausing_and_resuming(desk, editor, feed):
    browser = desk(editor)
    assert "Paused since" in words(browser.post(url("pause_feed", feed.pk), follow=True))
    assert "Resume it first" in said(browser.post(url("read_feed", feed.pk), follow=True))
    assert "The feed is resumed" in said(browser.post(url("resume_feed", feed.pk), follow=True))


def test_reading_now(desk, editor, feed):
    assert "The feed is read now." in said(desk(editor).post(url("read_feed", feed.pk), follow=True))
    assert take_messages() != []


def test_trying_an_entry_again(desk, editor, feed):
    entry = make_entry(feed, status="failed", last_error="404")
    browser = desk(editor)
    assert "It is read now." in said(browser.post(url("retry_entry", feed.pk, entry.pk), follow=True))
    change(entry, status="read", article=make_article())
    assert "nothing to try again" in said(browser.post(url("retry_entry", feed.pk, entry.pk), follow=True))
    assert browser.post(url("retry_entry", feed.pk, 0)).status_code == 404
    assert browser.post(url("retry_entry", make_feed(editor, "https://o.example/").pk, entry.pk)).status_code == 404


def test_nothing_of_a_paused_feed_can_be_tried_again(desk, editor, feed):
    entry = make_entry(feed, status="failed", last_error="404")
    browser, button = desk(editor), f'action="{url("retry_entry", feed.pk, entry.pk)}"'
    assert button in browser.get(url("feed", feed.pk)).content.decode()
    change(feed, paused_at=timezone.now())
    assert button not in browser.get(url("feed", feed.pk)).content.decode()
    assert "Resume it first" in said(browser.post(url("retry_entry", feed.pk, entry.pk), follow=True))


def test_deleting(desk, editor, feed):
    page = desk(editor).post(url("delete_feed", feed.pk), follow=True)
    assert ("Its articles stay." in said(page), Feed.objects.count()) == (True, 0)


def test_many_entries_come_in_pages(desk, editor, feed):
    for number in range(60):
        make_entry(feed, number)
    browser = desk(editor)
    first = browser.get(url("feed", feed.pk))
    older = browser.get(url("feed", feed.pk), {"before": first.context["older"]})
    assert (len(first.context["entries"]), len(older.context["entries"]), older.context["older"]) == (50, 10, None)
    assert browser.get(url("feed", feed.pk), {"before": "x"}).status_code == 200


# Strict pages.


def test_pages_are_strict_whatever_stands_in_them(desk, editor, feed):
    evil = f"https://post.example/?{EVIL}"
    change(feed, url=evil, outlet=EVIL, failures=1, failing_since=timezone.now(), last_error=EVIL)
    make_entry(feed, title=EVIL, url=evil, status="failed", last_error=EVIL)
    browser = desk(editor)
    pages = [browser.get(url("feeds")), browser.get(url("feed", feed.pk))]
    pages += [browser.post(address, {"url": EVIL, "outlet": EVIL}) for address in (url("feeds"), url("feed", feed.pk))]
    for page in pages:
        assert policy(page) >= STRICT
        assert inline_code(page) == []
        assert "no-store" in page["Cache-Control"]


def test_the_number_of_queries_does_not_grow(desk, editor, feed, django_assert_max_num_queries):
    browser, pages = desk(editor), (url("feeds"), url("feed", feed.pk))
    with django_assert_max_num_queries(16) as few:
        [browser.get(page) for page in pages]
    for number in range(5):
        make_feed(editor, f"https://o.example/{number}")
        make_entry(feed, number, status="read", article=make_article(f"Harbour {number}."))
    with django_assert_max_num_queries(len(few)):
        [browser.get(page) for page in pages]
