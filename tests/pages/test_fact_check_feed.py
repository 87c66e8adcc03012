"""The feed: Atom that every reader can parse, whatever words stand in it."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.http import HttpResponse

from claims.pages.fact_check_feed import LONGEST
from claims.publishing.fact_checks import correct_fact_check, withdraw_fact_check
from tests.factories import make_article, make_queued_claim
from tests.pages.published import EVIL, FEED, page_of, publish, publish_many

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = f"{EVIL} \x01\x08\x0b\x1f\ufffe\uffff 😀 <![CDATA[ &#0; ]]>"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


def entries(page: HttpResponse, *parts: str) -> list[tuple[str | None, ...]]:
    feed = ElementTree.fromstring(page.content)  # noqa: S314  our own
    return [tuple(entry.findtext(f"{ATOM}{part}") for part in parts) for entry in feed.findall(f"{ATOM}entry")]


def test_the_feed_names_the_desk_and_itself(client, settings):
    settings.SITE_URL, settings.DESK_NAME = "https://desk.example", "The Courier’s desk"
    page = client.get(FEED)
    feed = ElementTree.fromstring(page.content)  # noqa: S314
    assert page["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.findtext(f"{ATOM}title") == "Fact-checks of The Courier’s desk"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The Courier’s desk"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "https://desk.example/fact-checks/", "self": f"https://desk.example{FEED}"}


def test_an_entry_says_what_was_found(client, clock, editor, reviewer, settings):
    settings.SITE_URL = "https://desk.example"
    made = publish(editor, reviewer, make_queued_claim())
    address = f"https://desk.example{page_of(made)}"
    told = "<p>The claim: roughly 2,500 dockers</p><p>Rating: False</p><p>It employs 1,900, not 2,500.</p>\n"
    assert entries(client.get(FEED), "id", "title", "summary", "published", "updated") == [
        (address, made.title, told, "2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00+00:00")
    ]


def test_what_is_corrected_comes_up_again_and_what_is_withdrawn_is_gone(client, clock, editor, reviewer):
    first, second, third = publish_many(editor, reviewer, 3)
    clock.shift(timedelta(days=1))
    correct_fact_check(editor, first.slug, "A slip.", summary="2.")
    clock.shift(timedelta(days=1))
    correct_fact_check(editor, first.slug, "Another slip.", summary="3.")
    withdraw_fact_check(editor, third.slug, "It was wrong.")
    assert entries(client.get(FEED), "title", "published", "updated") == [
        ("Corrected: Ships, 1", "2026-11-22T10:00:00+00:00", "2026-11-24T10:00:00+00:00"),
        (second.title, "2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00+00:00"),
    ]
    ((summary,), _) = entries(client.get(FEED), "summary")
    assert summary.startswith("<p>Corrected on 24 November 2026.</p><p>Another slip.</p><p>The claim: ")


def test_days_are_those_of_the_desks_place(client, clock, editor, reviewer, settings):
    settings.DESK_TIME_ZONE = "Pacific/Auckland"
    clock.move_to("2026-11-22 12:00:00Z")
    made = publish(editor, reviewer, make_queued_claim())
    correct_fact_check(editor, made.slug, "A slip.", summary="2.")
    ((summary,),) = entries(client.get(FEED), "summary")
    assert "Corrected on 23 November 2026." in summary


def test_the_feed_holds_the_newest(client, editor, reviewer):
    made = publish_many(editor, reviewer, LONGEST + 1)
    assert entries(client.get(FEED), "title") == [(one.title,) for one in reversed(made[1:])]


def test_hostile_words_stay_words_and_what_xml_forbids_is_left_out(client, editor, reviewer, settings):
    settings.DESK_NAME = HOSTILE
    claim = make_queued_claim(article=make_article(f"It said {HOSTILE}."), quote=HOSTILE)
    title, summary = (words.replace("\x0b", "").replace("\x1f", "") for words in (HOSTILE, HOSTILE))
    made = publish(editor, reviewer, claim, title=title, summary=summary)
    correct_fact_check(editor, made.slug, HOSTILE, summary=f"{summary} 2")
    page = client.get(FEED)
    ((told, found),) = entries(page, "title", "summary")
    assert told.startswith("Corrected: </script><script>alert(1)</script>")
    assert "😀 <![CDATA[ &#0; ]]>" in told
    assert ("<script" in found, "<img" in found, "&lt;script&gt;" in found) == (False, False, True)
    assert not {"\x01", "\x08", "\ufffe", "\uffff"} & set(page.content.decode())


def test_the_feed_speaks_the_language_of_the_reader(client, editor, reviewer):
    made = publish(editor, reviewer, make_queued_claim())
    correct_fact_check(editor, made.slug, "A slip.", summary="2.")
    page = client.get(FEED, headers={"Accept-Language": "de"})
    assert entries(page, "title") == [(f"Berichtigt: {made.title}",)]
    assert 'xml:lang="de"' in page.content.decode()
