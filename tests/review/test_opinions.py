"""Somebody without an account is asked for an opinion: of whom, how often, how it is taken back, and who sees it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.enums import OpinionAnswer, Role
from claims.exceptions import Conflict, DeskError, MoveRefused, NotPermitted
from claims.models import Claim, OutgoingEmail, OutsideOpinion
from claims.permissions import visible_events, visible_opinions
from claims.review.adjudication import adjudicate_claim
from claims.review.closing import dismiss_claim
from claims.review.opinion_answers import give_opinion
from claims.review.opinions import MOST_A_DAY, MOST_OPEN, ask_again, revoke_opinion
from tests.factories import broken_at, judge, make_opinion, make_policy, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def claim(clock) -> Claim:
    return make_queued_claim()


@pytest.fixture
def opinion(claim, editor) -> OutsideOpinion:
    return make_opinion(editor, claim)


def answer(opinion: OutsideOpinion, said: str = "agree", comment: str = "") -> None:
    give_opinion(opinion.pk, OpinionAnswer(said), comment, corrections=0)


# Asking.


def test_a_question_is_kept_with_who_asks_whom_until_when(claim, editor):
    opinion = make_opinion(editor, claim, name=" Lex \n Juris ", address=" Lex@law.test ", question=" Is it so?\n")
    opinion.refresh_from_db()
    assert (opinion.claim, opinion.asked_by, opinion.status) == (claim, editor, "open")
    assert (opinion.name, opinion.address, opinion.question) == ("Lex Juris", "Lex@law.test", "Is it so?")
    assert (opinion.asked_at, opinion.expires_at) == (timezone.now(), timezone.now() + timedelta(days=7))
    event = claim.events.last()
    assert (event.kind, event.actor, event.reason) == ("opinion_asked", editor, "Is it so?")
    said = {"opinion": opinion.pk, "name": "Lex Juris", "expires_at": "2026-11-29T10:00:00+00:00"}
    assert (event.details, broken_at(claim)) == (said, None)


@pytest.mark.parametrize("days", [1, 30])
def test_a_link_holds_for_as_long_as_the_editor_says(claim, editor, clock, days):
    opinion = make_opinion(editor, claim, days=days)
    clock.shift(timedelta(days=days, seconds=-1))
    assert opinion.status == "open"
    clock.shift(1)
    assert opinion.status == "expired"


WRONG = [
    ({"name": " \n"}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"question": "\t"}, "question"),
    ({"question": "x" * 2_001}, "question"),
    ({"days": 0}, "days"),
    ({"days": 31}, "days"),
    ({"address": ""}, "address"),
    ({"address": "lex"}, "address"),
    ({"address": "lex@law.test\nBcc: all@desk.test"}, "address"),
    ({"address": "lex@law.test, all@desk.test"}, "address"),
    ({"address": '"lex, all@desk.test"@law.test'}, "address"),
    ({"address": "Lex <lex@law.test>"}, "address"),
    ({"address": f"{'x' * 64}@{'y' * 60}.{'z' * 60}.{'w' * 60}.{'v' * 60}.test"}, "address"),
]


@pytest.mark.parametrize(("wrong", "code"), WRONG, ids=[f"{code}-{n}" for n, (_, code) in enumerate(WRONG)])
def test_what_cannot_be_sent_is_not_kept(claim, editor, wrong, code):
    with pytest.raises(DeskError) as refusal:
        make_opinion(editor, claim, **wrong)
    assert (refusal.value.code, OutsideOpinion.objects.count(), OutgoingEmail.objects.count()) == (code, 0, 0)


def test_who_has_an_account_is_not_asked_as_somebody_from_outside(claim, editor, reviewer):
    with pytest.raises(DeskError, match="rita has an account at this desk"):
        make_opinion(editor, claim, address="Rita@desk.test")
    reviewer.is_active = False
    reviewer.save()
    assert make_opinion(editor, claim, address="Rita@desk.test").status == "open"


@pytest.mark.parametrize("who", ["reviewer", "producer", "administrator", "outsider"])
def test_only_editors_ask_and_revoke(claim, opinion, request, who):
    somebody = request.getfixturevalue(who)
    for act in (
        lambda: make_opinion(somebody, claim, address="ana@law.test"),
        lambda: revoke_opinion(somebody, opinion.pk),
        lambda: ask_again(somebody, opinion.pk),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert [one.status for one in OutsideOpinion.objects.all()] == ["open"]


def test_a_claim_that_is_decided_can_be_asked_about(claim, editor, reviewer):
    judge(reviewer, claim, "False")
    make_opinion(editor, claim)
    assert (Claim.objects.get().status, claim.events.last().kind) == ("decided", "opinion_asked")


def test_a_claim_that_is_put_aside_is_not_asked_about(claim, editor):
    dismiss_claim(editor, claim.pk, "An opinion.")
    with pytest.raises(MoveRefused):
        make_opinion(editor, claim)


# How often.


def test_one_person_is_asked_once_at_a_time(claim, opinion, editor, person):
    with pytest.raises(Conflict, match="asked already, until 2026-11-29 10:00 UTC") as refusal:
        make_opinion(person("emil", Role.EDITOR), claim, address="LEX@law.test")
    assert (refusal.value.code, OutsideOpinion.objects.count()) == ("asked_already", 1)


def test_one_person_is_asked_about_two_claims(editor):
    for claim in make_queued_claims(2):
        make_opinion(editor, claim)
    assert OutsideOpinion.objects.count() == 2


def test_who_let_the_time_run_out_can_be_asked_anew(claim, opinion, editor, clock):
    clock.shift(timedelta(days=7))
    make_opinion(editor, claim)
    assert [one.status for one in OutsideOpinion.objects.all()] == ["revoked", "open"]
    assert list(claim.events.values_list("kind", flat=True))[-2:] == ["opinion_revoked", "opinion_asked"]


def test_who_has_answered_can_be_asked_another_question(claim, opinion, editor):
    answer(opinion)
    make_opinion(editor, claim, question="And the other thing?")
    assert [one.status for one in OutsideOpinion.objects.all()] == ["answered", "open"]


def test_few_people_are_asked_about_a_claim_at_once(claim, editor, clock):
    asked = [make_opinion(editor, claim, address=f"lex{n}@law.test") for n in range(MOST_OPEN)]
    with pytest.raises(Conflict) as refusal:
        make_opinion(editor, claim)
    assert refusal.value.code == "too_many"
    revoke_opinion(editor, asked[0].pk)
    answer(asked[1])
    for name in ("ana", "bob"):
        make_opinion(editor, claim, address=f"{name}@law.test")
    clock.shift(timedelta(days=7))
    assert make_opinion(editor, claim).status == "open"


def test_an_editor_asks_so_often_a_day_and_no_more(editor, person, clock):
    claims = make_queued_claims(6)
    for number in range(MOST_A_DAY):
        make_opinion(editor, claims[number // 4], address=f"lex{number}@law.test")
    with pytest.raises(Conflict) as refusal:
        make_opinion(editor, claims[5])
    assert refusal.value.code == "too_many"
    revoke_opinion(editor, OutsideOpinion.objects.first().pk)
    with pytest.raises(Conflict):  # what was revoked was mailed all the same
        make_opinion(editor, claims[5])
    assert make_opinion(person("emil", Role.EDITOR), claims[5]).status == "open"
    clock.shift(timedelta(days=1))
    assert make_opinion(editor, claims[4]).status == "open"


# Taking it back, and asking again.


def test_a_link_is_revoked_by_any_editor(claim, opinion, person):
    emil = person("emil", Role.EDITOR)
    revoke_opinion(emil, opinion.pk)
    opinion.refresh_from_db()
    assert (opinion.status, opinion.revoked_by, opinion.revoked_at) == ("revoked", emil, timezone.now())
    event = claim.events.last()
    assert (event.kind, event.actor, event.details["name"]) == ("opinion_revoked", emil, "Lex Juris")
    assert broken_at(claim) is None


def test_a_link_is_revoked_once_and_never_after_the_answer(claim, opinion, editor):
    revoke_opinion(editor, opinion.pk)
    with pytest.raises(Conflict) as refusal:
        revoke_opinion(editor, opinion.pk)
    assert refusal.value.code == "revoked"
    other = make_opinion(editor, claim)
    answer(other)
    with pytest.raises(Conflict) as refusal:
        revoke_opinion(editor, other.pk)
    assert (refusal.value.code, OutsideOpinion.objects.last().status) == ("answered", "answered")


@pytest.mark.parametrize("days", [0, 3], ids=["open", "expired"])
def test_asking_again_sends_a_new_link_and_ends_the_old_one(claim, editor, clock, days):
    old = make_opinion(editor, claim, days=2)
    clock.shift(timedelta(days=days))
    new = ask_again(editor, old.pk)
    old.refresh_from_db()
    assert (old.status, new.status, new.question, new.address) == ("revoked", "open", old.question, old.address)
    assert (new.expires_at - new.asked_at, new.key == old.key) == (timedelta(days=2), False)
    assert OutgoingEmail.objects.filter(kind="opinion_asked").count() == 2


def test_who_has_answered_is_not_asked_the_same_again(opinion, editor):
    answer(opinion)
    with pytest.raises(Conflict):
        ask_again(editor, opinion.pk)


# Who sees what was said.


def shown(who, opinion) -> tuple[str, str] | None:
    found = visible_opinions(who).filter(pk=opinion.pk).first()
    return (found.shown_answer, found.shown_comment) if found else None


def test_all_who_review_see_what_was_said_and_editors_see_the_address(opinion, editor, reviewer, producer):
    answer(opinion, "object", "Not like this.")
    assert [shown(who, opinion) for who in (editor, reviewer, producer)] == [("object", "Not like this.")] * 2 + [None]
    assert [visible_opinions(who).get().shown_address for who in (editor, reviewer)] == ["lex@law.test", ""]


@pytest.fixture
def blind_claim(clock) -> Claim:
    make_policy(seats=2, agreeing=2, is_blind=True)
    return make_queued_claim()


def test_who_owes_a_blind_verdict_is_not_swayed(blind_claim, clock, editor, reviewer, person):
    cora, emil = person("cora", Role.REVIEWER), person("emil", Role.EDITOR)
    clock.shift(60)
    opinion = make_opinion(editor, blind_claim)
    answer(opinion, "object", "No.")
    judge(cora, blind_claim, "True")
    assert [shown(who, opinion) for who in (reviewer, emil)] == [None, None]
    assert shown(editor, opinion) == ("", "")  # they asked, and owe a verdict themselves
    assert shown(cora, opinion) == ("object", "No.")
    assert not visible_events(editor).filter(kind__startswith="opinion").exists()


def test_what_was_answered_before_the_blind_review_began_is_known(clock, editor, reviewer):
    make_policy(seats=1, agreeing=1)
    claim = make_queued_claim()
    first, second = make_opinion(editor, claim), make_opinion(editor, claim, address="ana@law.test")
    answer(first, "agree", "Yes.")
    clock.shift(60)
    rule = make_policy(seats=2, agreeing=2, is_blind=True)
    Claim.objects.update(rule=rule, review_began_at=timezone.now())
    clock.shift(60)
    answer(second, "object", "No.")
    assert (shown(reviewer, first), shown(reviewer, second)) == (("agree", "Yes."), None)


def test_who_adjudicates_sees_all_and_others_after_the_decision(blind_claim, clock, editor, reviewer, person, ratings):
    clock.shift(60)
    opinion = make_opinion(editor, blind_claim)
    answer(opinion, "object", "No.")
    for name, rating in (("cora", "True"), ("carl", "False")):
        judge(person(name, Role.REVIEWER), blind_claim, rating)
    assert (shown(editor, opinion), shown(reviewer, opinion)) == (("object", "No."), None)
    adjudicate_claim(editor, blind_claim.pk, ratings["False"], "The port's own books.")
    assert shown(reviewer, opinion) == ("object", "No.")
