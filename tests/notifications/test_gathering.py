"""News of waiting claims comes once an hour at most, and none of it is left out."""

import pytest
import time_machine

from claims.enums import DismissalReason, EmailKind
from claims.models import Article, DigestEntry, OutgoingEmail
from claims.notifications.choices import switch_off
from claims.notifications.gathering import tell_gathered
from claims.review.closing import dismiss_claim
from claims.review.queue import queue_claims
from tests.factories import make_article, make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23 10:00:00Z", tick=False) as clock:
        yield clock


def arrive(title: str) -> Article:
    article = make_article(text=f"{title}. The harbour employs roughly 2,500 dockers.")
    Article.objects.filter(pk=article.pk).update(title=title)
    make_claim(article=article)
    queue_claims(article.versions.get().pk)
    return article


def subjects() -> list[str]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("subject", flat=True))


def test_the_second_and_third_article_of_an_hour_come_in_one_mail_at_its_end(clock, reviewer):
    for minutes, title in ((0, "First"), (600, "Second"), (600, "Third")):
        clock.shift(minutes)
        arrive(title)
    assert (subjects(), tell_gathered()) == (["1 claim to review: First"], 0)
    clock.move_to("2026-11-23 11:00:00Z")
    assert tell_gathered() == 1
    assert subjects()[1:] == ["2 claims to review, from 2 articles"]
    gathered = OutgoingEmail.objects.latest("pk")
    for words in ("from 2 articles", "Quantity · Second", "Quantity · Third"):
        assert words in gathered.text, words
    assert set(DigestEntry.objects.values_list("told_by", flat=True)) == {gathered.pk}
    assert tell_gathered() == 0


def test_after_an_hour_the_next_article_comes_at_once(clock, reviewer):
    arrive("First")
    clock.shift(3600)
    arrive("Second")
    assert subjects() == ["1 claim to review: First", "1 claim to review: Second"]


def test_who_waits_for_gathered_news_is_told_all_of_it_in_one_mail(clock, reviewer):
    for minutes, title in ((0, "First"), (600, "Second"), (3000, "Third")):
        clock.shift(minutes)
        arrive(title)
    assert (subjects(), tell_gathered()) == (["1 claim to review: First"], 1)
    assert subjects()[1:] == ["2 claims to review, from 2 articles"]


def test_an_hour_is_each_persons_own(clock, reviewer, person):
    arrive("First")
    person("late", "reviewer")
    clock.shift(60)
    arrive("Second")
    assert subjects() == ["1 claim to review: First", "1 claim to review: Second"]
    assert list(DigestEntry.objects.values_list("recipient__username", flat=True)) == ["rita"]


def test_what_nobody_needs_to_judge_any_more_is_not_told(clock, reviewer, editor):
    switch_off(editor, EmailKind.CLAIMS_WAITING)
    arrive("First")
    second = arrive("Second")
    dismiss_claim(editor, second.claims.get().pk, "An opinion.", DismissalReason.OPINION)
    clock.shift(3600)
    assert (tell_gathered(), DigestEntry.objects.count(), len(subjects())) == (0, 0, 1)


def test_who_reviews_no_longer_is_not_told(clock, reviewer):
    arrive("First")
    arrive("Second")
    reviewer.groups.clear()
    clock.shift(3600)
    assert (tell_gathered(), DigestEntry.objects.count(), len(subjects())) == (0, 0, 1)


def test_who_has_switched_it_off_meanwhile_is_not_told(clock, reviewer):
    arrive("First")
    arrive("Second")
    switch_off(reviewer, EmailKind.CLAIMS_WAITING)
    clock.shift(3600)
    assert (tell_gathered(), DigestEntry.objects.count(), len(subjects())) == (0, 0, 1)


def test_the_same_article_again_is_not_gathered(clock, reviewer):
    article = arrive("First")
    make_claim(article=article, quote="dockers")
    queue_claims(article.versions.get().pk)
    assert (len(subjects()), DigestEntry.objects.count()) == (1, 0)
