"""The list of what the desk has published, and the figures that lead to what there is to publish and to correct."""

import pytest

from claims.enums import Role
from claims.models import Claim, FactCheck
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.closing import reopen_claim
from tests.admin.pages import url, words
from tests.factories import judge, make_queued_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(reviewer, ratings) -> list[Claim]:
    """Decided, all of them."""
    claims = make_queued_claims(4)
    for claim in claims:
        judge(reviewer, claim, "False")
    return claims


@pytest.fixture
def fact_checks(claims, editor) -> list[FactCheck]:
    """Of three of the claims: one stays, one is withdrawn, one is of a claim that is reviewed again."""
    named = zip(claims, ("Ships", "Quays", "Cranes"), strict=False)
    made = [publish_claim(editor, claim.pk, title=title, summary="No.") for claim, title in named]
    correct_fact_check(editor, made[0].slug, "A typo.", summary="No!")
    withdraw_fact_check(editor, made[1].slug, "Forged.")
    reopen_claim(editor, claims[2].pk, "New figures.")
    return made


def titles(page) -> set[str]:
    return {one.title for one in page.context["cl"].result_list}


def test_everybody_at_the_desk_finds_what_is_published(desk, producer, reviewer, fact_checks):
    for who in (producer, reviewer):
        page = desk(who).get(url("claims_factcheck_changelist"))
        assert titles(page) == {"Ships", "Quays", "Cranes"}
        assert [one.corrected for one in page.context["cl"].result_list] == [0, 0, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=quay", {"Quays"}),
        ("live=yes", {"Ships", "Cranes"}),
        ("live=no", {"Quays"}),
        ("live=x", {"Ships", "Quays", "Cranes"}),
    ],
)
def test_the_list_is_searched_and_narrowed(desk, producer, fact_checks, query, found):
    assert titles(desk(producer).get(f"{url('claims_factcheck_changelist')}?{query}")) == found


def test_a_row_leads_to_the_review_and_a_producer_to_what_readers_see(desk, producer, reviewer, fact_checks):
    row = fact_checks[0]
    address = url("claims_factcheck_change", row.pk)
    assert desk(reviewer).get(address).url == url("review_claim", row.claim_id)
    assert desk(producer).get(address).url == f"/fact-checks/{row.slug}/"
    for number in (10**6, "x", "0"):
        assert desk(producer).get(url("claims_factcheck_change", number)).status_code == 404


@pytest.mark.parametrize("who", ["producer", "editor", "administrator"])
def test_nobody_adds_changes_or_deletes_there(request, desk, fact_checks, who):
    browser = desk(request.getfixturevalue(who))
    row = fact_checks[0].pk
    assert browser.get(url("claims_factcheck_add")).status_code == 403
    assert browser.post(url("claims_factcheck_delete", row), {"post": "yes"}).status_code == 403
    browser.post(url("claims_factcheck_change", row), {"title": "Mine"})
    assert FactCheck.objects.get(pk=row).title == "Ships"


def test_the_number_of_queries_does_not_grow(desk, editor, claims, django_assert_max_num_queries):
    browser, address = desk(editor), url("claims_factcheck_changelist")
    publish_claim(editor, claims[0].pk, title="Ships", summary="No.")
    with django_assert_max_num_queries(20) as few:
        browser.get(address)
    for claim in claims[1:]:
        publish_claim(editor, claim.pk, title="More", summary="No.")
    with django_assert_max_num_queries(len(few)):
        browser.get(address)


def follow(browser, words_of_it: str) -> list[Claim]:
    """The claims on the page that the first page's figure leads to."""
    context = browser.get(url("index")).context
    figure = next(one for one in [*context["figures"], *context["troubles"]] if one.words == words_of_it)
    found = list(browser.get(figure.url).context["cl"].result_list)
    assert len(found) == figure.counted
    return found


def test_an_editor_is_led_to_what_there_is_to_publish_and_to_correct(desk, editor, claims, fact_checks, person):
    browser = desk(editor)
    assert {one.pk for one in follow(browser, "decided, not published")} == {claims[1].pk, claims[3].pk}
    assert "to correct" not in words(browser.get(url("index")))
    judge(person("rolf", Role.REVIEWER), claims[2], "True")
    assert [one.pk for one in follow(browser, "fact-check to correct")] == [claims[2].pk]
    assert {one.pk for one in follow(browser, "decided, not published")} == {claims[1].pk, claims[3].pk}


def test_who_does_not_publish_is_told_what_is_decided(desk, reviewer, administrator, fact_checks):
    for who in (reviewer, administrator):
        page = words(desk(who).get(url("index")))
        assert ("2 decided" in page, "not published" in page, "to correct" in page) == (True, False, False)
