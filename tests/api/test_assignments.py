from datetime import timedelta

import pytest
from django.utils import timezone

from claims.enums import Role
from claims.models import Assignment, Claim
from claims.review.assignments import take_claim
from tests.factories import make_queued_claim, make_queued_claims

URL = "/api/v1/assignments/"


def test_next_claim_is_taken(api, reviewer):
    first, _ = make_queued_claims(2)
    answer = api(reviewer).post(URL, {})
    assert answer.status_code == 201
    assignment = Assignment.objects.get()
    taken = answer.json()
    assert (taken["id"], taken["fence"], taken["claim"]["id"]) == (assignment.pk, 1, first.pk)
    assert taken["claim"]["status"] == "in_review"
    assert taken["expires_at"] == assignment.expires_at.isoformat().replace("+00:00", "Z")


def test_empty_body_takes_the_next_claim(api, reviewer):
    make_queued_claim()
    assert api(reviewer).generic("POST", URL).status_code == 201


def test_nothing_to_take_is_no_content(api, reviewer):
    answer = api(reviewer).post(URL, {})
    assert (answer.status_code, answer.content) == (204, b"")


def test_this_claim_is_taken_once(api, reviewer, editor):
    _, claim = make_queued_claims(2)
    taken = api(reviewer).post(URL, {"claim": claim.pk})
    assert (taken.status_code, taken.json()["claim"]["id"]) == (201, claim.pk)
    refused = api(editor).post(URL, {"claim": claim.pk})
    assert (refused.status_code, refused.json()["code"]) == (409, "already_taken")


def test_missing_claim_is_not_found(api, reviewer):
    assert api(reviewer).post(URL, {"claim": 0}).status_code == 404


def test_editor_assigns_a_reviewer(api, editor, reviewer):
    answer = api(editor).post(URL, {"claim": make_queued_claim().pk, "reviewer": "rita"})
    assert (answer.status_code, answer.json()["reviewer"], answer.json()["assigned_by"]) == (201, "rita", "edna")


def test_reviewer_assigns_nobody(api, reviewer, person):
    person("rob", Role.REVIEWER)
    answer = api(reviewer).post(URL, {"claim": make_queued_claim().pk, "reviewer": "rob"})
    assert (answer.status_code, Assignment.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"reviewer": "edna"}, "claim"),
        ({"claim": 1, "reviewer": "nobody"}, "reviewer"),
        ({"claim": 1, "reviewer": "a\0b"}, "reviewer"),
        ({"claim": 1, "reviewer": ["edna"]}, "reviewer"),
    ],
)
def test_assigning_needs_a_claim_and_a_person(api, editor, body, wrong):
    answer = api(editor).post(URL, body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [wrong])


def test_own_open_assignments_are_listed(api, reviewer, editor):
    one, two, three = make_queued_claims(3)
    own = take_claim(reviewer, one.pk)
    take_claim(editor, two.pk)
    lapsed = take_claim(reviewer, three.pk)
    Assignment.objects.filter(pk=lapsed.pk).update(expires_at=timezone.now())
    assert [assignment["id"] for assignment in api(reviewer).get(URL).json()["results"]] == [own.pk]


def test_assignment_is_its_owners_alone(api, reviewer, editor):
    own = take_claim(reviewer, make_queued_claim().pk)
    assert api(reviewer).get(f"{URL}{own.pk}/").json()["fence"] == own.fence
    for method in ("get", "delete"):
        assert getattr(api(editor), method)(f"{URL}{own.pk}/").status_code == 404
    assert api(editor).post(f"{URL}{own.pk}/heartbeat/", {"fence": own.fence}).status_code == 404


def test_heartbeat_extends_the_lease(api, reviewer):
    own = take_claim(reviewer, make_queued_claim().pk)
    soon = timezone.now() + timedelta(seconds=5)
    Assignment.objects.filter(pk=own.pk).update(expires_at=soon)
    answer = api(reviewer).post(f"{URL}{own.pk}/heartbeat/", {"fence": own.fence})
    own.refresh_from_db()
    assert own.expires_at > soon
    assert answer.json() == {"expires_at": own.expires_at.isoformat().replace("+00:00", "Z")}


@pytest.mark.parametrize(("fence", "status"), [(7, 409), (10**30, 409), ("x", 400), (None, 400)])
def test_heartbeat_needs_the_fence(api, reviewer, fence, status):
    own = take_claim(reviewer, make_queued_claim().pk)
    assert api(reviewer).post(f"{URL}{own.pk}/heartbeat/", {"fence": fence}).status_code == status


def test_released_claim_returns_to_the_queue(api, reviewer):
    own = take_claim(reviewer, make_queued_claim().pk)
    answer = api(reviewer).delete(f"{URL}{own.pk}/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert Claim.objects.get().status == "queued"
    assert api(reviewer).delete(f"{URL}{own.pk}/").status_code == 204
