"""The source of a page that a CMS hands in: its article, and what the page says of it."""

from datetime import date

import pytest

from claims.exceptions import NotPermitted
from claims.intake.articles import NewArticle, add_article
from claims.intake.page_source import read_source
from claims.jobs import EXTRACT_VERSION
from claims.models import Article, ArticleVersion
from tests.broker import take_messages
from tests.intake.feeding import PROSE, article_page
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db
URL = "https://post.example/harbour"
HEAD = (
    '<meta property="og:site_name" content="Velmar Post">'
    '<meta property="article:published_time" content="2026-11-22T23:50:00-05:00">'
)
PAGE = HEAD + article_page("Harbour grows")
TEXT = "\n\n".join(["Harbour grows", *PROSE])
CHANGED = PAGE.replace("47,000", "48,000")


def send(person=None, **known) -> Article:
    return add_article(NewArticle(**{"html": PAGE} | known), person)[0]


def test_the_source_of_a_page_becomes_an_article_with_what_it_says(producer):
    article = send(producer, url=URL)
    assert (article.title, article.outlet, article.language) == ("Harbour grows - Post", "Velmar Post", "en")
    assert (article.published_on, article.url, article.added_by) == (date(2026, 11, 22), URL, producer)
    assert article.versions.get().text == TEXT
    assert take_messages() == [(EXTRACT_VERSION, [article.versions.get().pk])]


def test_what_its_sender_says_goes_before_what_the_page_says():
    known = {"title": "Our title", "outlet": "Courier", "published_on": date(2024, 5, 1), "external_id": "cms-7"}
    article = send(**known)
    assert {name: getattr(article, name) for name in known} == known


def test_where_nobody_names_the_outlet_it_is_the_addresss_host():
    page = article_page("Harbour grows")
    assert [send(html=page, url=URL).outlet, send(html=page, external_id="cms-7").outlet] == ["post.example", ""]


def test_a_very_long_outlet_is_cut():
    outlet = send(html=PAGE.replace("Velmar Post", "Velmar Post " * 30)).outlet
    assert (len(outlet) <= 200, outlet[-1]) == (True, "…")


@pytest.mark.parametrize("known", [{"url": URL}, {"external_id": "cms-7"}, {}], ids=["url", "external_id", "content"])
def test_the_same_article_again_is_the_same_whatever_is_around_it(known):
    article = send(**known)
    around = PAGE.replace("Sport", "Culture").replace("Velmar Post", "The Velmar Post")
    for again in (PAGE, around):
        assert add_article(NewArticle(html=again, **known)) == (article, False)
    assert add_article(NewArticle(text=TEXT, **known)) == (article, False)
    assert (article.versions.count(), len(take_messages())) == (1, 1)


@pytest.mark.parametrize("known", [{"url": URL}, {"external_id": "cms-7"}], ids=["url", "external_id"])
def test_a_changed_article_is_another_version_of_it(known):
    article = send(**known)
    assert add_article(NewArticle(html=CHANGED, **known)) == (article, True)
    assert "48,000" in article.versions.get(number=2).text


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_a_page_at_once_one_adds_it():
    found = all_at_once([lambda: add_article(NewArticle(html=PAGE, url=URL))] * 4)
    assert sorted(is_new for _, is_new in found) == [False] * 3 + [True]
    assert (Article.objects.count(), ArticleVersion.objects.count()) == (1, 1)


def test_what_readers_do_not_see_is_no_text_of_the_article():
    hidden = "Police arrested 900 people in Marrow in May 2021, the ministry said."
    unseen = [
        f"<script>document.write('<p>{hidden}</p>')</script>",
        f'<script type="application/ld+json">{{"articleBody": "{hidden}"}}</script>',
        f"<style>p::after {{ content: '{hidden}' }}</style>",
        f"<!-- <p>{hidden}</p> -->",
        f"<template><p>{hidden}</p></template>",
        f"<noscript><p>{hidden}</p></noscript>",
        f"<div hidden><p>{hidden}</p></div>",
        f"<textarea>{hidden}</textarea>",
    ]
    assert send(html=PAGE.replace("</h1>", "</h1>" + "".join(unseen))).versions.get().text == TEXT


def test_entities_are_read_and_what_they_spell_is_no_tag():
    prose = ["Le port de V&#233;lmar a re&ccedil;u 47&nbsp;000 conteneurs &amp; 3 navires &lt;b&gt; en mars 2023."] * 2
    text = send(html=article_page("Le port grandit", prose)).versions.get().text
    assert "Le port de Vélmar a reçu 47 000 conteneurs & 3 navires <b> en mars 2023." in text


def test_a_page_in_another_language_that_says_it_is_in_another_encoding_is_read_as_it_was_sent():
    prose = [
        f"Im März wurden in Völmar {number} Tausend Container umgeschlagen, so die Behörde." for number in (47, 48)
    ]
    article = send(html='<meta charset="iso-8859-1">' + article_page("Der Hafen wächst", prose))
    assert (article.title, article.language) == ("Der Hafen wächst - Post", "de")
    assert prose[0] in article.versions.get().text


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8-sig", "utf-16"])
def test_the_bytes_of_a_page_are_read_in_the_encoding_that_it_names(encoding):
    page = f'<meta charset="{encoding}">' + article_page("Der Hafen wächst über alle Maße hinaus")
    assert read_source("", "text/html", page.encode(encoding)).text.startswith("Der Hafen wächst über")


def test_who_may_not_add_articles_may_not_hand_in_a_page(reviewer, outsider):
    for somebody in (reviewer, outsider):
        with pytest.raises(NotPermitted):
            send(somebody)
    assert Article.objects.count() == 0
