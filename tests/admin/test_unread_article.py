"""An article that is sent in by its address alone, on the desk's pages."""

import pytest
from django.utils import timezone

from claims.jobs import READ_PAGE
from claims.models import Article
from tests.admin.pages import said, url, words
from tests.broker import take_messages
from tests.factories import TEXT, make_article, make_unread_article

pytestmark = pytest.mark.django_db
ADDRESS = "https://post.example/harbour?a=1&b=2"
GONE = {"status": "failed", "last_error": "The site answers 404."}


def add(browser, **typed):
    return browser.post(url("add_article"), typed, follow=True)


def see(browser, article: Article) -> str:
    return words(browser.get(url("article", article.pk)))


def test_an_address_alone_comes_in(desk, producer):
    page = add(desk(producer), url=ADDRESS, outlet="Courier")
    article = Article.objects.get()
    assert (article.url, article.outlet, article.added_by) == (ADDRESS, "Courier", producer)
    assert page.request["PATH_INFO"] == url("article", article.pk)
    assert said(page) == "The article is in. Its page is read now: load this one again in a moment."
    assert "Waiting to be read The text and its claims appear here in a moment" in words(page)
    assert take_messages() == [(READ_PAGE, [article.page.pk])]


def test_the_same_address_again_leads_to_the_article_that_is_there(desk, producer):
    add(desk(producer), url=ADDRESS)
    assert said(add(desk(producer), url=ADDRESS)) == "The desk knows this address already. This is its article."
    assert Article.objects.count() == 1


def test_a_page_that_failed_says_why_and_leads_to_sending_the_text(desk, producer):
    article, browser = make_unread_article(ADDRESS, **GONE), desk(producer)
    page = browser.get(url("article", article.pk))
    assert "Could not be read The site answers 404. The desk knows its address alone." in words(page)
    (form,) = [link for link in page.content.decode().split('"') if link.startswith(url("add_article"))]
    assert f'value="{ADDRESS.replace("&", "&amp;")}"' in browser.get(form).content.decode()
    assert "The article is in." in said(add(browser, url=ADDRESS, text=TEXT))
    assert (article.versions.get().text, "2,500 dockers" in see(browser, article)) == (TEXT, True)


def test_a_page_that_is_tried_again_says_when(desk, producer):
    later = timezone.now().replace(year=2030, month=1, day=5, hour=9, minute=30)
    article = make_unread_article(ADDRESS, last_error="The site answers 503.", next_attempt_at=later)
    shown = "Waiting to be read The site answers 503. Tried again at 5 Jan, 09:30 UTC. Send the text Try again"
    assert shown in see(desk(producer), article)


@pytest.mark.parametrize("who", ["producer", "editor", "administrator"])
def test_who_may_send_articles_has_it_tried_again(request, desk, who):
    article, browser = make_unread_article(ADDRESS, **GONE), desk(request.getfixturevalue(who))
    assert "Send the text Try again" in see(browser, article)
    page = browser.post(url("retry_page", article.pk), follow=True)
    assert "Its page is read now" in said(page)
    assert "Waiting to be read" in words(page)
    assert "Try again" not in words(page)


def test_a_reviewer_sees_how_it_stands_and_no_button(desk, reviewer):
    page = see(desk(reviewer), make_unread_article(ADDRESS, **GONE))
    assert [part in page for part in ("The site answers 404.", "Send the text", "Try again")] == [True, False, False]


def test_there_is_nothing_to_try_again_where_the_text_is_there(desk, editor):
    page = desk(editor).post(url("retry_page", make_article().pk), follow=True)
    assert said(page) == "There is nothing to try again: look at how it stands now."


def test_no_claim_can_be_added_where_there_is_no_text(desk, reviewer):
    page = desk(reviewer).post(url("add_claim", make_unread_article(ADDRESS).pk), {"words": "2,500 dockers"})
    assert (page.status_code, "Waiting to be read" in words(page)) == (400, True)


@pytest.mark.parametrize(
    ("extraction", "shown"),
    [("waiting", ["/waiting", "/reading"]), ("failed", ["Harbour grows", "/failed"]), ("extracted", []), ("", "all")],
)
def test_the_list_finds_articles_by_how_their_pages_stand(desk, editor, extraction, shown):
    make_article().versions.update(extraction_status="failed")
    for name, standing in {
        "waiting": {},
        "reading": {"status": "reading", "taken_until": timezone.now()},
        "failed": GONE,
    }.items():
        make_unread_article(f"https://post.example/{name}", **standing)
    page = words(desk(editor).get(url("claims_article_changelist"), {"extraction": extraction}))
    every = ["/waiting", "/reading", "/failed", "Harbour grows"]
    assert {name for name in every if name in page} == set(every if shown == "all" else shown)


def test_the_desk_counts_what_could_not_be_read(desk, editor):
    make_article().versions.update(extraction_status="failed")
    make_unread_article(ADDRESS, **GONE)
    assert "2 articles could not be read" in words(desk(editor).get(url("index")))
