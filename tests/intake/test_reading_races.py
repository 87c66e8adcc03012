"""Articles are read, and read again, while people work on what was found in them."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction

from claims.enums import ClaimKind, Role
from claims.exceptions import AlreadyTaken, Conflict
from claims.extraction import Candidate
from claims.intake.articles import NewArticle, add_article
from claims.intake.extracting import take_version
from claims.intake.recording import record_claims
from claims.models import ArticleVersion, Assignment, Claim, Reviewer, Seat, Verdict
from claims.review.assignments import take_claim, take_next
from claims.review.closing import dismiss_claim
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from claims.review.queue import queue_claims
from claims.review.verdicts import record_verdict
from tests.factories import make_queued_claims
from tests.racing import all_at_once, check_histories, kinds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


@pytest.fixture
def crowd(person) -> Callable[[int], list[Reviewer]]:
    return lambda size: [person(f"reviewer{number}", Role.REVIEWER) for number in range(size)]


@pytest.fixture(autouse=True)
def _histories_hold():
    yield
    check_histories()


@pytest.mark.parametrize("head_start", [0.0, 0.05, 0.1, 0.15])
def test_a_new_version_is_recorded_while_the_old_one_is_queued(reviewer, head_start):
    """Both jobs lock many of the same claims; whoever is second waits for the first, not both for each other."""
    text = " ".join(f"The harbour saw {n + 1000} ships." for n in range(150))
    article, _ = add_article(NewArticle(text=text, url="https://herald.example/ships"))
    found = [candidate(text, f"{n + 1000} ships", worthiness=0.5 + n / 400) for n in range(150)]
    record_claims(take_version(article.versions.get().pk), found, "rules-9")
    add_article(NewArticle(text=f"{text} Corrected.", url=article.url))
    first, second = article.versions.order_by("number")
    taken = take_version(second.pk)

    def queue_late() -> None:
        time.sleep(head_start)
        queue_claims(first.pk)

    results = all_at_once([queue_late, lambda: record_claims(taken, found, "rules-9")])
    assert results == [None, True]
    assert (Claim.objects.filter(status="queued").count(), Claim.objects.count()) == (150, 150)


def candidate(text: str, quote: str, worthiness: float) -> Candidate:
    start = text.index(quote)
    place = {"quote": quote, "start": start, "end": start + len(quote), "sentence": f"The harbour saw {quote}."}
    about = {"headline": quote, "kind": ClaimKind.QUANTITY, "claimant": None, "facts": {}, "reasons": []}
    return Candidate(**place, **about, check_worthiness=worthiness)


# Another reading, by a newer extractor, while people work.


def read_again(article_id: int, found: list[Candidate]) -> bool:
    version = ArticleVersion.objects.get(article=article_id)
    ArticleVersion.objects.filter(pk=version.pk).update(extraction_status="waiting", extractor="rules-1")
    while not (taken := take_version(version.pk)):  # a job that queues the version's claims holds its row
        pass
    return record_claims(taken, found, "rules-2")


@pytest.mark.parametrize("head_start", [0.0, 0.01, 0.03])
def test_a_claim_is_taken_or_retired_never_both(crowd, head_start):
    claims = make_queued_claims(40)

    def retire_all() -> bool:
        time.sleep(head_start)
        return read_again(claims[0].article_id, [])

    takers = [lambda w=w, c=c: take_claim(w, c.pk) for w, c in zip(crowd(6), claims[::7], strict=True)]
    first, *taken = all_at_once([retire_all, *takers])
    assert first is True
    assert {type(result) for result in taken} <= {Assignment, AlreadyTaken}
    held = {result.claim_id for result in taken if isinstance(result, Assignment)}
    assert set(Claim.objects.filter(status="in_review").values_list("pk", flat=True)) == held
    assert Claim.objects.filter(status="dismissed").count() == 40 - len(held)
    assert not Seat.objects.filter(claim__status="dismissed").exclude(status="withdrawn").exists()
    (difference,) = ArticleVersion.objects.get().differences
    assert set(difference["left_alone"]) == held


def test_whoever_takes_the_next_claim_while_all_are_read_again_gets_one_that_stands(crowd):
    claims = make_queued_claims(60)
    text = ArticleVersion.objects.get().text
    found = [candidate(text, f"{n + 1000} ships", worthiness=0.9) for n in range(60) if n % 2]
    works = [lambda w=w: [take_next(w) for _ in range(5)] for w in crowd(6)]
    result, *turns = all_at_once([lambda: read_again(claims[0].article_id, found), *works])
    assert result is True
    assert kinds(turns) == {"list": 6}
    taken = [turn.claim_id for turns_of_one in turns for turn in turns_of_one if turn]
    assert len(taken) == len(set(taken))
    assert set(Claim.objects.filter(status="in_review").values_list("pk", flat=True)) == set(taken)
    even = {claim.pk for number, claim in enumerate(claims) if number % 2 == 0}
    assert set(Claim.objects.filter(status="dismissed").values_list("pk", flat=True)) == even - set(taken)
    untouched = Claim.objects.exclude(pk__in=taken).filter(status="queued")
    assert set(untouched.values_list("extractor", "check_worthiness")) == {("rules-2", 0.9)}
    assert set(Claim.objects.filter(pk__in=taken).values_list("extractor", "check_worthiness")) <= {("", 0.8)}


def test_writing_about_claims_while_they_are_read_again_deadlocks_nobody(crowd, editor):
    claims = make_queued_claims(12)
    text = ArticleVersion.objects.get().text
    odd, even = ([candidate(text, f"{n + 1000} ships", 0.9) for n in range(12) if n % 2 == rest] for rest in (1, 0))

    def work(who: Reviewer, number: int) -> None:
        for turn in range(12):
            claim = claims[(number * 5 + turn * 7) % 12]
            steps = (
                lambda claim=claim: add_evidence(who, claim.pk, url="https://port.example/"),
                lambda claim=claim: save_draft(who, claim, explanation="Half a sentence"),
                lambda: take_next(who),
                lambda claim=claim: dismiss_claim(editor, claim.pk, "An opinion."),
            )
            with suppress(Conflict):
                steps[turn % 4]()

    def read_over_and_over() -> None:
        for turn in range(6):
            read_again(claims[0].article_id, even if turn % 2 else odd)

    queueing = [lambda: [queue_claims(ArticleVersion.objects.get().pk) for _ in range(6)] and None]
    works = [lambda w=w, n=n: work(w, n) for n, w in enumerate(crowd(4))]
    assert all_at_once([read_over_and_over, *queueing, *works]) == [None] * 6


def test_two_versions_that_say_the_same_for_the_first_time_make_one_claim():
    text = "The harbour saw 1000 ships."
    article, _ = add_article(NewArticle(text=text, url="https://herald.example/ships"))
    add_article(NewArticle(text=f"{text} Corrected.", url=article.url))
    taken = [take_version(version.pk) for version in article.versions.all()]
    found = [candidate(text, "1000 ships", worthiness=0.9)]
    results = all_at_once([lambda v=v: record_claims(v, found, "rules-1") for v in taken])
    assert (results, Claim.objects.count(), Claim.objects.get().appearances.count()) == ([True, True], 1, 2)


def test_nobody_who_works_on_a_claim_waits_for_a_reading(reviewer, ratings):
    claims = make_queued_claims(3)
    held = take_claim(reviewer, claims[1].pk)
    locked, judged = threading.Event(), threading.Event()

    def read() -> bool:
        with transaction.atomic():
            done = read_again(claims[0].article_id, [])
            locked.set()
            return done and judged.wait(20)

    def judge() -> Verdict:
        assert locked.wait(20)
        verdict = record_verdict(reviewer, held.pk, held.fence, rating=ratings["True"], explanation="So it is.")
        judged.set()
        return verdict

    assert kinds(all_at_once([read, judge])) == {"bool": 1, "Verdict": 1}
    assert list(Claim.objects.order_by("pk").values_list("status", flat=True)) == ["dismissed", "decided", "dismissed"]
