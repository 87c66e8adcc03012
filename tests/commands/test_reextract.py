import io

import pytest
from django.core.management import CommandError, call_command

from claims.extraction import EXTRACTOR_VERSION, extract
from claims.intake.articles import NewArticle, add_article
from claims.models import Article, ArticleVersion, Claim, ClaimEvent
from tests.broker import take_messages
from tests.factories import make_claim
from tests.test_tasks import TEXT

OTHER = "The bridge at Velmar carries roughly 9,000 lorries a day, the port authority said."


@pytest.fixture
def articles(jobs) -> list[Article]:
    """Two, read by an older extractor, with their claims."""
    made = [add_article(NewArticle(text=TEXT, outlet="Herald"))[0], add_article(NewArticle(text=OTHER))[0]]
    jobs.run()
    ArticleVersion.objects.update(extractor="rules-0")
    Claim.objects.update(extractor="rules-0")
    return made


def reextract(*options: str) -> str:
    out = io.StringIO()
    call_command("reextract", *options, stdout=out)
    return out.getvalue()


def ordered() -> set[int]:
    waiting = {version for _, (version,) in take_messages()}
    return set(Article.objects.filter(versions__in=waiting).values_list("pk", flat=True))


def test_everything_outdated_is_ordered_and_running_it_again_orders_nothing(articles):
    assert reextract() == f"2 versions will be extracted again by extractor {EXTRACTOR_VERSION}.\n"
    assert ordered() == {article.pk for article in articles}
    assert reextract() == f"0 versions will be extracted again by extractor {EXTRACTOR_VERSION}.\n"
    assert ordered() == set()


def test_an_interrupted_run_goes_on_where_it_stopped(articles):
    reextract("--article", str(articles[0].pk))
    take_messages()
    assert reextract().startswith("1 version will")
    assert ordered() == {articles[1].pk}


def test_one_article_or_outlet_alone(articles):
    reextract("--article", str(articles[1].pk))
    assert ordered() == {articles[1].pk}
    reextract("--outlet", "Herald")
    assert ordered() == {articles[0].pk}


def test_an_article_that_is_not_there_is_said(db):
    with pytest.raises(CommandError, match="There is no article 7"):
        reextract("--article", "7")


def test_what_is_ordered_is_read(articles, jobs):
    reextract()
    jobs.run()
    assert set(ArticleVersion.objects.values_list("extractor", flat=True)) == {EXTRACTOR_VERSION}
    assert reextract().startswith("0 versions")


def test_a_dry_run_shows_the_difference_and_writes_nothing(articles):
    relabelled = articles[0].claims.order_by("appearances__start").first()
    Claim.objects.filter(pk=relabelled.pk).update(headline="Old words")
    stray = make_claim(articles[0], quote="The harbour")
    before = (ClaimEvent.objects.count(), list(Claim.objects.order_by("pk").values()))
    shown = reextract("--dry-run", "--outlet", "Herald").splitlines()
    count = f"+0 added, −1 retired, ~1 relabelled, ={len(extract(TEXT)) - 1} kept"
    assert shown == [
        f"article {articles[0].pk}, version 1, “{articles[0]}”: rules-0 → {EXTRACTOR_VERSION}: {count}",
        f"  − {stray.headline}",
        f"  ~ Old words: headline 'Old words' → {relabelled.headline!r}",
        f"1 version would be extracted again by extractor {EXTRACTOR_VERSION}.",
    ]
    assert (ClaimEvent.objects.count(), list(Claim.objects.order_by("pk").values())) == before
    assert ordered() == set()


def test_a_dry_run_shows_what_would_be_added(articles):
    article, _ = add_article(NewArticle(text=f"{OTHER} It was built in 1987."))
    article.versions.update(extraction_status="extracted", extractor="rules-0")
    first = extract(article.versions.get().text)[0].headline
    assert f"  + {first}" in reextract("--dry-run", "--article", str(article.pk)).splitlines()
