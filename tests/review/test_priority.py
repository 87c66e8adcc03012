"""The order of the queue: worthiness, reach, an editor's boost, and how long a claim has waited."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Appearance, Claim
from claims.priority import EPOCH, explain_priority, refresh_priority, weigh_priority, with_reach
from claims.review.assignments import take_claim, take_next
from claims.review.closing import merge_claim
from claims.review.deadlines import prioritise_claim
from tests.factories import judge, make_article, make_claim, make_policy, make_queued_claim, make_queued_claims

DAY = timedelta(days=1)
worths = st.floats(0, 1)
boosts = st.integers(-2, 2)
reaches = st.integers(1, 1000)
days = st.integers(0, 3650).map(lambda n: EPOCH + n * DAY)
waiting = st.tuples(worths, boosts, reaches, days)


def weigh(check_worthiness=0.5, boost=0, reach=1, since=EPOCH) -> float:
    return weigh_priority(Claim(check_worthiness=check_worthiness, boost=boost), reach, since)


# The number.


@pytest.mark.parametrize(
    ("about", "priority"),
    [
        ({}, 0.5),
        ({"check_worthiness": 0.0}, 0.0),
        ({"check_worthiness": 1.0}, 1.0),
        ({"reach": 0}, 0.5),
        ({"reach": 2}, 0.6),
        ({"reach": 8}, 0.8),
        ({"boost": 1}, 1.0),
        ({"boost": -2}, -0.5),
        ({"since": EPOCH + DAY}, 0.4),
        ({"since": EPOCH - DAY}, 0.6),
        ({"since": EPOCH + DAY / 2, "boost": 1, "reach": 4}, 1.15),
    ],
    ids=str,
)
def test_a_priority_is_the_sum_of_its_parts(about, priority):
    assert round(weigh(**about), 9) == priority


def parts_of(check_worthiness, boost, reach, since, now) -> list[dict]:
    return explain_priority(Claim(check_worthiness=check_worthiness, boost=boost), reach, since, now)


def test_a_priority_is_explained_part_by_part():
    assert parts_of(0.8, -1, 4, EPOCH, EPOCH + 3 * DAY / 2) == [
        {"name": "check_worthiness", "weight": 0.8, "text": "how much it deserves a check"},
        {"name": "reach", "weight": 0.2, "text": "seen in 4 places"},
        {"name": "boost", "weight": -0.5, "text": "an editor's boost"},
        {"name": "waiting", "weight": 0.15, "text": "1.5 days in the queue"},
    ]


def test_what_adds_nothing_is_not_explained():
    assert [part["name"] for part in parts_of(0.8, 0, 1, EPOCH, EPOCH)] == ["check_worthiness"]


@given(waiting, waiting, days)
def test_the_parts_tell_claims_apart_as_their_priorities_do(one, other, now):
    """The explanation at any time, and the number that never changes, differ between claims by the same."""
    explained = [sum(part["weight"] for part in parts_of(*about, now)) for about in (one, other)]
    assert explained[0] - explained[1] == pytest.approx(weigh(*one) - weigh(*other), abs=0.005)


@given(worths, boosts, reaches, days, st.integers(1, 3650))
def test_of_two_alike_the_one_that_waits_longer_comes_first(worth, boost, reach, since, longer):
    assert weigh(worth, boost, reach, since) > weigh(worth, boost, reach, since + longer * DAY)


# In the queue.


@pytest.mark.django_db
@pytest.mark.parametrize(("later", "first"), [(1.9, "worthier"), (2.1, "older")])
def test_two_days_of_waiting_make_up_for_a_fifth_of_worthiness(reviewer, later, first):
    with time_machine.travel("2026-11-20 10:00:00Z", tick=False) as clock:
        older = make_queued_claim(headline="older", check_worthiness=0.6)
        clock.shift(later * DAY)
        make_queued_claim(article=older.article, quote="March 2019", headline="worthier", check_worthiness=0.8)
    assert take_next(reviewer).claim.headline == first


@pytest.mark.django_db
def test_a_boosted_claim_comes_first_and_one_that_is_held_back_last(reviewer, editor):
    first, second, third = make_queued_claims(3)
    prioritise_claim(editor, third.pk, boost=1)
    prioritise_claim(editor, first.pk, boost=-1)
    assert [take_next(reviewer).claim for _ in range(3)] == [third, second, first]


@pytest.mark.django_db
@time_machine.travel("2026-11-22 10:00:00Z", tick=False)
def test_the_seats_of_a_round_move_together_and_no_others(editor, cora, carl):
    make_policy(seats=3, agreeing=3)
    claim, other = make_queued_claims(2)
    judge(cora, claim, "True")
    take_claim(carl, claim.pk)
    before = claim.seats.first().priority
    prioritise_claim(editor, claim.pk, boost=2)
    seats = set(claim.seats.values_list("status", "priority"))
    assert seats == {(status, before + 1.0) for status in ("filled", "taken", "open")}
    assert set(other.seats.values_list("priority", flat=True)) == {before}


@pytest.mark.django_db
def test_reach_counts_appearances_and_those_of_duplicates(editor):
    article = make_article("2,500 dockers here, 2,500 dockers there, and 2,500 dockers at the quay; 40 ships came.")
    claim, version = make_queued_claim(article=article, quote="2,500 dockers"), article.versions.get()
    Appearance.objects.create(claim=claim, version=version, quote="2,500 dockers", start=20, end=33)
    duplicate = make_claim(article=article, quote="2,500 dockers at the quay")
    other = make_claim(article=article, quote="40 ships")
    merge_claim(editor, duplicate.pk, claim.pk, "The same dockers.")
    counted = with_reach(Claim.objects.all()).values_list("pk", "reach")
    assert dict(counted) == {claim.pk: 3, duplicate.pk: 1, other.pk: 1}


@pytest.mark.django_db
def test_a_claim_that_appears_again_rises_when_it_is_weighed_again():
    first, second = make_queued_claims(2)
    version = first.article.versions.get()
    Appearance.objects.create(claim=second, version=version, quote="harbour", start=4, end=11)
    before = [seat.priority for claim in (first, second) for seat in claim.seats.all()]
    refresh_priority([first.pk, second.pk])
    after = [seat.priority for claim in (first, second) for seat in claim.seats.all()]
    assert [round(new - old, 9) for new, old in zip(after, before, strict=True)] == [0.0, 0.1]
