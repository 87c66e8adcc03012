import pytest

from claims.enums import OpinionAnswer, Role
from claims.models import Claim, OutsideOpinion
from claims.notifications.links import sign_key
from claims.review.opinion_answers import give_opinion
from tests.factories import judge, make_opinion, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db
ASKED = {"name": "Lex Juris", "address": "lex@law.test", "question": "May we publish this?", "days": 3}


@pytest.fixture
def claim() -> Claim:
    return make_queued_claim()


def path(claim: Claim, opinion: OutsideOpinion | None = None) -> str:
    return f"/api/v1/claims/{claim.pk}/opinions/" + (f"{opinion.pk}/" if opinion else "")


def test_an_editor_asks_over_rest(api, claim, editor):
    answer = api(editor).post(path(claim), ASKED, format="json")
    asked = answer.json()
    assert (answer.status_code, asked["status"], asked["asked_by"], asked["address"]) == (
        201,
        "open",
        "edna",
        "lex@law.test",
    )
    assert (asked["answer"], asked["comment"], asked["answered_at"], asked["revoked_by"]) == ("", "", None, None)
    assert api(editor).get(path(claim)).json()["results"] == [asked]
    opinion = OutsideOpinion.objects.get()
    assert not any(secret in answer.content.decode() for secret in (opinion.key, sign_key(opinion.key)))


@pytest.mark.parametrize(
    ("different", "status", "code"),
    [
        ({"name": "  "}, 400, "invalid"),
        ({"name": "x\x00"}, 400, "invalid"),
        ({"address": "lex@law.test\nBcc: all@desk.test"}, 400, "invalid"),
        ({"address": '"a,b"@law.test'}, 400, "address"),
        ({"address": "edna@desk.test"}, 400, "address"),
        ({"days": 0}, 400, "invalid"),
        ({"days": 31}, 400, "invalid"),
        ({"question": "x" * 2001}, 400, "invalid"),
    ],
)
def test_what_cannot_be_sent_is_refused(api, claim, editor, different, status, code):
    answer = api(editor).post(path(claim), ASKED | different, format="json")
    assert (answer.status_code, answer.json()["code"], OutsideOpinion.objects.count()) == (status, code, 0)


def test_a_second_question_to_the_same_person_waits(api, claim, editor):
    api(editor).post(path(claim), ASKED, format="json")
    answer = api(editor).post(path(claim), ASKED, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "asked_already")


def test_a_link_is_revoked_over_rest(api, claim, editor):
    opinion = make_opinion(editor, claim)
    assert api(editor).delete(path(claim, opinion)).status_code == 204
    assert api(editor).delete(path(claim, opinion)).status_code == 409
    (shown,) = api(editor).get(path(claim)).json()["results"]
    assert (shown["status"], shown["revoked_by"]) == ("revoked", "edna")


def test_a_link_is_revoked_at_its_own_claim_alone(api, claim, editor):
    opinion = make_opinion(editor, claim)
    other = make_queued_claim(article=claim.article, quote="March 2019")
    assert api(editor).delete(path(other, opinion)).status_code == 404
    assert OutsideOpinion.objects.get().status == "open"


def test_answers_are_read_by_all_who_review_but_in_a_blind_round(api, editor, reviewer, person):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    opinion = make_opinion(editor, claim)
    give_opinion(opinion.pk, OpinionAnswer.OBJECT, "A grudge.", corrections=0)
    OutsideOpinion.objects.update(answered_at="2999-01-01T00:00Z")
    (own,) = api(editor).get(path(claim)).json()["results"]
    assert (own["status"], own["answer"], own["comment"]) == ("answered", "", "")
    assert api(reviewer).get(path(claim)).json()["results"] == []
    judge(person("cora", Role.REVIEWER), claim, "True")
    judge(reviewer, claim, "True")
    (seen,) = api(reviewer).get(path(claim)).json()["results"]
    assert (seen["answer"], seen["comment"], seen["address"]) == ("object", "A grudge.", "")
    (event,) = [one for one in api(reviewer).get(f"/api/v1/claims/{claim.pk}/history/").json()["results"]
                if one["kind"] == "opinion_given"]  # fmt: skip
    assert (event["actor"], event["details"]["name"], event["reason"]) == (None, "Lex Juris", "A grudge.")


def test_opinions_take_a_constant_number_of_queries(api, claim, editor, django_assert_num_queries):
    for number in range(3):
        make_opinion(editor, claim, address=f"lex{number}@law.test")
        with django_assert_num_queries(2):
            api(editor).get(path(claim))
