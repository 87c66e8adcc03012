"""Many at once, each with a connection of its own: nobody gets what another has, and nobody waits for ever."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims.enums import Role
from claims.exceptions import AlreadyTaken, Conflict, LeaseLost, MoveRefused
from claims.models import Assignment, Claim, DigestEntry, Draft, OutgoingEmail, Reviewer, Seat, Verdict
from claims.review.assignments import extend_lease, lapse_expired, release_assignment, take_claim, take_next
from claims.review.closing import dismiss_claim
from claims.review.evidence import add_evidence
from claims.review.policy import adopt_policy
from claims.review.queue import queue_claims
from claims.review.verdicts import record_verdict
from tests.factories import make_article, make_claim, make_queued_claim, make_queued_claims
from tests.racing import all_at_once, check_histories, expire, kinds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


@pytest.fixture
def crowd(person) -> Callable[[int], list[Reviewer]]:
    return lambda size: [person(f"reviewer{number}", Role.REVIEWER) for number in range(size)]


@pytest.fixture(autouse=True)
def _histories_hold():
    yield
    check_histories()


@pytest.mark.parametrize(("model", "status"), [(Claim, "in_review"), (Seat, "taken")])
def test_the_check_finds_what_is_taken_by_nobody(model, status):
    make_queued_claim()
    check_histories()
    before = model.objects.get().status
    model.objects.update(status=status)
    with pytest.raises(AssertionError):
        check_histories()
    model.objects.update(status=before)


def test_articles_that_arrive_at_once_are_one_mail_and_its_sequel(crowd):
    crowd(2)
    claims = [
        make_claim(article=make_article(text=f"{n}. The harbour employs roughly 2,500 dockers.")) for n in range(6)
    ]
    versions = [claim.article.versions.get().pk for claim in claims]
    assert kinds(all_at_once([lambda pk=pk: queue_claims(pk) for pk in versions])) == {"NoneType": 6}
    assert (OutgoingEmail.objects.count(), DigestEntry.objects.count()) == (2, 10)


def test_sixteen_people_empty_a_queue_of_two_hundred_without_sharing_a_claim(crowd):
    claims = make_queued_claims(200)

    def take_all(reviewer: Reviewer) -> list[int]:
        taken = []
        while assignment := take_next(reviewer):
            taken.append(assignment.claim_id)
        return taken

    results = all_at_once([lambda who=who: take_all(who) for who in crowd(16)])
    assert kinds(results) == {"list": 16}
    # Whoever looks while others hold the last rows goes away empty-handed; what is left is there for the next look.
    left = take_all(Reviewer.objects.get(username="reviewer0"))
    assert sorted(sum(results, left)) == [claim.pk for claim in claims]
    assert Assignment.objects.count() == 200
    assert set(Claim.objects.values_list("status", flat=True)) == {"in_review"}


def test_one_claim_goes_to_one_of_eight(crowd):
    claim = make_queued_claim()
    results = all_at_once([lambda who=who: take_claim(who, claim.pk) for who in crowd(8)])
    assert kinds(results) == {"Assignment": 1, "AlreadyTaken": 7}
    assert (Assignment.objects.count(), claim.events.filter(kind="taken").count()) == (1, 1)


def test_one_claim_goes_to_one_of_eight_whichever_door_they_use(crowd):
    claim = make_queued_claim()
    takers = [
        (lambda w=w: take_next(w)) if n % 2 else (lambda w=w: take_claim(w, claim.pk)) for n, w in enumerate(crowd(8))
    ]
    results = all_at_once(takers)
    assert kinds(results)["Assignment"] == 1
    assert {type(result) for result in results} <= {Assignment, AlreadyTaken, type(None)}
    assert Assignment.objects.count() == 1


def test_one_person_in_two_windows_gets_two_claims_never_one_twice(reviewer):
    make_queued_claims(20)
    results = all_at_once([lambda: take_next(reviewer)] * 8)
    taken = [result.claim_id for result in results if isinstance(result, Assignment)]
    assert len(taken) == len(set(taken)) == 8


def test_one_person_in_many_windows_never_gets_two_seats_of_a_claim(editor, reviewer):
    adopt_policy(editor, [{"seats": 3, "agreeing": 2}])
    make_queued_claims(4)
    results = all_at_once([lambda: take_next(reviewer)] * 8)
    taken = [result.claim_id for result in results if isinstance(result, Assignment)]
    assert len(taken) == len(set(taken)) <= 4
    assert {type(result) for result in results} <= {Assignment, type(None)}


@pytest.mark.parametrize("attempt", range(5))
def test_a_verdict_and_the_end_of_its_lease_at_once(reviewer, ratings, attempt):
    claim = make_queued_claim()
    assignment = take_next(reviewer)
    fence = assignment.fence
    soon = timezone.now() + timedelta(milliseconds=40)
    Assignment.objects.filter(pk=assignment.pk).update(expires_at=soon)

    def judge() -> Verdict:
        while timezone.now() < soon - timedelta(milliseconds=8):
            pass
        return record_verdict(reviewer, assignment.pk, fence, rating=ratings["False"], explanation="Only 1,900.")

    def lapse() -> int:
        while timezone.now() < soon:
            pass
        return lapse_expired()

    verdict, _, _ = all_at_once([judge, lapse, lapse])
    claim.refresh_from_db()
    assignment.refresh_from_db()
    if isinstance(verdict, Verdict):
        assert (claim.status, assignment.outcome, Draft.objects.count()) == ("decided", "verdict", 0)
    else:
        assert isinstance(verdict, LeaseLost)
        assert (claim.status, assignment.outcome, Verdict.objects.count()) == ("queued", "lapsed", 0)
        assert Draft.objects.get().explanation == "Only 1,900."


def test_two_verdicts_of_one_turn_at_once_are_one(reviewer, ratings):
    make_queued_claim()
    assignment = take_next(reviewer)

    def judge(name: str) -> Verdict:
        return record_verdict(reviewer, assignment.pk, assignment.fence, rating=ratings[name], explanation=name)

    results = all_at_once([lambda: judge("True"), lambda: judge("False")])
    assert kinds(results) == {"Verdict": 1, "LeaseLost": 1}
    verdict = Verdict.objects.get()
    assert Claim.objects.get().rating == verdict.rating
    assert (Draft.objects.count(), OutgoingEmail.objects.filter(kind="verdict_recorded").count()) == (0, 1)


@pytest.mark.parametrize("attempt", range(3))
def test_dismissing_and_taking_at_once(crowd, editor, attempt):
    claim = make_queued_claim()
    one, two = crowd(2)
    results = all_at_once(
        [
            lambda: dismiss_claim(editor, claim.pk, "An opinion."),
            lambda: take_claim(one, claim.pk),
            lambda: take_next(two),
        ]
    )
    assert isinstance(results[0], Claim)
    assert {type(result) for result in results[1:]} <= {Assignment, AlreadyTaken, type(None)}
    claim.refresh_from_db()
    assert (claim.status, Assignment.objects.filter(closed_at=None).count()) == ("dismissed", 0)
    assert set(claim.seats.values_list("status", flat=True)) == {"withdrawn"}


def test_everything_at_once_on_few_claims_never_deadlocks(crowd):
    claims = make_queued_claims(3)
    people = crowd(6)

    def steps(who: Reviewer, claim: Claim) -> list[Callable[[], Any]]:
        held = who.assignments.filter(closed_at=None)
        return [
            lambda: take_next(who),
            lambda: add_evidence(who, claim.pk, url="https://port.example/"),
            lambda: take_claim(who, claim.pk),
            lambda: [release_assignment(who, assignment.pk) for assignment in held.all()],
            lambda: [extend_lease(who, assignment.pk, assignment.fence) for assignment in held.all()],
            lapse_expired,
        ]

    def work(who: Reviewer, number: int) -> None:
        for turn in range(6):
            for step in steps(who, claims[(number + turn) % 3]):
                with suppress(Conflict):
                    step()

    results = all_at_once([lambda w=w, n=n: work(w, n) for n, w in enumerate(people)])
    assert results == [None] * 6
    numbers = Claim.objects.get(pk=claims[0].pk).events.values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_a_heartbeat_and_a_lapse_at_once_agree(reviewer):
    make_queued_claim()
    assignment = take_next(reviewer)
    expire(assignment)
    results = all_at_once([lambda: extend_lease(reviewer, assignment.pk, 1), lapse_expired, lapse_expired])
    assert (kinds(results)["LeaseLost"], sorted(results[1:])) == (1, [0, 1])


def test_two_jobs_queue_a_version_once(reviewer):
    article = make_article()
    claim = make_claim(article=article)
    version = article.versions.get()
    results = all_at_once([lambda: queue_claims(version.pk)] * 4)
    assert results == [None] * 4
    assert (claim.seats.count(), OutgoingEmail.objects.count()) == (1, 1)


def test_two_versions_that_share_a_claim_queue_it_once(reviewer):
    article = make_article()
    claim = make_claim(article=article)
    first = article.versions.get()
    second = article.versions.create(number=2, text=first.text + " Corrected.", sha256="f" * 64)
    claim.appearances.create(version=second, quote="dockers", start=35, end=42)
    results = all_at_once([lambda v=v: queue_claims(v.pk) for v in (first, second) * 2])
    assert results == [None] * 4
    assert (claim.seats.count(), claim.events.filter(kind="queued").count()) == (1, 1)


def test_queueing_does_not_bring_back_what_is_dismissed_meanwhile(editor):
    article = make_article(text=". ".join(f"The harbour saw {n + 1000} ships" for n in range(30)))
    claims = [make_claim(article=article, quote=f"{n + 1000} ships") for n in range(30)]
    version = article.versions.get()
    results = all_at_once(
        [lambda: queue_claims(version.pk), *(lambda c=c: dismiss_claim(editor, c.pk, "No.") for c in claims[::-3])]
    )
    assert {type(result) for result in results} <= {type(None), Claim, MoveRefused}
    dismissed = {claim.pk for claim in claims[::-3]}
    assert set(Claim.objects.filter(status="dismissed").values_list("pk", flat=True)) == dismissed
    assert not Seat.objects.filter(claim__in=dismissed, status="open").exists()
