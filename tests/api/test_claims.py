import pytest

from claims.enums import ClaimKind
from claims.models import Claim, Claimant
from claims.review.closing import dismiss_claim
from tests.factories import TEXT, make_article, make_claim, make_queued_claim


def test_claim_explains_itself(api, producer):
    reasons = [{"name": "number", "weight": 1.5, "text": "it holds a number"}]
    claim = make_claim(
        claimant=Claimant.objects.create(name="officials"),
        facts={"quantity": {"value": 2500}},
        reasons=reasons,
        stand_alone="The harbour employs roughly 2,500 dockers.",
    )
    place = claim.appearances.get()
    shown = api(producer).get(f"/api/v1/claims/{claim.pk}/").json()
    assert shown == {
        "id": claim.pk,
        "article": claim.article_id,
        "article_title": "Harbour grows",
        "outlet": "",
        "topic": "",
        "language": "",
        "headline": "roughly 2,500 dockers",
        "stand_alone": "The harbour employs roughly 2,500 dockers.",
        "kind": "quantity",
        "claimant": "officials",
        "facts": {"quantity": {"value": 2500}},
        "check_worthiness": 0.8,
        "reasons": reasons,
        "status": "extracted",
        "due_at": None,
        "boost": 0,
        "rating": None,
        "decided_at": None,
        "policy": None,
        "duplicate_of": None,
        "dismissed_as": "",
        "extractor": "",
        "added_by": None,
        "created_at": shown["created_at"],
        "appearances": [
            {
                "id": place.pk,
                "article": claim.article_id,
                "outlet": "",
                "version": 1,
                "quote": "roughly 2,500 dockers",
                "start": TEXT.index("roughly"),
                "end": TEXT.index("roughly") + 21,
                "sentence": "",
            }
        ],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["March 2019", "dockers"]),
        ("ordering=-check_worthiness", ["dockers", "March 2019"]),
        ("ordering=check_worthiness", ["March 2019", "dockers"]),
        ("ordering=id", ["dockers", "March 2019"]),
        ("status=queued", ["March 2019"]),
        ("status=queued&status=extracted", ["March 2019", "dockers"]),
        ("kind=event", ["March 2019"]),
        ("claimant=Officials", ["March 2019"]),
        ("outlet=Gazette", ["March 2019", "dockers"]),
        ("outlet=Herald", []),
        ("min_check_worthiness=0.7", ["dockers"]),
        ("q=MARCH", ["March 2019"]),
        ("q=offic", ["March 2019"]),
        ("article=0", []),
    ],
)
def test_claims_are_filtered_and_ordered(api, producer, query, found):
    article = make_article(outlet="Gazette")
    make_claim(article, quote="dockers", check_worthiness=0.9)
    said_by = Claimant.objects.create(name="officials")
    make_queued_claim(article=article, quote="March 2019", kind=ClaimKind.EVENT, check_worthiness=0.6, claimant=said_by)
    shown = api(producer).get(f"/api/v1/claims/?{query}").json()["results"]
    assert [claim["headline"] for claim in shown] == found


def test_claims_of_an_article_are_found(api, producer):
    claim = make_claim()
    make_claim(make_article("Only 12 ships came."), quote="12 ships")
    shown = api(producer).get(f"/api/v1/claims/?article={claim.article_id}").json()["results"]
    assert [one["id"] for one in shown] == [claim.pk]


@pytest.mark.parametrize(
    "query", ["status=lost", "kind=x", "min_check_worthiness=2", "article=x", "ordering=text", "q=%00"]
)
def test_filter_that_makes_no_sense_is_named(api, producer, query):
    answer = api(producer).get(f"/api/v1/claims/?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.split("=")[0]])


def test_person_adds_a_claim(api, reviewer):
    article = make_article()
    body = {"article": article.pk, "start": 4, "end": 11, "headline": "The harbour", "kind": "other"}
    answer = api(reviewer).post("/api/v1/claims/", body)
    assert answer.status_code == 201
    added = answer.json()
    assert (added["headline"], added["status"], added["added_by"]) == ("The harbour", "queued", "rita")
    assert [place["quote"] for place in added["appearances"]] == ["harbour"]


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 4), (0, 10**9), (10**30, 10**30 + 1)])
def test_span_outside_the_text_is_refused(api, reviewer, start, end):
    answer = api(reviewer).post("/api/v1/claims/", {"article": make_article().pk, "start": start, "end": end})
    assert (answer.status_code, answer.json()["code"]) == (400, "span")


def test_same_words_are_a_claim_once(api, reviewer):
    body = {"article": make_article().pk, "start": 4, "end": 11}
    assert api(reviewer).post("/api/v1/claims/", body).status_code == 201
    again = api(reviewer).post("/api/v1/claims/", body)
    assert (again.status_code, again.json()["code"]) == (409, "span_taken")
    assert Claim.objects.count() == 1


def test_claim_in_an_article_that_is_missing_is_not_found(api, reviewer):
    assert api(reviewer).post("/api/v1/claims/", {"article": 0, "start": 0, "end": 5}).status_code == 404


def test_history_is_in_order(api, reviewer):
    claim = make_queued_claim()
    dismiss_claim(reviewer, claim.pk, "A joke.")
    shown = api(reviewer).get(f"/api/v1/claims/{claim.pk}/history/").json()["results"]
    told = [(event["number"], event["kind"], event["actor"], event["reason"]) for event in shown]
    assert told == [(1, "extracted", None, ""), (2, "queued", None, ""), (3, "dismissed", "rita", "A joke.")]
    assert shown[2]["previous_hash"] == shown[1]["hash"]


def test_appearances_are_listed(api, producer):
    claim = make_claim()
    shown = api(producer).get(f"/api/v1/claims/{claim.pk}/appearances/").json()["results"]
    assert [place["quote"] for place in shown] == ["roughly 2,500 dockers"]


@pytest.mark.parametrize("part", ["", "appearances/", "history/", "evidence/", "draft/"])
def test_parts_of_a_missing_claim_are_not_found(api, reviewer, part):
    assert api(reviewer).get(f"/api/v1/claims/0/{part}").status_code == 404


def test_reviewer_dismisses_a_claim_and_an_editor_reopens_it(api, reviewer, editor):
    url = f"/api/v1/claims/{make_queued_claim().pk}"
    dismissed = api(reviewer).post(f"{url}/dismissal/", {"reason": "A joke."})
    assert (dismissed.status_code, dismissed.json()["status"]) == (200, "dismissed")
    reopened = api(editor).post(f"{url}/reopening/", {"reason": "Not a joke."})
    assert (reopened.status_code, reopened.json()["status"]) == (200, "queued")


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  "}])
def test_move_without_a_reason_is_refused(api, editor, body):
    claim = make_queued_claim()
    answer = api(editor).post(f"/api/v1/claims/{claim.pk}/dismissal/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["reason"])


def test_move_that_the_status_does_not_allow_is_a_conflict(api, editor):
    answer = api(editor).post(f"/api/v1/claims/{make_queued_claim().pk}/reopening/", {"reason": "Why not."})
    assert (answer.status_code, answer.json()["code"]) == (409, "move_refused")
