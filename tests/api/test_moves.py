"""The course of a claim over REST: each move, and the one that undoes it."""

from collections.abc import Callable
from typing import Any

import pytest

from claims.enums import Role
from claims.models import Claim, Reviewer
from claims.review.assignments import take_claim
from claims.review.policy import adopt_policy
from claims.review.verdicts import record_verdict
from tests.factories import TEXT, make_claim, make_queued_claim, make_queued_claims


@pytest.fixture
def post(api) -> Callable[..., Any]:
    def send(who: Reviewer, path: str, **body: Any) -> Any:
        return api(who).post(f"/api/v1/{path}", body, format="json")

    return send


@pytest.fixture
def disputed(person, editor, reviewer, ratings) -> Claim:
    """Two said different things of it."""
    adopt_policy(editor, [{"seats": 2, "agreeing": 2, "is_blind": True}])
    claim = make_queued_claim()
    for who, rating in ((reviewer, "True"), (person("cora", Role.REVIEWER), "False")):
        turn = take_claim(who, claim.pk)
        record_verdict(who, turn.pk, 1, rating=ratings[rating], explanation="So it is.")
    return claim


def test_an_adjudication_decides_under_its_policy(post, editor, disputed):
    answer = post(editor, f"claims/{disputed.pk}/adjudication/", rating="False", reason="The port's own books.")
    shown = answer.json()
    assert (answer.status_code, shown["status"], shown["rating"]["name"], shown["policy"]) == (
        200,
        "decided",
        "False",
        2,
    )


def test_an_adjudicator_may_ask_other_people(post, person, editor, disputed):
    refused = post(editor, f"claims/{disputed.pk}/adjudication/", another_round=True, reason="Both are thin.")
    assert (refused.status_code, refused.json()["code"]) == (409, "too_few_people")
    for name in ("dora", "emil"):
        person(name, Role.REVIEWER)
    answer = post(editor, f"claims/{disputed.pk}/adjudication/", another_round=True, reason="Both are thin.")
    assert (answer.status_code, answer.json()["status"]) == (200, "queued")


@pytest.mark.parametrize("body", [{}, {"rating": "True", "another_round": True}])
def test_an_adjudication_is_one_thing_or_the_other(post, editor, disputed, body):
    answer = post(editor, f"claims/{disputed.pk}/adjudication/", reason="So.", **body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["rating"])


def test_who_has_judged_does_not_adjudicate(post, editor, ratings):
    adopt_policy(editor, [{"seats": 2, "agreeing": 2}])
    claim = make_queued_claim()
    turn = take_claim(editor, claim.pk)
    record_verdict(editor, turn.pk, 1, rating=ratings["True"], explanation="So it is.")
    answer = post(editor, f"claims/{claim.pk}/adjudication/", rating="True", reason="So.")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_a_merger_and_its_undoing(post, editor):
    claim, target = make_queued_claims(2)
    merged = post(editor, f"claims/{claim.pk}/merge/", into=target.pk, reason="The same ships.").json()
    assert (merged["status"], merged["duplicate_of"]) == ("duplicate", target.pk)
    again = post(editor, f"claims/{claim.pk}/unmerge/", reason="Other ships.").json()
    assert (again["status"], again["duplicate_of"]) == ("queued", None)


def test_a_merger_into_nothing_is_not_found(post, editor):
    claim = make_queued_claim()
    assert post(editor, f"claims/{claim.pk}/merge/", into=10**9, reason="Same.").status_code == 404
    answer = post(editor, f"claims/{claim.pk}/merge/", into=claim.pk, reason="Same.")
    assert (answer.status_code, answer.json()["code"]) == (400, "same_claim")


def test_a_decision_that_was_reopened_can_stand_again(post, editor, reviewer, ratings):
    claim = make_queued_claim()
    turn = take_claim(reviewer, claim.pk)
    record_verdict(reviewer, turn.pk, 1, rating=ratings["True"], explanation="So it is.")
    decided = post(reviewer, f"claims/{claim.pk}/restoration/", reason="Mine.")
    assert decided.status_code == 403
    assert post(editor, f"claims/{claim.pk}/reopening/", reason="New figures.").json()["status"] == "queued"
    restored = post(editor, f"claims/{claim.pk}/restoration/", reason="They were old.").json()
    assert (restored["status"], restored["rating"]["name"]) == ("decided", "True")


def test_a_dismissal_says_as_what_and_its_author_takes_it_back(post, person, reviewer):
    claim = make_queued_claim()
    dismissed = post(reviewer, f"claims/{claim.pk}/dismissal/", reason="A view.", category="opinion").json()
    assert (dismissed["status"], dismissed["dismissed_as"]) == ("dismissed", "opinion")
    assert post(person("cora", Role.REVIEWER), f"claims/{claim.pk}/reopening/", reason="No.").status_code == 403
    assert post(reviewer, f"claims/{claim.pk}/reopening/", reason="It names a number.").json()["status"] == "queued"


def test_the_machines_own_reason_is_nobody_elses(post, reviewer):
    claim = make_queued_claim()
    answer = post(reviewer, f"claims/{claim.pk}/dismissal/", reason="Gone.", category="no_longer_found")
    assert answer.status_code == 400


def test_an_editor_changes_the_order_of_the_queue(post, api, editor, reviewer):
    first, second = make_queued_claims(2)
    boosted = post(editor, f"claims/{second.pk}/priority/", boost=2, due_at="2027-01-01T00:00:00Z").json()
    assert (boosted["boost"], boosted["due_at"]) == (2, "2027-01-01T00:00:00Z")
    rows = api(reviewer).get("/api/v1/queue/").json()["results"]
    assert [row["claim"]["id"] for row in rows] == [second.pk, first.pk]
    why = {part["name"]: part["weight"] for part in rows[0]["why"]}
    assert (why["boost"], why["check_worthiness"]) == (1.0, 0.8)


def test_a_turn_is_given_to_somebody_else(post, person, editor, reviewer):
    turn = take_claim(reviewer, make_queued_claim().pk)
    cora = person("cora", Role.REVIEWER)
    given = post(editor, f"assignments/{turn.pk}/reassignment/", reviewer="cora")
    assert (given.status_code, given.json()["reviewer"], given.json()["fence"]) == (201, "cora", 2)
    late = post(reviewer, f"assignments/{turn.pk}/verdict/", fence=1, rating="True", explanation="So it is.")
    assert (late.status_code, late.json()["code"], "draft" in late.json()) == (409, "lease_lost", True)
    assert cora.assignments.get(closed_at=None).claim_id == turn.claim_id


def test_the_next_claim_of_a_kind_and_a_language(post, reviewer):
    number = make_claim()
    article = number.article
    article.language, article.section = "en", "Harbours"
    article.save()
    event = make_queued_claim(article=article, quote="March 2019", kind="event")
    assert post(reviewer, "assignments/", kind="rule").status_code == 204
    assert post(reviewer, "assignments/", language="de").status_code == 204
    taken = post(reviewer, "assignments/", kind="event", topic="harbours", language="en", outlet="")
    assert taken.status_code == 400  # an outlet has a name
    taken = post(reviewer, "assignments/", kind="event", topic="harbours", language="en")
    assert taken.json()["claim"]["id"] == event.pk


def test_a_policy_is_read_and_replaced(post, api, editor, reviewer):
    rules = [{"kind": "causation", "seats": 3, "agreeing": 2, "is_blind": True}, {"hours_to_decide": 24}]
    adopted = post(editor, "policy/", rules=rules, note="Causes are hard.")
    assert adopted.status_code == 201
    shown = api(reviewer).get("/api/v1/policy/").json()["results"]
    assert [(one["number"], one["created_by"], len(one["rules"])) for one in shown] == [(2, "edna", 2), (1, None, 1)]
    assert (shown[0]["rules"][0]["agreeing"], shown[0]["rules"][1]["hours_to_decide"]) == (2, 24)
    bad = post(editor, "policy/", rules=[{"kind": "rule"}])
    assert (bad.status_code, bad.json()["code"]) == (400, "policy")
    unfair = post(editor, "policy/", rules=[{"seats": 3, "agreeing": 1}])
    assert (unfair.status_code, "More than half" in unfair.json()["detail"]) == (400, True)


def test_the_claimant_is_asked_and_answers_once(post, api, reviewer, editor):
    claim = make_queued_claim()
    asked = post(reviewer, f"claims/{claim.pk}/contacts/", channel="email", question="Says who?")
    assert asked.status_code == 201
    answered = post(editor, f"contacts/{asked.json()['id']}/answer/", answer="The port.")
    assert answered.json()["answer"] == "The port."
    again = post(editor, f"contacts/{asked.json()['id']}/answer/", answer="The city.")
    assert (again.status_code, again.json()["code"]) == (409, "answered")
    log = api(reviewer).get(f"/api/v1/claims/{claim.pk}/contacts/").json()["results"]
    assert [(one["asked_by"], one["answer"]) for one in log] == [("rita", "The port.")]


def test_a_correction_and_a_part_split_off(post, editor):
    claim = make_queued_claim()
    start = TEXT.index("2,500 dockers")
    corrected = post(
        editor, f"claims/{claim.pk}/correction/", start=start, end=start + 13, headline="2,500 dockers", kind="event"
    ).json()
    assert (corrected["headline"], corrected["kind"]) == ("2,500 dockers", "event")
    assert [place["quote"] for place in corrected["appearances"]] == ["2,500 dockers"]
    start = TEXT.index("March 2019")
    part = post(editor, f"claims/{claim.pk}/split/", start=start, end=start + 10)
    assert (part.status_code, part.json()["headline"], part.json()["status"]) == (201, "March 2019", "queued")


def test_half_a_span_is_none(post, editor):
    answer = post(editor, f"claims/{make_queued_claim().pk}/correction/", start=3)
    assert (answer.status_code, "start and end together" in answer.content.decode()) == (400, True)
