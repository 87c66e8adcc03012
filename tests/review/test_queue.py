"""What enters the review queue, in which order it waits, and who is offered what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.enums import ClaimStatus, EventKind, Role, SeatStatus
from claims.exceptions import MoveRefused
from claims.jobs import QUEUE_CLAIMS
from claims.lifecycle import move
from claims.models import Appearance, Article, ArticleVersion, Claim, OutgoingEmail
from claims.priority import weigh_priority
from claims.review.assignments import take_claim
from claims.review.queue import BATCH, open_seats_for, queue_claim, queue_claims, wake_unqueued_versions
from tests.factories import make_article, make_claim, make_queued_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


def version_of(article: Article) -> ArticleVersion:
    return article.versions.get()


def test_a_queued_claim_has_one_open_seat_at_its_priority():
    claim = make_queued_claim(check_worthiness=0.7)
    seat = claim.seats.get()
    assert (claim.status, seat.number, seat.status) == ("queued", 1, SeatStatus.OPEN)
    assert seat.priority == weigh_priority(claim, 1, claim.review_began_at)


def test_claims_from_the_threshold_upwards_are_queued(article, settings):
    settings.CLAIM_THRESHOLD = 0.5
    at = make_claim(article=article, check_worthiness=0.5)
    below = make_claim(article=article, quote="March 2019", check_worthiness=0.49)
    queue_claims(version_of(article).pk)
    assert list(Claim.objects.filter(status="queued")) == [at]
    assert list(Claim.objects.filter(status="extracted")) == [below]


def test_queueing_a_version_twice_does_nothing_more(article, reviewer, jobs):
    claim = make_claim(article=article)
    for _ in range(2):
        queue_claims(version_of(article).pk)
    assert (claim.seats.count(), claim.events.count(), OutgoingEmail.objects.count()) == (1, 2, 1)


def test_a_version_without_worthy_claims_tells_nobody(article, reviewer):
    make_claim(article=article, check_worthiness=0.1)
    queue_claims(version_of(article).pk)
    assert not OutgoingEmail.objects.exists()


def test_a_claim_that_stands_twice_in_a_version_is_queued_once(article, reviewer):
    claim, version = make_claim(article=article), version_of(article)
    Appearance.objects.create(claim=claim, version=version, quote="dockers", start=35, end=42)
    queue_claims(version.pk)
    assert (claim.seats.count(), claim.events.filter(kind="queued").count()) == (1, 1)


def test_what_people_dismissed_stays_dismissed(article):
    claim = make_claim(article=article)
    move(claim.pk, ClaimStatus.DISMISSED, EventKind.DISMISSED, reason="An opinion.")
    queue_claims(version_of(article).pk)
    claim.refresh_from_db()
    assert (claim.status, claim.seats.count()) == ("dismissed", 0)


def test_a_claim_is_not_queued_twice():
    claim = make_queued_claim()
    with pytest.raises(MoveRefused):
        queue_claim(claim.pk)
    assert claim.seats.count() == 1


# Order and who is offered what.


def test_the_best_comes_first_and_the_oldest_among_equals(article, reviewer):
    late = make_queued_claim(article=article, quote="roughly 2,500 dockers", check_worthiness=0.6)
    best = make_queued_claim(article=article, quote="March 2019", check_worthiness=0.9)
    last = make_queued_claim(article=article, quote="dockers", check_worthiness=0.6)
    assert [seat.claim for seat in open_seats_for(reviewer)] == [best, late, last]


def test_nobody_is_offered_a_claim_they_added(article, reviewer, editor):
    claim = make_queued_claim(article=article, added_by=reviewer)
    assert list(open_seats_for(reviewer)) == []
    assert [seat.claim for seat in open_seats_for(editor)] == [claim]


def test_nobody_is_offered_a_claim_they_sit_on(person):
    claim = make_queued_claim()
    sitting, other = person("sita", Role.REVIEWER), person("omar", Role.REVIEWER)
    take_claim(sitting, claim.pk)
    claim.seats.create(number=2, priority=0.5)
    assert not open_seats_for(sitting).exists()
    assert open_seats_for(other).get().number == 2


# The sweep.


def extracted_at(article: Article, minutes_ago: int) -> None:
    then = timezone.now() - timedelta(minutes=minutes_ago)
    article.versions.update(extracted_at=then, woken_at=then)


def test_the_sweep_brings_back_claims_that_were_never_queued(article, jobs):
    claim = make_claim(article=article)
    extracted_at(article, minutes_ago=5)
    assert wake_unqueued_versions() == 1
    assert jobs.run() == [(QUEUE_CLAIMS, [version_of(article).pk])]
    claim.refresh_from_db()
    assert claim.status == "queued"


def test_the_sweep_leaves_fresh_versions_to_their_job(article):
    make_claim(article=article)
    extracted_at(article, minutes_ago=0)
    assert wake_unqueued_versions() == 0


def test_the_sweep_wakes_a_version_once_a_while(article, jobs):
    make_claim(article=article)
    extracted_at(article, minutes_ago=5)
    assert [wake_unqueued_versions() for _ in range(3)] == [1, 0, 0]


def test_the_sweep_has_nothing_to_do_for_unworthy_or_queued_claims(article):
    make_claim(article=article, check_worthiness=0.1)
    make_queued_claim(article=article, quote="March 2019")
    extracted_at(article, minutes_ago=5)
    assert wake_unqueued_versions() == 0


def test_an_article_with_very_many_claims_is_queued_batch_by_batch_and_told_once(jobs, reviewer):
    quotes = [f"{number + 1000} ships" for number in range(BATCH + 1)]
    article = make_article(text=". ".join(quotes))
    for quote in quotes:
        make_claim(article=article, quote=quote)
    version = article.versions.get()
    queue_claims(version.pk)
    assert Claim.objects.filter(status="queued").count() == BATCH
    assert [job for job, _ in jobs.run() if job == QUEUE_CLAIMS] == [QUEUE_CLAIMS]
    assert Claim.objects.filter(status="queued").count() == BATCH + 1
    assert OutgoingEmail.objects.get().subject.startswith(f"{BATCH + 1} claims to review")
