import pytest

from claims.extraction import EXTRACTOR_VERSION
from claims.intake.articles import NewArticle, add_article
from claims.models import Article, ArticleVersion, Claim
from claims.review.assignments import take_claim
from tests.admin.pages import said, url, words
from tests.factories import make_claim
from tests.test_tasks import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(jobs) -> Article:
    """Read by an older extractor."""
    article, _ = add_article(NewArticle(text=TEXT))
    jobs.run()
    article.versions.update(extractor="rules-0")
    Claim.objects.update(extractor="rules-0")
    return article


def press(browser, article, version=1):
    return browser.post(url("reextract", article.pk), {"version": version}, follow=True)


def see(browser, article):
    return browser.get(url("article", article.pk))


def test_an_editor_has_an_article_read_again_and_sees_what_changed(article, desk, editor, reviewer, jobs):
    taken, *others = article.claims.order_by("appearances__start")
    take_claim(reviewer, taken.pk)
    headlines = [claim.headline for claim in others]
    Claim.objects.update(headline="Old words")
    browser = desk(editor)
    assert "Extract again" in words(see(browser, article))
    assert (
        said(press(browser, article)) == "The article will be read again in a moment. What people have worked on stays."
    )
    jobs.run()
    page = words(see(browser, article))
    assert f"rules-0 → {EXTRACTOR_VERSION}" in page
    assert "asked for by edna" in page
    assert f"~{len(others)} relabelled =0 kept 1 left alone, because a person worked on them" in page
    assert all(f"~ {headline} was “Old words”" in page for headline in headlines)
    assert "worked on them Old words" in page
    assert "Extract again" not in page


def test_what_waits_already_is_not_ordered_twice(article, desk, editor):
    press(desk(editor), article)
    page = press(desk(editor), article)
    assert said(page) == "The newest extractor has read this version, or is about to."
    assert "Extract again" not in words(page)


def test_a_version_that_is_not_there_cannot_be_read_again(article, desk, editor):
    assert press(desk(editor), article, version=2).status_code == 404


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator"])
def test_others_find_no_button(request, article, desk, who):
    browser = desk(request.getfixturevalue(who))
    assert "Extract again" not in words(see(browser, article))
    assert press(browser, article).status_code == 403
    assert article.versions.get().extraction_status == "extracted"


def test_what_the_newest_extractor_has_read_offers_no_other_reading(article, desk, editor):
    article.versions.update(extractor=EXTRACTOR_VERSION)
    assert "Extract again" not in words(see(desk(editor), article))


def test_an_older_version_is_not_offered(article, desk, editor):
    ArticleVersion.objects.create(
        article=article, number=2, text="New.", sha256="2" * 64, extraction_status="extracted", extractor="rules-0"
    )
    browser = desk(editor)
    offers = ["Extract again" in words(browser.get(url("article", article.pk) + query)) for query in ("", "?version=1")]
    assert offers == [True, False]


def test_a_producer_reads_the_numbers_and_finds_no_way_to_the_review(article, desk, producer, editor, jobs):
    Claim.objects.update(headline="Old words")
    press(desk(editor), article)
    jobs.run()
    page = see(desk(producer), article)
    assert f"~{article.claims.count()} relabelled" in words(page)
    assert ("Old words" in words(page), url("review_claim", article.claims.first().pk) in page.content.decode()) == (
        False,
        False,
    )


def test_a_reading_that_changed_nothing_says_so(article, desk, editor, jobs):
    press(desk(editor), article)
    jobs.run()
    assert f"={article.claims.count()} kept No claim changed." in words(see(desk(editor), article))


def test_the_page_says_within_which_limits_the_text_was_read(desk, editor, jobs):
    article, _ = add_article(NewArticle(text="В порту работают 2500 человек."))
    jobs.run()
    assert "Most of the text is in Cyrillic script, which the extractor cannot read." in words(
        see(desk(editor), article)
    )


def test_what_a_newer_extractor_retired_stands_with_its_reading_and_not_in_the_text(article, desk, editor, jobs):
    stray = make_claim(article, quote="The harbour of Velmar", headline="The harbour", extractor="rules-0")
    browser = desk(editor)
    press(browser, article)
    jobs.run()
    page = see(browser, article)
    assert "−1 retired" in words(page)
    assert "retired − The harbour" in words(page)
    assert (words(page).count("The harbour Dismissed"), page.content.decode().count('title="The harbour"')) == (0, 0)
    own = browser.get(url("review_claim", stray.pk)).content.decode()
    assert '<mark class="own" id="words">The harbour of Velmar</mark>' in own
