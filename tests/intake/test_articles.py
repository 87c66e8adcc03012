"""One way in for an article: the same content is one article, other content at the same address a new version."""

import threading
from datetime import date

import pytest
from django.db import connection

from claims.exceptions import ArticleRefused, NotPermitted
from claims.intake.articles import NewArticle, add_article
from claims.jobs import EXTRACT_VERSION
from claims.models import Article, ArticleVersion
from tests.broker import take_messages

TEXT = "The harbour employs roughly 2,500 dockers. It opened in March 2019, officials said."
OTHER = "The harbour employs roughly 1,900 dockers. It opened in March 2019, officials said."
URL = "https://herald.example/harbour"

pytestmark = pytest.mark.django_db


def add(text: str = TEXT, **about) -> tuple[int, bool]:
    article, is_new = add_article(NewArticle(text=text, **about))
    return article.pk, is_new


def versions(article_id: int) -> list[tuple[int, str]]:
    return list(ArticleVersion.objects.filter(article=article_id).values_list("number", "text"))


def test_an_article_is_stored_with_its_first_version_and_wakes_the_extraction(producer):
    about = {"title": "Harbour grows", "outlet": "Herald", "url": URL, "external_id": "42"}
    new = NewArticle(text=TEXT, published_on=date(2021, 7, 23), **about)
    article, is_new = add_article(new, producer)
    article.refresh_from_db()
    assert is_new is True
    assert {name: getattr(article, name) for name in about} == about
    assert (article.published_on, article.added_by, article.language) == (date(2021, 7, 23), producer, "en")
    version = article.versions.get()
    assert (version.number, version.text, version.extraction_status) == (1, TEXT, "waiting")
    assert take_messages() == [(EXTRACT_VERSION, [version.pk])]


def test_the_same_content_again_is_the_same_article_and_wakes_nobody():
    first, _ = add()
    take_messages()
    assert add() == (first, False)
    assert (Article.objects.count(), ArticleVersion.objects.count(), take_messages()) == (1, 1, [])


def test_other_content_is_another_article():
    assert add()[0] != add(OTHER)[0]


def test_other_content_at_the_same_url_is_a_new_version():
    first, _ = add(url=URL)
    assert add(OTHER, url=URL) == (first, True)
    assert versions(first) == [(1, TEXT), (2, OTHER)]


def test_an_article_that_goes_back_to_its_old_wording_says_that_again():
    first, _ = add(url=URL)
    add(OTHER, url=URL)
    assert add(url=URL) == (first, True)
    assert versions(first) == [(1, TEXT), (2, OTHER), (3, TEXT)]


def test_a_text_without_an_address_that_an_article_once_said_is_known():
    first, _ = add(url=URL)
    add(OTHER, url=URL)
    assert add() == (first, False)


def test_an_address_of_any_length_and_script_identifies_an_article():
    first, _ = add(url=URL + "\N{CJK UNIFIED IDEOGRAPH-4E00}" * 1900)
    assert add(url=URL + "\N{CJK UNIFIED IDEOGRAPH-4E00}" * 1900) == (first, False)


@pytest.mark.parametrize("url", ["https://user:word@velmar.example/", "http://a\nb.example/", "http://x.example:ab/"])
def test_an_address_that_hides_something_is_refused(url):
    with pytest.raises(ArticleRefused) as refusal:
        add(url=url)
    assert refusal.value.code == "url"


def test_a_title_is_one_line_of_printable_characters():
    first, _ = add(title="Harbour\r\ngrows\x1b[31m \u202eagain")
    assert Article.objects.get(pk=first).title == "Harbour grows [31m again"


def test_a_place_in_a_page_is_still_the_page():
    first, _ = add(url=URL)
    assert add(url=f"{URL}#comments") == (first, False)


def test_the_same_external_id_of_the_same_outlet_is_the_same_article():
    first, _ = add(external_id="42", outlet="Herald")
    assert add(OTHER, external_id="42", outlet="Herald") == (first, True)
    assert add(OTHER, external_id="42", outlet="Courier")[0] != first


def test_an_outlet_and_id_are_not_mistaken_for_another_pair():
    first, _ = add(outlet="Herald: local", external_id="7")
    assert add(OTHER, outlet="Herald", external_id=" local:7")[0] != first


def test_content_known_without_an_address_adopts_the_one_that_comes_later():
    first, _ = add()
    assert add(url=URL, outlet="Herald") == (first, False)
    article = Article.objects.get()
    assert (article.identity[:4], article.url, article.outlet) == ("url:", URL, "Herald")
    assert add(OTHER, url=URL) == (first, True)


def test_an_address_once_known_is_kept():
    first, _ = add(url=URL)
    assert add() == (first, False)
    assert add(external_id="42")[0] != first
    assert Article.objects.get(pk=first).url == URL


def test_the_same_content_at_two_addresses_is_two_articles():
    assert add(url=URL)[0] != add(url=f"{URL}-2")[0]


def test_a_page_is_cleaned_and_what_the_producer_says_wins():
    page = f"Skip to main content\n\nHarbour grows\n\n{TEXT}\n\nShare on Facebook"
    article, _ = add_article(NewArticle(text=page, title="Desk title"))
    assert (article.title, article.versions.get().text) == ("Desk title", TEXT)
    assert add() == (article.pk, False)


def test_a_long_title_is_cut():
    assert len(add_article(NewArticle(text=TEXT, title="x" * 600))[0].title) == 500


# Refusals leave nothing behind.


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"text": ""}, "empty"),
        ({"text": " \n\t"}, "empty"),
        ({"text": "a\x00b"}, "binary"),
        ({"text": "x" * 1_000_001}, "too_large"),
        ({"text": "half \ud83d"}, "encoding"),
        ({"url": "ftp://herald.example/"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "herald.example"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "http://[half"}, "url"),
        ({"url": URL + "x" * 2000}, "url"),
        ({"url": URL + "\x00"}, "url"),
        ({"outlet": "x" * 201}, "outlet"),
        ({"outlet": "He\x00rald"}, "outlet"),
        ({"external_id": "x" * 201}, "external_id"),
        ({"title": "Har\x00bour"}, "title"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_become_an_article_is_refused_with_a_code(about, code):
    with pytest.raises(ArticleRefused) as refusal:
        add(**{"text": TEXT} | about)
    assert refusal.value.code == code
    assert not Article.objects.exists()


def test_who_adds_articles(producer, editor, administrator, reviewer, outsider):
    for somebody in (reviewer, outsider):
        with pytest.raises(NotPermitted):
            add_article(NewArticle(text=TEXT), somebody)
    assert not Article.objects.exists()
    ids = {add_article(NewArticle(text=TEXT), somebody)[0].pk for somebody in (producer, editor, administrator)}
    assert ids == {Article.objects.get(added_by=producer).pk}


# Many at once.


def all_at_once(count: int, work) -> list:
    """`work(number)` in `count` threads that start together, each with a connection of its own; what each returned."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(number: int) -> None:
        barrier.wait()
        try:
            results[number] = work(number)
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_the_same_content_eight_times_at_once_is_one_article():
    results = all_at_once(8, lambda number: add())
    assert sorted(is_new for _, is_new in results) == [False] * 7 + [True]
    assert {article for article, _ in results} == {Article.objects.get().pk}
    assert ArticleVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_wordings_of_one_page_at_once_are_eight_versions_in_line():
    results = all_at_once(8, lambda number: add(f"{TEXT} Update {number}.", url=URL))
    assert {is_new for _, is_new in results} == {True}
    assert list(Article.objects.get().versions.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.django_db(transaction=True)
def test_the_same_content_with_and_without_its_address_at_once_is_one_article():
    results = all_at_once(8, lambda number: add(url=URL if number % 2 else ""))
    assert len({article for article, _ in results}) == 1
    assert (Article.objects.get().url, ArticleVersion.objects.count()) == (URL, 1)
