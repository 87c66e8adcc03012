"""The claimant is asked for their source: who asked, when and how, and what came back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.enums import Channel
from claims.exceptions import Conflict, DeskError, NotPermitted
from claims.models import Claim, ClaimantContact
from claims.permissions import visible_contacts
from claims.review.contacts import ask_claimant, record_answer
from tests.factories import broken_at, judge, make_policy, make_queued_claim

pytestmark = pytest.mark.django_db
QUESTION = "Whose figure is it?"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def claim(clock) -> Claim:
    return make_queued_claim()


@pytest.fixture
def contact(claim, reviewer) -> ClaimantContact:
    return ask_claimant(reviewer, claim.pk, channel=Channel.PHONE, question=QUESTION)


# Asking.


def test_a_question_is_kept_with_who_asked_when_and_how(claim, reviewer):
    due = timezone.now() + timedelta(days=2)
    ask_claimant(reviewer, claim.pk, channel=Channel.EMAIL, question=f" {QUESTION}\n", answer_due_at=due)
    contact = ClaimantContact.objects.get()
    assert (contact.claim, contact.asked_by, contact.asked_at) == (claim, reviewer, timezone.now())
    assert (contact.channel, contact.question, contact.answer_due_at) == ("email", QUESTION, due)
    assert (contact.answer, contact.answered_at) == ("", None)
    event = claim.events.last()
    assert (event.kind, event.actor) == ("claimant_asked", reviewer)
    assert event.details == {"contact": contact.pk, "channel": "email"}
    assert broken_at(claim) is None


def test_a_question_of_yesterday_is_noted_with_its_time(claim, reviewer):
    yesterday = timezone.now() - timedelta(days=1)
    contact = ask_claimant(reviewer, claim.pk, channel=Channel.LETTER, question=QUESTION, asked_at=yesterday)
    assert (contact.asked_at, contact.answer_due_at) == (yesterday, None)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"question": ""}, "question_needed"),
        ({"question": " \n\t"}, "question_needed"),
        ({"asked_at": timedelta(seconds=1)}, "asked_at"),
        ({"answer_due_at": timedelta(seconds=-1)}, "answer_due_at"),
        ({"asked_at": timedelta(hours=-2), "answer_due_at": timedelta(hours=-3)}, "answer_due_at"),
    ],
    ids=str,
)
def test_what_is_no_question_is_not_kept(claim, reviewer, wrong, code):
    wrong = {name: timezone.now() + value if isinstance(value, timedelta) else value for name, value in wrong.items()}
    with pytest.raises(DeskError) as refusal:
        ask_claimant(reviewer, claim.pk, **{"channel": Channel.PHONE, "question": QUESTION} | wrong)
    assert refusal.value.code == code
    assert (ClaimantContact.objects.count(), claim.events.last().kind) == (0, "queued")


def test_an_answer_may_be_due_at_once(claim, reviewer):
    now = timezone.now()
    contact = ask_claimant(
        reviewer, claim.pk, channel=Channel.PHONE, question=QUESTION, asked_at=now, answer_due_at=now
    )
    assert contact.answer_due_at == now


def test_a_claimant_can_be_asked_about_a_claim_that_is_decided(claim, reviewer, editor):
    judge(reviewer, claim, "False")
    ask_claimant(editor, claim.pk, channel=Channel.EMAIL, question=QUESTION)
    assert (Claim.objects.get().status, claim.events.last().kind) == ("decided", "claimant_asked")


def test_a_claim_that_there_is_not_has_no_claimant(reviewer):
    with pytest.raises(Claim.DoesNotExist):
        ask_claimant(reviewer, 0, channel=Channel.EMAIL, question=QUESTION)


# Answers.


def test_an_answer_is_kept_with_its_time_whoever_got_it(contact, claim, cora, clock):
    clock.shift(timedelta(hours=3))
    record_answer(cora, contact.pk, " The ministry's.\n")
    contact.refresh_from_db()
    assert (contact.answer, contact.answered_at) == ("The ministry's.", timezone.now())
    assert (contact.asked_by.username, contact.question) == ("rita", QUESTION)
    event = claim.events.last()
    assert (event.kind, event.actor, event.details) == ("claimant_answered", cora, {"contact": contact.pk})
    assert broken_at(claim) is None


@pytest.mark.parametrize("answer", ["", " \n"])
def test_no_words_are_no_answer(contact, claim, reviewer, answer):
    with pytest.raises(DeskError) as refusal:
        record_answer(reviewer, contact.pk, answer)
    assert refusal.value.code == "answer_needed"
    contact.refresh_from_db()
    assert (contact.answer, contact.answered_at, claim.events.last().kind) == ("", None, "claimant_asked")


def test_an_answer_is_never_overwritten(contact, claim, reviewer, cora, clock):
    record_answer(reviewer, contact.pk, "The ministry's.")
    clock.shift(60)
    with pytest.raises(Conflict) as refusal:
        record_answer(cora, contact.pk, "The union's.")
    assert refusal.value.code == "answered"
    before = contact.asked_at
    contact.refresh_from_db()
    assert (contact.answer, contact.answered_at) == ("The ministry's.", before)
    assert claim.events.filter(kind="claimant_answered").count() == 1


def test_each_question_has_an_answer_of_its_own(contact, claim, reviewer):
    again = ask_claimant(reviewer, claim.pk, channel=Channel.EMAIL, question="And of which year?")
    record_answer(reviewer, again.pk, "Of 2019.")
    assert list(claim.contacts.values_list("question", "answer")) == [
        (QUESTION, ""),
        ("And of which year?", "Of 2019."),
    ]


def test_a_question_that_was_not_asked_has_no_answer(reviewer):
    with pytest.raises(ClaimantContact.DoesNotExist):
        record_answer(reviewer, 0, "The ministry's.")


# Who.


@pytest.mark.parametrize("who", ["producer", "administrator", "outsider"])
def test_only_who_reviews_asks_and_notes_answers(contact, claim, request, who):
    somebody = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        ask_claimant(somebody, claim.pk, channel=Channel.PHONE, question=QUESTION)
    with pytest.raises(NotPermitted):
        record_answer(somebody, contact.pk, "The ministry's.")
    assert (ClaimantContact.objects.get().answer, claim.events.last().kind) == ("", "claimant_asked")


def test_colleagues_see_that_a_claimant_was_asked_in_a_blind_round_too(reviewer, cora, producer):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    contact = ask_claimant(reviewer, claim.pk, channel=Channel.PHONE, question=QUESTION)
    assert list(visible_contacts(cora)) == [contact]
    assert list(visible_contacts(producer)) == []
