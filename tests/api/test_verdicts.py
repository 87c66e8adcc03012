import pytest
from django.utils import timezone

from claims.models import Assignment, Claim, Draft, Verdict
from claims.review.assignments import take_claim
from claims.review.evidence import add_evidence
from tests.factories import make_queued_claim

SOURCE = {"url": "https://port.test/staff", "title": "Staff"}


@pytest.fixture
def turn(reviewer, ratings) -> Assignment:
    return take_claim(reviewer, make_queued_claim().pk)


@pytest.fixture
def hand_in(api, reviewer, turn):
    def post(**changes):
        body = {"fence": turn.fence, "rating": "True", "explanation": "The port says so."} | changes
        return api(reviewer).post(f"/api/v1/assignments/{turn.pk}/verdict/", body)

    return post


def test_verdict_decides_the_claim(hand_in, turn):
    answer = hand_in()
    assert answer.status_code == 201
    verdict = answer.json()
    assert (verdict["rating"]["name"], verdict["reviewer"], verdict["assignment"]) == ("True", "rita", turn.pk)
    assert (verdict["claim"]["status"], verdict["claim"]["rating"]["name"]) == ("decided", "True")


def test_rating_goes_by_id_or_name(hand_in, ratings):
    assert hand_in(rating=ratings["False"].pk).json()["rating"]["name"] == "False"


@pytest.mark.parametrize("rating", ["Truish", 0, True, None, [], {}, "", "a\0b", 10**30, 1.5])
def test_rating_off_the_scale_is_refused(hand_in, rating):
    answer = hand_in(rating=rating)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["rating"])


def test_evidence_is_old_or_new(hand_in, reviewer, turn):
    known = add_evidence(reviewer, turn.claim_id, url="https://port.test/history")
    shown = hand_in(evidence=[known.pk, SOURCE]).json()["evidence"]
    assert [evidence["url"] for evidence in shown] == [known.url, SOURCE["url"]]


@pytest.mark.parametrize("evidence", [["x"], [True], [None], [{"url": "javascript:alert(1)"}], [{}], "x", {}])
def test_evidence_of_another_shape_is_refused(hand_in, evidence):
    answer = hand_in(evidence=evidence)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["evidence"])
    assert not Verdict.objects.exists()


def test_evidence_of_another_claim_is_refused(hand_in):
    answer = hand_in(evidence=[0])
    assert (answer.status_code, answer.json()["code"]) == (400, "evidence")


@pytest.mark.parametrize("explanation", ["", "  "])
def test_verdict_without_a_why_is_refused(hand_in, explanation):
    answer = hand_in(explanation=explanation)
    assert (answer.status_code, answer.json()["code"]) == (400, "explanation_needed")


def test_verdict_after_the_lease_is_kept_as_a_draft(hand_in, api, reviewer, turn):
    Assignment.objects.filter(pk=turn.pk).update(expires_at=timezone.now())
    answer = hand_in(evidence=[SOURCE])
    assert (answer.status_code, answer.json()["code"]) == (409, "lease_lost")
    assert answer.json()["draft"] == f"http://testserver/api/v1/claims/{turn.claim_id}/draft/"
    kept = api(reviewer).get(answer.json()["draft"]).json()
    assert (kept["explanation"], kept["evidence"]) == ("The port says so.", [SOURCE])


def test_verdict_with_an_old_fence_is_kept_as_a_draft(hand_in, turn):
    answer = hand_in(fence=turn.fence + 1)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_fence")
    assert answer.json()["draft"].endswith(f"/claims/{turn.claim_id}/draft/")
    assert Draft.objects.get().explanation == "The port says so."


def test_verdict_is_recorded_once(hand_in):
    hand_in()
    again = hand_in()
    assert (again.status_code, again.json()["code"]) == (409, "verdict_recorded")
    assert "draft" not in again.json()
    assert (Verdict.objects.count(), Claim.objects.get().status) == (1, "decided")


def test_somebody_elses_assignment_is_not_found(api, editor, turn):
    body = {"fence": turn.fence, "rating": "True", "explanation": "Mine."}
    assert api(editor).post(f"/api/v1/assignments/{turn.pk}/verdict/", body).status_code == 404
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("explanation", ["a\0b", "x" * 50_001])
def test_an_explanation_that_cannot_be_kept_is_refused_in_words(hand_in, explanation):
    answer = hand_in(explanation=explanation)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["explanation"])


def test_a_saving_that_comes_after_the_verdict_leaves_no_draft(api, reviewer, hand_in, turn):
    hand_in()
    answer = api(reviewer).put(f"/api/v1/claims/{turn.claim_id}/draft/", {"explanation": "still typing"})
    assert (answer.status_code, answer.json()["code"]) == (409, "verdict_recorded")
    assert not Draft.objects.exists()
