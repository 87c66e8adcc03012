import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.admin.doorway import MOST_SHOWN
from claims.models import Appearance, Article, ArticleVersion, Claim
from tests.admin.pages import said, url, words
from tests.factories import TEXT, make_article, make_claim, make_queued_claim
from tests.intake.feeding import PROSE, article_page

pytestmark = pytest.mark.django_db


def add(browser, follow=True, **typed):
    return browser.post(url("add_article"), typed, follow=follow)


# Adding.


def test_a_pasted_article_comes_in(desk, producer):
    page = add(desk(producer), text=TEXT, title="Harbour", outlet="Courier", published_on="2024-02-03")
    article = Article.objects.get()
    assert (article.title, article.outlet, str(article.published_on)) == ("Harbour", "Courier", "2024-02-03")
    assert (article.added_by, page.request["PATH_INFO"]) == (producer, url("article", article.pk))
    assert "The article is in." in said(page)


def test_an_uploaded_article_comes_in(desk, producer):
    add(desk(producer), file=SimpleUploadedFile("a.txt", b"\xef\xbb\xbf" + TEXT.encode()))
    assert ArticleVersion.objects.get().text == TEXT


@pytest.mark.parametrize("name", ["harbour.html", "HARBOUR.HTM"])
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_saved_web_page_comes_in(desk, producer, name, encoding):
    source = f'<meta charset="{encoding}">{article_page("Der Hafen wächst")}'.encode(encoding)
    page = add(desk(producer), file=SimpleUploadedFile(name, source), outlet="Courier")
    article = Article.objects.get()
    assert (article.title, article.outlet) == ("Der Hafen wächst - Post", "Courier")
    assert article.versions.get().text == "\n\n".join(["Der Hafen wächst", *PROSE])
    assert "The article is in. Its claims appear here" in said(page)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"<title>Sign in</title>", "No article was found in the page's source."),
        (b"<div>" * 60_000, "The page has more than 3,000,000 bytes or 50,000 tags."),
        (b"x" * 3_000_001, "The file is larger than 1,000,000 bytes, or 3,000,000 of a web page."),
    ],
    ids=["sign-in", "tags", "large"],
)
def test_a_saved_web_page_that_is_no_article_is_refused_beside_its_file(desk, producer, source, sentence):
    page = add(desk(producer), file=SimpleUploadedFile("a.html", source))
    assert (page.status_code, list(page.context["form"].errors), sentence in words(page)) == (400, ["file"], True)
    assert not Article.objects.exists()


def test_the_same_text_again_leads_to_the_article_that_is_there(desk, producer):
    add(desk(producer), text=TEXT)
    page = add(desk(producer), text=TEXT)
    assert said(page) == "The desk has this text already. This is its article."
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": " \n"}, "There is no text here. Send the article's text."),
        ({"text": "a\x01b"}, "This is not plain text"),
        ({"text": "x" * 1_000_001}, "The article is larger than 1,000,000 bytes."),
        ({"text": TEXT, "url": "ftp://x.example/"}, "The URL must begin with http:// or https://"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"text": TEXT, "published_on": "yesterday"}, "Enter a valid date."),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF\x00")}, "This is not plain text"),
        ({"file": SimpleUploadedFile("a.txt", "é".encode("latin-1"))}, "is not UTF-8"),
        ({"text": TEXT, "file": SimpleUploadedFile("a.txt", b"x")}, "Paste a text or choose a file, not both."),
    ],
)
def test_a_refusal_is_shown_in_the_form(desk, producer, typed, sentence):
    page = add(desk(producer), **typed)
    assert page.status_code == 400
    assert sentence in words(page)
    assert not Article.objects.exists()


LARGE = b"The port has 2,500 dockers.\n" * 110_000  # 3 MB: Django's handler drops it before it reaches the disk
FILE_TOO_LARGE = (
    "The file is larger than 1,000,000 bytes, or 3,000,000 of a web page. Send only the article's own text."
)


@pytest.mark.parametrize("typed", [{}, {"text": " \n"}, {"title": "Harbour"}, {"text": TEXT}])
def test_a_file_that_was_dropped_for_its_size_is_named_as_the_reason(desk, producer, typed):
    page = add(desk(producer), file=SimpleUploadedFile("a.txt", LARGE), **typed)
    assert page.status_code == 400
    assert FILE_TOO_LARGE in words(page)
    assert "There is no text here" not in words(page)
    assert not Article.objects.exists()


def test_a_pasted_text_of_that_size_is_no_file(desk, producer):
    page = add(desk(producer), text=LARGE.decode())
    assert "The article is larger than 1,000,000 bytes." in words(page)
    assert FILE_TOO_LARGE not in words(page)


def test_nothing_at_all_is_refused(desk, producer):
    page = add(desk(producer))
    assert (page.status_code, "There is no text here." in words(page)) == (400, True)


def test_a_refused_form_keeps_the_text(desk, producer):
    page = add(desk(producer), text=TEXT, published_on="yesterday")
    assert f"{TEXT}</textarea>" in page.content.decode()


def test_the_registers_lead_to_the_same_form_and_page(desk, editor):
    article = make_article()
    browser = desk(editor)
    assert browser.get(url("claims_article_add")).url == url("add_article")
    assert browser.get(url("claims_article_change", article.pk)).url == url("article", article.pk)


# The article's page.


def test_the_page_shows_the_text_with_its_claims(desk, editor):
    claim = make_queued_claim()
    page = desk(editor).get(url("article", claim.article_id))
    assert "Claims roughly 2,500 dockers Queued" in words(page)
    assert f'<a class="other" href="{url("review_claim", claim.pk)}"' in page.content.decode()


def test_an_article_with_very_many_claims_shows_the_first_of_them(desk, editor):
    article = make_article("7 ships. " * (MOST_SHOWN + 1))
    about = {"article": article, "kind": "quantity", "check_worthiness": 0.5}
    claims = Claim.objects.bulk_create(Claim(headline=f"No. {n}.", **about) for n in range(MOST_SHOWN + 1))
    version = article.versions.get()
    Appearance.objects.bulk_create(
        Appearance(claim=claim, version=version, quote="7 ships", start=9 * n, end=9 * n + 7)
        for n, claim in enumerate(claims)
    )
    page = desk(editor).get(url("article", article.pk))
    assert "Only the first 500 claims are listed and marked." in words(page)
    assert [f"No. {n}." in words(page) for n in (0, 499, 500)] == [True, True, False]
    assert page.content.decode().count("<mark>") == 500
    page = desk(editor).get(url("review_claim", claims[-1].pk))
    assert (page.content.decode().count("<mark"), 'id="words"' in page.content.decode()) == (500, True)


def test_a_failed_extraction_says_why_and_can_be_tried_again(desk, editor):
    article = make_article()
    article.versions.update(extraction_status="failed", failure="ValueError: no sentence")
    browser = desk(editor)
    assert "Could not be read ValueError: no sentence Try again" in words(browser.get(url("article", article.pk)))
    browser.post(url("retry_extraction", article.pk), {"version": 1})
    assert article.versions.get().extraction_status == "waiting"


def test_only_editors_may_try_again(desk, producer):
    article = make_article()
    article.versions.update(extraction_status="failed")
    assert "Try again" not in words(desk(producer).get(url("article", article.pk)))


def test_an_older_version_can_be_read(desk, editor):
    article = make_article()
    ArticleVersion.objects.create(article=article, number=2, text="Rewritten.", sha256="0" * 64)
    browser = desk(editor)
    shown = ["Rewritten." in words(browser.get(url("article", article.pk) + query)) for query in ("", "?version=1")]
    assert shown == [True, False]


@pytest.mark.parametrize("query", ["?version=9", "?version=x", "?version="])
def test_a_version_that_is_not_there_shows_the_newest(desk, editor, query):
    assert "2,500 dockers" in words(desk(editor).get(url("article", make_article().pk) + query))


# A claim that a person found.


def test_a_reviewer_adds_a_claim_by_its_words(desk, reviewer):
    article = make_article()
    page = desk(reviewer).post(
        url("add_claim", article.pk), {"words": "opened in March 2019", "kind": "event"}, follow=True
    )
    claim = Claim.objects.get()
    assert (claim.headline, claim.kind, claim.status, claim.added_by) == (
        "opened in March 2019",
        "event",
        "queued",
        reviewer,
    )
    assert "is in the queue, for a colleague to judge." in said(page)


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"words": "closed in 2019"}, 400, "These words are not in the article's newest version."),
        ({"words": ""}, 400, "This field is required."),
        ({"words": "x" * 5_001}, 400, "Ensure this value has at most 5000 characters"),
        ({"words": "March 2019", "kind": "gossip"}, 400, "Select a valid choice."),
        ({"words": "roughly 2,500 dockers"}, 409, "These very words are already a claim of this article."),
    ],
)
def test_words_that_make_no_claim_are_refused_and_kept(desk, reviewer, typed, status, sentence):
    claim = make_claim()
    page = desk(reviewer).post(url("add_claim", claim.article_id), typed)
    assert page.status_code == status
    assert sentence in words(page)
    assert f"{typed['words']}</textarea>" in page.content.decode()


def test_words_that_stand_twice_are_taken_where_no_claim_is(desk, reviewer):
    article = make_article("Ten ships. Ten ships.")
    for _ in range(2):
        desk(reviewer).post(url("add_claim", article.pk), {"words": "Ten ships"})
    assert [a.start for claim in Claim.objects.order_by("pk") for a in claim.appearances.all()] == [0, 11]


def test_words_that_overlap_themselves_are_found_in_no_time(desk, reviewer):
    article = make_article("a" * 900_000)
    started = time.monotonic()
    page = desk(reviewer).post(url("add_claim", article.pk), {"words": "a" * 5_000})
    assert page.status_code == 302
    assert time.monotonic() - started < 5
