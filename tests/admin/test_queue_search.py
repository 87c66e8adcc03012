"""Search in the queue: by words of the headline, the claimant or the outlet, and by a claim's number."""

import pytest
from django.db import connection

from claims.admin import queue_search
from claims.admin.queue_search import MOST_TYPED, find_words
from claims.models import Claim, Claimant
from claims.review.assignments import take_claim
from claims.review.evidence import add_evidence
from tests.admin.pages import url, words
from tests.admin.test_queue_page import headlines
from tests.factories import make_article, make_claim, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db
DOCKERS = "roughly 2,500 dockers"


@pytest.fixture
def claim() -> Claim:
    article = make_article(outlet="The Velmar Courier")
    return make_queued_claim(article=article, claimant=Claimant.objects.create(name="Zoë O'Brien, port authority"))


def found(browser, typed: str, more: str = "") -> list[str]:
    return headlines(browser.get(url("review_queue") + more, {"q": typed}))


@pytest.mark.parametrize(
    "typed",
    ["dockers", "DOCKERS roughly", "dock", "2,500", "roughly 2,500 dockers", "zoë", "O'Brien", "port auth", "velmar"],
)
def test_a_claim_is_found_by_the_beginnings_of_its_words(desk, reviewer, claim, typed):
    assert found(desk(reviewer), typed) == [DOCKERS]


@pytest.mark.parametrize("typed", ["ockers", "roughly 2,600", "dockers courier", "harbour", "nobody"])
def test_a_claim_is_not_found_by_words_that_no_one_text_of_it_has(desk, reviewer, claim, typed):
    assert found(desk(reviewer), typed) == []


@pytest.mark.parametrize("sign", ["", "#"])
def test_a_claim_is_found_by_its_number(desk, reviewer, sign):
    first, _second = make_queued_claims(2)
    Claim.objects.filter(pk=first.pk).update(headline="Ships")
    assert found(desk(reviewer), f"{sign}{first.pk}") == ["Ships"]


@pytest.mark.parametrize("typed", ["'", "x' | 'y", ":* & !", "\\", "!!!", "%s", "%", "<->", "(", '"', "٣", "9" * 40])
def test_whatever_is_typed_is_only_words(desk, reviewer, claim, typed):
    assert found(desk(reviewer), typed) == []


@pytest.mark.parametrize("typed", ["", "   "])
def test_no_words_find_everything(desk, reviewer, claim, typed):
    assert found(desk(reviewer), typed) == [DOCKERS]


def test_more_than_a_line_of_words_is_cut(desk, reviewer, claim):
    assert found(desk(reviewer), "dockers" + " " * MOST_TYPED + "nobody") == [DOCKERS]


def test_nothing_that_may_be_hidden_is_searched(desk, reviewer, editor, claim):
    add_evidence(editor, claim.pk, url="https://secret.example/", title="Grudge")
    take_claim(editor, claim.pk)
    assert [found(desk(reviewer), typed) for typed in ("grudge", "secret", "edna", "queued")] == [[], [], [], []]


def test_a_search_goes_with_the_filters_and_keeps_them(desk, reviewer, claim):
    make_claim(article=claim.article, quote="March 2019", headline="dockers of 2019")
    page = desk(reviewer).get(url("review_queue") + "?status=extracted&q=dockers&after=x")
    assert headlines(page) == ["dockers of 2019"]
    assert '<input type="hidden" name="status" value="extracted">' in page.content.decode()
    assert 'name="after"' not in page.content.decode()


def test_what_is_found_is_listed_as_the_queue_takes_it(desk, reviewer):
    article = make_article()
    make_queued_claim(article=article, check_worthiness=0.9)
    make_queued_claim(article=article, quote="March 2019", headline="dockers since 2019", check_worthiness=0.6)
    assert found(desk(reviewer), "dockers") == [DOCKERS, "dockers since 2019"]


def test_a_search_that_finds_too_much_says_so(desk, reviewer, monkeypatch):
    make_queued_claims(3)
    monkeypatch.setattr(queue_search, "MOST_FOUND", 2)
    assert find_words(Claim.objects.all(), "ships") == sorted(Claim.objects.values_list("pk", flat=True), reverse=True)
    monkeypatch.setattr("claims.admin.queue_page.MOST_FOUND", 2)
    assert "Only the newest 2 matches are listed here." in words(desk(reviewer).get(url("review_queue") + "?q=ships"))


def test_each_kind_of_words_has_an_index(claim):
    """With sequential scans out of the way, since few rows would not need an index."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        plan = "\n".join(find_plans())
    names = {"claims_by_headline_words", "claimants_by_words", "articles_by_outlet_words"}
    assert {name for name in names if name in plan} == names


def find_plans() -> list[str]:
    from claims.models import Article  # noqa: PLC0415

    asked = queue_search.Literal("dockers")
    texts = ((Claim, "headline"), (Claimant, "name"), (Article, "outlet"))
    return [
        model.objects.filter(queue_search.Says(queue_search.F(field), asked)).order_by().explain()
        for model, field in texts
    ]
