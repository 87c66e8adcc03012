import pytest
from django.test import Client

from claims.models import Claim, Draft, Evidence, Verdict
from claims.review.assignments import take_claim
from claims.review.evidence import add_evidence
from claims.review.verdicts import record_verdict
from tests.admin.conftest import lapse
from tests.admin.pages import said, url, words

pytestmark = pytest.mark.django_db
SOURCE = "https://port.example/staff"


@pytest.fixture
def typed(assignment, ratings):
    """What a reviewer has typed, with one thing different where named."""

    def form(**different):
        about = {"assignment": assignment.pk, "fence": assignment.fence}
        return about | {"rating": ratings["False"].pk, "explanation": "The port says 1,900."} | different

    return form


@pytest.fixture
def post(desk, reviewer, assignment):
    def send(action, form, **how):
        return desk(reviewer).post(url(action, assignment.claim_id), form, **how)

    return send


def draft() -> tuple[str | None, str, list]:
    kept = Draft.objects.get()
    return (kept.rating and kept.rating.name, kept.explanation, kept.evidence)


# A verdict in time.


def test_a_verdict_is_recorded_and_leads_to_the_next(post, typed):
    answer = post("record_verdict", typed())
    assert answer.url == url("review_queue") + "#take-next"
    verdict = Verdict.objects.get()
    assert (verdict.rating.name, verdict.explanation) == ("False", "The port says 1,900.")


def test_the_page_after_says_that_it_is_recorded(post, typed):
    page = post("record_verdict", typed(), follow=True)
    assert said(page) == "Verdict recorded: “roughly 2,500 dockers”. Take the next claim?"
    assert 'id="take-next"' in page.content.decode()


def test_a_verdict_rests_on_the_evidence_ticked(post, typed, editor, assignment):
    one, _other = (add_evidence(editor, assignment.claim_id, url=f"{SOURCE}/{n}") for n in "ab")
    post("record_verdict", typed(evidence=[one.pk]))
    assert list(Verdict.objects.get().evidence.all()) == [one]


def test_evidence_still_in_its_fields_comes_with_the_verdict(post, typed):
    post("record_verdict", typed(evidence_url=SOURCE, evidence_title="Staff", evidence_stance="refutes"))
    assert list(Verdict.objects.get().evidence.values_list("url", "title", "stance")) == [(SOURCE, "Staff", "refutes")]


def test_the_same_verdict_twice_is_one(post, typed):
    post("record_verdict", typed())
    assert said(post("record_verdict", typed(), follow=True)) == "Your verdict on this claim is already recorded."
    assert (Verdict.objects.count(), Draft.objects.count()) == (1, 0)


def test_the_decision_is_shown_to_all(post, typed, desk, editor, assignment):
    post("record_verdict", typed())
    page = words(desk(editor).get(url("review_claim", assignment.claim_id)))
    assert "Decision False decided on" in page
    assert "The port says 1,900." in page


# A verdict refused: nothing that was typed is lost.


@pytest.mark.parametrize(
    ("different", "sentence"),
    [
        ({"rating": ""}, "Choose a rating."),
        ({"rating": "99999"}, "Choose a rating."),
        ({"explanation": " "}, "Explain your verdict: readers and colleagues will ask why."),
        ({"evidence": "99999"}, "Evidence 99999 is not evidence of this claim."),
        ({"evidence_url": "ftp://x"}, "its address must begin with http:// or https://"),
    ],
)
def test_a_verdict_that_lacks_something_is_shown_again(post, typed, different, sentence):
    page = post("record_verdict", typed(**different))
    assert page.status_code == 400
    assert sentence in words(page)
    assert "Record verdict" in words(page)


def test_a_refused_form_keeps_what_was_typed(post, typed):
    page = post("record_verdict", typed(rating="", evidence_url=SOURCE)).content.decode()
    assert "The port says 1,900.</textarea>" in page
    assert f'value="{SOURCE}"' in page
    assert draft()[:2] == (None, "The port says 1,900.")


def test_a_verdict_after_the_turn_is_kept_as_the_draft(post, typed, assignment):
    lapse(assignment)
    page = post("record_verdict", typed())
    assert page.status_code == 409
    assert "Take the claim again" in words(page)
    assert draft() == ("False", "The port says 1,900.", [])


def test_the_kept_draft_is_shown_beside_the_way_back(post, typed, assignment):
    lapse(assignment)
    page = words(post("record_verdict", typed()))
    assert "Take it again" in page
    assert "Your draft False The port says 1,900." in page


def test_the_kept_draft_is_in_the_form_of_the_next_turn(post, typed, assignment):
    lapse(assignment)
    post("record_verdict", typed(evidence_url=SOURCE))
    page = post("take_claim", {}, follow=True).content.decode()
    assert "The port says 1,900.</textarea>" in page
    assert f'value="{SOURCE}"' in page
    assert page.count(" checked") >= 1


def test_an_old_fence_is_refused(post, typed):
    page = post("record_verdict", typed(fence="0"))
    assert (page.status_code, draft()[0]) == (409, "False")


def test_a_claim_that_another_judged_meanwhile_shows_how_it_stands(post, typed, assignment, editor, ratings):
    lapse(assignment)
    other = take_claim(editor, assignment.claim_id)
    record_verdict(editor, other.pk, other.fence, rating=ratings["True"], explanation="It holds.")
    page = words(post("record_verdict", typed()))
    assert "Decision True" in page
    assert "Your draft False The port says 1,900." in page


@pytest.mark.parametrize("field", ["assignment", "fence", "rating", "evidence"])
@pytest.mark.parametrize("nonsense", ["x", "-1", "٣", "9" * 30, "\x00", ""])
def test_nonsense_in_a_hidden_field_breaks_nothing(post, typed, field, nonsense):
    assert post("record_verdict", typed(**{field: nonsense})).status_code in (302, 400, 404, 409)


def test_a_text_with_a_null_byte_is_stored_without_it(post, typed):
    post("record_verdict", typed(explanation="The port\x00 says\r\n1,900."))
    assert Verdict.objects.get().explanation == "The port says\n1,900."


# What is longer than the desk keeps.

LONG = "x" * 50_001
TOO_LONG = [
    ({"explanation": LONG}, "The explanation is longer than 50,000 characters. Shorten it."),
    (
        {"evidence_url": SOURCE, "evidence_quote": LONG},
        "A field of the evidence is longer than 50,000 characters. Shorten it.",
    ),
]


@pytest.mark.parametrize("action", ["record_verdict", "add_evidence", "save_draft"])
@pytest.mark.parametrize(("different", "sentence"), TOO_LONG)
def test_what_is_too_long_is_refused_and_stays_on_the_page(post, typed, action, different, sentence):
    page = post(action, typed(evidence_url=SOURCE) | different)
    assert page.status_code == 400
    assert sentence in words(page)
    assert f"{LONG}</textarea>" in page.content.decode()
    assert [model.objects.exists() for model in (Verdict, Evidence, Draft)] == [False, False, False]


def test_the_script_is_told_that_a_draft_is_too_long(post, typed):
    answer = post("save_draft", typed(explanation=LONG), headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "too_long")


def test_the_longest_explanation_is_recorded(post, typed):
    post("record_verdict", typed(explanation="x\r\n" * 24_999 + "xx"))
    assert len(Verdict.objects.get().explanation) == 50_000


# Drafts.


def test_the_script_saves_a_draft(post, typed):
    answer = post("save_draft", typed(), headers={"accept": "application/json"})
    assert answer.json() == {"saved": True}
    assert draft() == ("False", "The port says 1,900.", [])


def test_a_person_without_script_saves_a_draft(post, typed):
    assert said(post("save_draft", typed(rating=""), follow=True)) == "Your draft is saved."
    assert draft() == (None, "The port says 1,900.", [])


def test_a_draft_is_seen_by_its_writer_alone(post, typed, desk, editor, assignment):
    post("save_draft", typed())
    assert "1,900" not in words(desk(editor).get(url("review_claim", assignment.claim_id)))


def test_a_draft_that_comes_in_after_its_verdict_is_refused(post, typed):
    post("record_verdict", typed())
    answers = [post("save_draft", typed(), headers=how) for how in ({"accept": "application/json"}, {})]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert (answers[0].json()["code"], Draft.objects.exists()) == ("verdict_recorded", False)


def test_evidence_is_still_added_after_ones_verdict(post, typed):
    post("record_verdict", typed())
    assert post("add_evidence", {"evidence_url": SOURCE}).status_code == 302
    assert Evidence.objects.get().url == SOURCE


def test_a_draft_can_be_emptied(post, typed):
    post("save_draft", typed())
    post("save_draft", {})
    assert draft() == (None, "", [])


# Evidence.


def test_adding_evidence_keeps_the_verdict_as_draft_and_ticks_the_new(post, typed):
    answer = post("add_evidence", typed(evidence_url=SOURCE, evidence_is_primary="on"))
    added = Evidence.objects.get()
    assert (answer.url.endswith("#evidence"), added.url, added.is_primary) == (True, SOURCE, True)
    assert draft() == ("False", "The port says 1,900.", [added.pk])


def test_evidence_without_an_address_is_refused_and_kept(post, typed):
    page = post("add_evidence", typed(evidence_title="Staff"))
    assert page.status_code == 400
    assert "its address must begin with" in words(page)
    assert draft()[2][0]["title"] == "Staff"


def test_no_evidence_at_all_is_refused(post, typed):
    assert "Give the address of the evidence." in words(post("add_evidence", typed()))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://", "data:text/html,x", "https://x y"])
def test_what_is_no_web_address_is_refused(post, typed, address):
    assert post("add_evidence", typed(evidence_url=address)).status_code == 400
    assert not Evidence.objects.exists()


def test_evidence_comes_from_colleagues_who_do_not_hold_the_claim(desk, editor, assignment):
    desk(editor).post(url("add_evidence", assignment.claim_id), {"evidence_url": SOURCE})
    assert Evidence.objects.get().added_by == editor


# The turn.


def test_the_heartbeat_extends_the_turn(post, typed, assignment, settings):
    settings.LEASE_SECONDS = 3600
    answer = post("heartbeat", typed()).json()
    assert 3590 < answer["seconds_left"] <= 3600
    assignment.refresh_from_db()
    assert answer["expires_at"][:19] == f"{assignment.expires_at:%Y-%m-%dT%H:%M:%S}"


def test_the_heartbeat_of_a_turn_that_ended_says_so(post, typed, assignment):
    lapse(assignment)
    answer = post("heartbeat", typed())
    assert (answer.status_code, answer.json()["code"]) == (409, "lease_lost")


def test_a_release_gives_the_claim_back(post, typed):
    page = post("release_claim", typed(), follow=True)
    assert "the claim is back in its old place in the queue" in said(page)
    assert Claim.objects.get().status == "queued"


def test_a_form_without_its_token_is_refused(reviewer, assignment, typed):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reviewer)
    assert strict.post(url("record_verdict", assignment.claim_id), typed()).status_code == 403
