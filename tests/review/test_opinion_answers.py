"""What somebody without an account does with their link: one answer, kept whatever became of the claim."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.signing import Signer
from django.utils import timezone

from claims.enums import OpinionAnswer, Role
from claims.exceptions import Conflict, DeskError
from claims.models import Claim, OutgoingEmail, OutsideOpinion
from claims.notifications.links import sign_key
from claims.review.closing import dismiss_claim, merge_claim
from claims.review.correcting import correct_claim
from claims.review.opinion_answers import (
    LONGEST_COMMENT,
    count_corrections,
    find_opinion,
    give_opinion,
    note_opened,
    note_refused,
)
from claims.review.opinions import MOST_A_DAY, ask_again, revoke_opinion
from tests.factories import broken_at, judge, make_claim, make_opinion, make_queued_claim, make_queued_claims
from tests.racing import all_at_once, check_histories, kinds

pytestmark = pytest.mark.django_db
AGREE = OpinionAnswer.AGREE


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


def test_an_answer_is_kept_with_its_time_and_its_words_in_the_history(opinion, claim, clock, editor):
    clock.shift(3600)
    give_opinion(opinion.pk, OpinionAnswer.OBJECT, " Not without the port's reply.\n", corrections=0)
    opinion.refresh_from_db()
    assert (opinion.status, opinion.answer, opinion.answered_at) == ("answered", "object", timezone.now())
    assert opinion.comment == "Not without the port's reply."
    event = claim.events.last()
    assert (event.kind, event.actor, event.reason) == ("opinion_given", None, "Not without the port's reply.")
    assert event.details == {"opinion": opinion.pk, "name": "Lex Juris", "answer": "object"}
    assert broken_at(claim) is None
    call_command("verify_history")


def test_an_answer_decides_nothing(opinion, claim):
    give_opinion(opinion.pk, AGREE, "", corrections=0)
    after = Claim.objects.get()
    assert (after.status, after.rating, claim.seats.filter(status="open").count()) == ("queued", None, 1)


def test_one_link_takes_one_answer(opinion, claim):
    give_opinion(opinion.pk, AGREE, "Yes.", corrections=0)
    with pytest.raises(Conflict) as refusal:
        give_opinion(opinion.pk, OpinionAnswer.OBJECT, "No.", corrections=0)
    assert (refusal.value.code, OutsideOpinion.objects.get().comment) == ("answered", "Yes.")
    assert claim.events.filter(kind="opinion_given").count() == 1


def test_a_link_that_is_revoked_or_expired_takes_none(opinion, claim, editor, clock):
    revoke_opinion(editor, opinion.pk)
    other = make_opinion(editor, claim, days=1)
    clock.shift(timedelta(days=1))
    for one, status in ((opinion, "revoked"), (other, "expired")):
        with pytest.raises(Conflict) as refusal:
            give_opinion(one.pk, AGREE, "Yes.", corrections=0)
        assert refusal.value.code == status
    assert not OutsideOpinion.objects.exclude(answer="").exists()


def test_a_comment_has_its_limit(opinion):
    with pytest.raises(DeskError) as refusal:
        give_opinion(opinion.pk, AGREE, "x" * (LONGEST_COMMENT + 1), corrections=0)
    assert (refusal.value.code, OutsideOpinion.objects.get().status) == ("comment", "open")
    give_opinion(opinion.pk, AGREE, "x" * LONGEST_COMMENT, corrections=0)


def put_aside(editor, claim):
    dismiss_claim(editor, claim.pk, "An opinion.")


def merge(editor, claim):
    merge_claim(editor, claim.pk, make_claim(article=claim.article, quote="March 2019").pk, "The same.")


def decide(editor, claim):
    judge(editor, claim, "True")


@pytest.mark.parametrize(("act", "status"), [(put_aside, "dismissed"), (merge, "duplicate"), (decide, "decided")])
def test_an_answer_is_kept_whatever_became_of_the_claim(opinion, claim, editor, act, status):
    act(editor, claim)
    give_opinion(opinion.pk, AGREE, "Yes.", corrections=0)
    assert (Claim.objects.get(pk=claim.pk).status, OutsideOpinion.objects.get().answer) == (status, "agree")
    assert broken_at(claim) is None


def test_nobody_answers_about_words_that_they_have_not_read(opinion, claim, editor):
    correct_claim(editor, claim.pk, headline="roughly 250 dockers")
    with pytest.raises(Conflict) as refusal:
        give_opinion(opinion.pk, AGREE, "Yes.", corrections=0)
    assert (refusal.value.code, OutsideOpinion.objects.get().status) == ("corrected", "open")
    give_opinion(opinion.pk, AGREE, "Yes.", corrections=count_corrections(claim.pk))


def test_each_first_use_is_in_the_history_once(opinion, claim, editor):
    for _ in range(3):
        note_opened(opinion)
    revoke_opinion(editor, opinion.pk)
    opinion.refresh_from_db()
    for _ in range(3):
        note_refused(opinion)
    events = claim.events.filter(kind__startswith="opinion").values_list("kind", "actor__username", "details__link")
    assert list(events) == [
        ("opinion_asked", "edna", None),
        ("opinion_opened", None, None),
        ("opinion_revoked", "edna", None),
        ("opinion_refused", None, "revoked"),
    ]
    opinion.refresh_from_db()
    assert (opinion.opened_at, opinion.refused_at) == (timezone.now(), timezone.now())
    assert broken_at(claim) is None


# Links.


def test_a_link_opens_its_own_question_alone(opinion, editor):
    other = make_opinion(editor, make_claim(article=opinion.claim.article, quote="March 2019"))
    assert [find_opinion(sign_key(one.key)) for one in (opinion, other)] == [opinion, other]
    mixed = f"{opinion.key}.{sign_key(other.key).rpartition('.')[2]}"
    assert find_opinion(mixed) is None


@pytest.mark.parametrize("make", [
    lambda key: key,
    lambda key: sign_key(key)[:-1],
    lambda key: sign_key(key).swapcase(),
    lambda key: sign_key(f"{key}x"),
    lambda key: Signer(salt="something else", sep=".").sign(key),
    lambda key: Signer(key="another desk's", salt="claims.opinion", sep=".").sign(key),
    lambda key: "",
    lambda key: ".",
    lambda key: "Ünïcödé.\x00\ud800",
], ids=range(9))  # fmt: skip
def test_what_the_desk_has_not_signed_opens_nothing(opinion, make):
    assert find_opinion(make(opinion.key)) is None


def test_the_secret_key_alone_opens_nothing(opinion):
    assert find_opinion(sign_key("")) is None
    assert find_opinion(sign_key(str(opinion.pk))) is None


def test_a_desk_that_changes_its_secret_key_can_keep_its_links(opinion, settings):
    link, settings.SECRET_KEY_FALLBACKS = sign_key(opinion.key), [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"
    assert find_opinion(link) == opinion
    settings.SECRET_KEY_FALLBACKS = []
    assert find_opinion(link) is None


# At once.


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one(editor):
    claim = make_queued_claim()
    opinion = make_opinion(editor, claim)
    answers = [(AGREE, "Yes."), (OpinionAnswer.OBJECT, "No.")] * 2
    results = all_at_once([lambda a=a, c=c: give_opinion(opinion.pk, a, c, corrections=0) for a, c in answers])
    assert kinds(results) == {"OutsideOpinion": 1, "Conflict": 3}
    kept = OutsideOpinion.objects.get()
    assert (kept.answer, kept.comment) in answers
    assert OutgoingEmail.objects.filter(kind="opinion_given").count() == 1
    check_histories()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_an_answer_and_its_revocation_at_once_agree(editor, attempt):
    claim = make_queued_claim()
    opinion = make_opinion(editor, claim)
    note_opened(opinion)
    results = all_at_once([
        lambda: give_opinion(opinion.pk, AGREE, "Yes.", corrections=0),
        lambda: revoke_opinion(editor, opinion.pk),
        lambda: ask_again(editor, opinion.pk),
    ])  # fmt: skip
    statuses = sorted(str(one.status) for one in OutsideOpinion.objects.all())
    assert statuses in (["answered"], ["revoked"], ["open", "revoked"])
    assert ("answered" in statuses) == isinstance(results[0], OutsideOpinion)
    check_histories()


@pytest.mark.django_db(transaction=True)
def test_an_editor_in_many_windows_asks_no_more_than_may_be_asked(editor):
    claims = make_queued_claims(6)
    for number in range(MOST_A_DAY - 2):
        make_opinion(editor, claims[number // 4], address=f"lex{number}@law.test")
    asking = [lambda n=n: make_opinion(editor, claims[4 + n % 2], address=f"ana{n}@law.test") for n in range(6)]
    assert kinds(all_at_once(asking)) == {"OutsideOpinion": 2, "Conflict": 4}
    check_histories()


@pytest.mark.django_db(transaction=True)
def test_one_person_is_asked_once_by_many_at_once(person):
    claim, editors = make_queued_claim(), [person(f"edna{number}", Role.EDITOR) for number in range(4)]
    results = all_at_once([lambda who=who: make_opinion(who, claim) for who in editors])
    assert kinds(results) == {"OutsideOpinion": 1, "Conflict": 3}
    check_histories()


@pytest.mark.django_db(transaction=True)
def test_many_first_visits_at_once_are_noted_once(editor):
    claim = make_queued_claim()
    opinion = make_opinion(editor, claim)
    assert all_at_once([lambda: note_opened(opinion)] * 6) == [None] * 6
    assert claim.events.filter(kind="opinion_opened").count() == 1
    check_histories()
