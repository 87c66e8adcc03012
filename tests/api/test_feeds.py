"""Feeds over REST: everything a page can do a program can."""

import pytest
from django.utils import timezone

from claims.jobs import READ_ENTRY, READ_FEED
from claims.models import Feed
from tests.broker import take_messages
from tests.factories import make_article
from tests.intake.feeding import change, make_entry, make_feed

pytestmark = pytest.mark.django_db
FEEDS = "/api/v1/feeds/"
NEW = {"url": "https://courier.example/feed", "outlet": "Courier"}


@pytest.fixture
def feed(editor) -> Feed:
    return make_feed(editor)


def path(feed: Feed, rest: str = "") -> str:
    return f"{FEEDS}{feed.pk}/{rest}"


def test_a_feed_is_added_and_read(api, editor):
    added = api(editor).post(FEEDS, NEW)
    told = {name: added.json()[name] for name in ("url", "outlet", "added_by", "is_active", "last_read_at", "articles")}
    stands = {"added_by": "edna", "is_active": True, "last_read_at": None, "articles": 0}
    assert (added.status_code, told) == (201, NEW | stands)
    assert take_messages() == [(READ_FEED, [added.json()["id"]])]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"url": "ftp://courier.example/"}, "url"),
        ({"url": "https://post.example/feed.xml"}, "url"),
        ({"url": ["https://courier.example/"]}, "invalid"),
        ({"url": "https://courier.example/\x00"}, "invalid"),
        ({"outlet": "x" * 201}, "invalid"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_whether_added_or_changed(api, editor, feed, fields, code):
    other = make_feed(editor, "https://other.example/")
    for answer in (api(editor).post(FEEDS, NEW | fields), api(editor).patch(path(other), fields)):
        assert (answer.status_code, answer.json()["code"], Feed.objects.count()) == (400, code, 2)


def test_a_feed_is_changed_paused_and_resumed(api, editor, feed):
    client = api(editor)
    changed = client.patch(path(feed), {"outlet": "Courier", "is_active": False}).json()
    assert (changed["outlet"], changed["is_active"], changed["url"]) == ("Courier", False, feed.url)
    assert client.post(path(feed, "reading/")).json()["code"] == "paused"
    assert client.patch(path(feed), {"is_active": True}).json()["paused_at"] is None


def test_a_failing_feed_says_since_when_and_why(api, editor, feed):
    since = timezone.now().replace(microsecond=0)
    change(feed, failures=1, failing_since=since, last_error="The site answers 404.")
    told = api(editor).get(path(feed)).json()
    assert (told["failing_since"], told["last_error"]) == (f"{since:%Y-%m-%dT%H:%M:%SZ}", "The site answers 404.")


def test_a_feed_is_read_now(api, editor, feed):
    assert api(editor).post(path(feed, "reading/")).status_code == 202
    assert take_messages() == [(READ_FEED, [feed.pk])]


def test_entries_are_listed_by_status_and_tried_again(api, editor, feed):
    article = make_article()
    make_entry(feed, 1, status="read", article=article)
    failed = make_entry(feed, 2, status="failed", last_error="The site answers 404.")
    client = api(editor)
    assert [one["article"] for one in client.get(path(feed, "entries/")).json()["results"]] == [None, article.pk]
    (listed,) = client.get(path(feed, "entries/?status=failed")).json()["results"]
    assert (listed["id"], listed["last_error"]) == (failed.pk, "The site answers 404.")
    again = client.post(path(feed, f"entries/{failed.pk}/reading/"))
    assert (again.status_code, again.json()["status"]) == (202, "waiting")
    assert take_messages() == [(READ_ENTRY, [failed.pk])]
    assert client.get(path(feed, "entries/?status=lost")).status_code == 400


def test_what_is_read_is_not_tried_again_nor_what_another_feed_named(api, editor, feed):
    read = make_entry(feed, status="read", article=make_article())
    assert api(editor).post(path(feed, f"entries/{read.pk}/reading/")).status_code == 409
    other = make_feed(editor, "https://other.example/")
    assert api(editor).post(path(other, f"entries/{read.pk}/reading/")).status_code == 404


def test_a_feed_is_deleted(api, editor, feed):
    assert api(editor).delete(path(feed)).status_code == 204
    assert {api(editor).get(path(feed)).status_code, api(editor).delete(path(feed)).status_code} == {404}


def test_nothing_else_changes_from_outside(api, editor, feed):
    before = Feed.objects.values().get()
    api(editor).patch(path(feed), {"etag": "x", "added_by": "adam", "failures": 9, "readings": 7})
    assert Feed.objects.values().get() == before


def test_lists_take_a_constant_number_of_queries(api, editor, feed, django_assert_max_num_queries):
    for address in (FEEDS, path(feed, "entries/")):
        with django_assert_max_num_queries(6) as few:
            api(editor).get(address)
        for number in range(3):
            make_feed(editor, f"https://o.example/{number}{len(address)}")
            make_entry(feed, 10 + number + len(address))
        with django_assert_max_num_queries(len(few)):
            api(editor).get(address)
