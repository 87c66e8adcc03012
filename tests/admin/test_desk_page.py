import pytest

from claims.admin.counting import MOST
from claims.models import Claim
from tests.admin.conftest import lapse
from tests.admin.pages import url, words
from tests.factories import make_article, make_queued_claims

pytestmark = pytest.mark.django_db


def test_a_reviewer_finds_what_to_do_next(desk, reviewer):
    make_queued_claims(2)
    page = words(desk(reviewer).get(url("index")))
    for told in ("Hello, rita", "Take next claim", "2 queued", "0 in review", "No claim at the moment."):
        assert told in page
    assert "Add article" not in page


def test_the_claims_that_one_holds_are_listed(desk, reviewer, assignment):
    page = words(desk(reviewer).get(url("index")))
    assert "You hold roughly 2,500 dockers Harbour grows 19" in page


def test_a_turn_that_ended_is_not_listed(desk, reviewer, assignment):
    lapse(assignment)
    assert "No claim at the moment." in words(desk(reviewer).get(url("index")))


def test_a_producer_finds_articles_alone(desk, producer):
    page = words(desk(producer).get(url("index")))
    assert ("Add article" in page, "Take next" in page, "queued" in page) == (True, False, False)


def test_an_article_that_could_not_be_read_needs_a_look(desk, editor):
    make_article().versions.update(extraction_status="failed")
    assert "1 article could not be read" in words(desk(editor).get(url("index")))


def test_counting_stops_somewhere(desk, reviewer):
    about = {"article": make_article(), "headline": "A ship", "kind": "quantity", "check_worthiness": 0.5}
    Claim.objects.bulk_create(Claim(status="queued", **about) for _ in range(MOST + 1))
    assert "1,000+ queued" in words(desk(reviewer).get(url("index")))


def test_the_number_of_queries_does_not_grow_with_the_claims(desk, reviewer, django_assert_max_num_queries):
    browser = desk(reviewer)
    make_queued_claims(1)
    with django_assert_max_num_queries(20) as few:
        browser.get(url("index"))
    make_queued_claims(3)
    with django_assert_max_num_queries(len(few)):
        browser.get(url("index"))
