"""Who hears of what, and who does not."""

import pytest

from claims.enums import Role
from claims.models import Article, OutgoingEmail, Reviewer
from claims.notifications.routing import tell_claims_waiting
from claims.review.assignments import assign_claim, take_next
from claims.review.queue import queue_claims
from claims.review.verdicts import record_verdict
from tests.factories import make_article, make_claim, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(person, reviewer, editor, producer, administrator, outsider) -> dict[str, Reviewer]:
    return {"cora": person("cora", Role.REVIEWER), "rita": reviewer, "edna": editor}


@pytest.fixture
def article() -> Article:
    article = make_article(outlet="Herald")
    make_claim(article=article, check_worthiness=0.6)
    make_claim(article=article, quote="March 2019", check_worthiness=0.9)
    return article


def told(**about) -> list[tuple[str, str]]:
    return sorted(OutgoingEmail.objects.filter(**about).values_list("recipient__username", "kind"))


def test_an_article_with_claims_is_told_to_everybody_who_reviews_and_nobody_else(everybody, article):
    queue_claims(article.versions.get().pk)
    assert told() == [(name, "claims_waiting") for name in ("cora", "edna", "rita")]


def test_one_mail_an_article_whatever_the_number_of_its_claims(reviewer, article):
    queue_claims(article.versions.get().pk)
    mail = OutgoingEmail.objects.get()
    assert mail.subject == "2 claims to review: Harbour grows"
    assert mail.text.index("March 2019") < mail.text.index("roughly 2,500 dockers")
    assert "Herald" in mail.text


def test_an_article_is_told_once_even_when_a_claim_of_it_comes_late(reviewer, article):
    version = article.versions.get()
    queue_claims(version.pk)
    make_claim(article=article, quote="dockers")
    queue_claims(version.pk)
    assert told() == [("rita", "claims_waiting")]


def test_a_person_in_two_groups_is_told_once(person, article):
    person("both", Role.REVIEWER, Role.EDITOR)
    queue_claims(article.versions.get().pk)
    assert told() == [("both", "claims_waiting")]


def test_people_who_want_no_mail_are_left_alone(everybody, article):
    Reviewer.objects.filter(username__in=["cora", "edna"]).update(wants_mail=False)
    queue_claims(article.versions.get().pk)
    assert told() == [("rita", "claims_waiting")]


def test_an_assignment_is_told_to_its_reviewer_alone(everybody, editor, reviewer):
    assignment = assign_claim(editor, make_queued_claim().pk, reviewer)
    assert told() == [("rita", "claim_assigned")]
    mail = OutgoingEmail.objects.get()
    assert (mail.cause, mail.subject) == (f"assignment:{assignment.pk}", "Please review: roughly 2,500 dockers")
    assert "edna asks you to review this claim" in mail.text


def test_nobody_is_told_what_they_do_themselves(everybody, editor, reviewer):
    assign_claim(editor, make_queued_claim().pk, editor)
    make_queued_claim(article=Article.objects.get(), quote="March 2019")
    take_next(reviewer)
    assert told() == []


def test_a_verdict_is_confirmed_to_who_gave_it_and_shown_to_nobody_else(everybody, reviewer, ratings):
    make_queued_claim()
    assignment = take_next(reviewer)
    record_verdict(reviewer, assignment.pk, assignment.fence, rating=ratings["False"], explanation="Only 1,900.")
    assert told() == [("rita", "verdict_recorded")]
    mail = OutgoingEmail.objects.get()
    assert mail.subject.startswith("Recorded as “False”: roughly 2,500 dockers")
    assert "False" in mail.subject
    assert "Only 1,900." in mail.text
    assert "Only 1,900." in mail.html


def test_a_long_list_of_claims_is_counted_whole_and_shown_in_part(reviewer):
    claims = make_queued_claims(20)
    tell_claims_waiting(claims[0].article.versions.get(), claims, total=40)
    mail = OutgoingEmail.objects.get(recipient=reviewer)
    assert mail.subject.startswith("40 claims to review")
    assert mail.text.count("/admin/review/") == 15 + 1
