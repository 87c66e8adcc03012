"""Fact-checks over REST: published, read, corrected in the open and withdrawn, as a page can."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, FactCheck
from claims.publishing.fact_checks import correct_fact_check, edition_of, publish_claim, withdraw_fact_check
from tests.factories import judge, make_article, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db
WORDS = {"title": "No, it is 1,900 dockers", "summary": "The port counts 1,900."}
FACT_CHECKS = "/api/v1/fact-checks/"


@pytest.fixture
def decided(reviewer) -> Claim:
    claim = make_queued_claim(article=make_article(language="en"))
    judge(reviewer, claim, "False", evidence=[{"url": "https://port.example/staff"}])
    return claim


@pytest.fixture
def published(decided, editor) -> FactCheck:
    return publish_claim(editor, decided.pk, **WORDS)


def path(fact_check: FactCheck, rest: str = "") -> str:
    return f"{FACT_CHECKS}{fact_check.slug}/{rest}"


def test_a_decided_claim_is_published(api, decided, editor, settings):
    settings.SITE_URL = "https://desk.example"
    shown = decided.evidence.get().pk
    made = api(editor).post(FACT_CHECKS, {"claim": decided.pk, **WORDS, "evidence": [shown]}, format="json")
    slug = FactCheck.objects.get().slug
    assert made.status_code == 201
    assert made.json() | {"published_at": None} == {
        "slug": slug,
        "url": f"https://desk.example/fact-checks/{slug}/",
        "claim": decided.pk,
        "claim_reviewed": "roughly 2,500 dockers",
        **WORDS,
        "text": "",
        "rating": "False",
        "evidence": [shown],
        "published_by": "edna",
        "published_at": None,
        "corrections": 0,
        "edition": edition_of(Claim.objects.get(), 0),
        "withdrawn_at": None,
        "withdrawn_because": "",
    }
    assert api(editor).get(f"{FACT_CHECKS}{slug}/").json() == made.json()
    assert api(editor).get(f"/api/v1/claims/{decided.pk}/").json()["status"] == "published"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"title": ""}, 400, "title"),
        ({"summary": "x" * 2_001}, 400, "summary"),
        ({"text": "\x00"}, 400, "text"),
        ({"evidence": [2**40]}, 400, "evidence"),
        ({"evidence": "1"}, 400, "invalid"),
        ({"claim": 2**40}, 404, "not_found"),
        ({"claim": 2**70}, 400, "invalid"),
        ({"title": 7}, 400, "invalid"),
    ],
    ids=str,
)
def test_what_cannot_be_published_is_refused_with_what_to_do(api, decided, editor, change, status, code):
    answer = api(editor).post(FACT_CHECKS, {"claim": decided.pk, **WORDS, **change}, format="json")
    assert (answer.status_code, answer.json()["code"], FactCheck.objects.count()) == (status, code, 0)


def test_a_claim_is_published_once_and_when_it_is_decided(api, published, editor):
    again = api(editor).post(FACT_CHECKS, {"claim": published.claim_id, **WORDS}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "published")
    (queued,) = make_queued_claims(1)
    early = api(editor).post(FACT_CHECKS, {"claim": queued.pk, **WORDS}, format="json")
    assert (early.status_code, early.json()["code"]) == (409, "move_refused")


def test_words_for_another_decision_are_not_published(api, decided, editor):
    decided_at = api(editor).get(f"/api/v1/claims/{decided.pk}/").json()["decided_at"]
    words = {"claim": decided.pk, **WORDS}
    early = api(editor).post(FACT_CHECKS, words | {"decided_at": "2026-01-01T00:00:00Z"}, format="json")
    assert (early.status_code, early.json()["code"]) == (409, "edition_passed")
    assert api(editor).post(FACT_CHECKS, words | {"decided_at": decided_at}, format="json").status_code == 201


def test_a_correction_is_made_and_read(api, published, editor, producer):
    made = api(editor).post(path(published, "corrections/"), {"note": "A slip.", "title": "1,840"}, format="json")
    assert (made.status_code, made.json()["changes"]) == (201, {"title": {"old": WORDS["title"], "new": "1,840"}})
    assert api(producer).get(path(published, "corrections/")).json()["results"] == [made.json()]
    shown = api(producer).get(path(published)).json()
    assert (shown["title"], shown["corrections"]) == ("1,840", 1)


def test_a_correction_of_what_somebody_has_corrected_meanwhile_is_refused(api, published, editor):
    seen = api(editor).get(path(published)).json()["edition"]
    sent = [{"note": "A slip.", "title": title, "seen": seen} for title in ("1,840", "1,850")]
    answers = [api(editor).post(path(published, "corrections/"), one, format="json") for one in sent]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert (answers[1].json()["code"], FactCheck.objects.get().title) == ("edition_passed", "1,840")


def test_a_correction_of_nothing_is_refused(api, published, editor):
    answer = api(editor).post(path(published, "corrections/"), {"note": "A slip."}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unchanged")


def test_a_fact_check_is_withdrawn_once(api, published, editor):
    answers = [api(editor).post(path(published, "withdrawal/"), {"reason": "Satire."}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[0].json()["withdrawn_because"] == "Satire."
    assert api(editor).get(path(published, "claim-review/")).status_code == 404


def test_claim_review_is_for_programs(api, published, producer):
    review = api(producer).get(path(published, "claim-review/")).json()
    assert (review["@type"], review["reviewRating"]["alternateName"]) == ("ClaimReview", "False")


def test_what_is_published_is_filtered(api, published, editor, reviewer):
    other = make_queued_claim(article=make_article("There are 7 docks.", language="de"), quote="7 docks")
    judge(reviewer, other, "True")
    withdrawn = publish_claim(editor, other.pk, title="Yes, 7 docks", summary="So it is.")
    withdraw_fact_check(editor, withdrawn.slug, "Satire.")

    def found(query: str) -> list[str]:
        return [one["slug"] for one in api(editor).get(FACT_CHECKS + query).json()["results"]]

    assert found("") == [withdrawn.slug, published.slug]
    assert found("?rating=True") == found("?is_withdrawn=true") == found("?language=de") == [withdrawn.slug]
    assert found(f"?claim={published.claim_id}") == found("?is_withdrawn=false") == [published.slug]


def test_an_unknown_slug_is_not_found(api, editor):
    for rest in ("", "corrections/", "claim-review/"):
        assert api(editor).get(f"{FACT_CHECKS}nothing-1/{rest}").status_code == 404
    assert api(editor).post(f"{FACT_CHECKS}nothing-1/withdrawal/", {"reason": "-"}).status_code == 404


def test_a_list_takes_a_constant_number_of_queries(api, reviewer, editor):
    counts = []
    for claim in make_queued_claims(3):
        judge(reviewer, claim, "False", evidence=[{"url": "https://port.example/"}])
        made = publish_claim(editor, claim.pk, **WORDS, evidence=list(claim.evidence.values_list("pk", flat=True)))
        correct_fact_check(editor, made.slug, "A slip.", title="Other")
        with CaptureQueriesContext(connection) as queries:
            api(reviewer).get(FACT_CHECKS)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 4
