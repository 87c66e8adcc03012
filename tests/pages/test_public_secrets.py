"""Readers learn what the desk concluded, and of nobody at the desk."""

import pytest
from django.test import Client

from claims.enums import Channel, OpinionAnswer, Role
from claims.models import Reviewer
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.adjudication import adjudicate_claim
from claims.review.closing import reopen_claim
from claims.review.contacts import ask_claimant
from claims.review.evidence import add_evidence
from claims.review.opinion_answers import give_opinion
from tests.factories import judge, make_article, make_opinion, make_policy, make_queued_claim
from tests.pages.published import CORRECTIONS, FEED, LIST, page_of, publish_many

pytestmark = pytest.mark.django_db
PEOPLE = ["Zebedee", "Quint", "Ottoline", "Mustard", "Xanthe", "Pomfret"]
NAMES = [*PEOPLE, *(name.lower() for name in PEOPLE), "desk.test", "mailto"]
REVIEW = ["grudge", "secret.example", "Mostly true", "eviewer", "ditor", "ssignment", "erdict", "/admin/", "/api/"]
SECRETS = NAMES + REVIEW


@pytest.fixture
def people(person) -> list[Reviewer]:
    """Two reviewers and an editor, with names that no page has by chance."""
    made = [person("zebedee", Role.REVIEWER), person("ottoline", Role.REVIEWER), person("xanthe", Role.EDITOR)]
    for one, surname in zip(made, ("Quint", "Mustard", "Pomfret"), strict=True):
        one.first_name, one.last_name = one.username.title(), surname
        one.save()
    return made


@pytest.fixture
def pages(people, ratings, person) -> list[str]:
    """All of them, of a claim that two judged differently: published, corrected, reviewed again; and one withdrawn."""
    zebedee, ottoline, xanthe = people
    (gone,) = publish_many(xanthe, zebedee, 1)
    withdraw_fact_check(xanthe, gone.slug, "It was another port.")
    make_policy(seats=2, agreeing=2)
    claim = make_queued_claim(article=make_article(added_by=zebedee))
    opinion = make_opinion(xanthe, claim, question="A grudge?")
    give_opinion(opinion.pk, OpinionAnswer.OBJECT, "A grudge.", corrections=0)
    ask_claimant(zebedee, claim.pk, channel=Channel.PHONE, question="A grudge?")
    add_evidence(zebedee, claim.pk, url="https://secret.example/")
    shown = add_evidence(zebedee, claim.pk, url="https://port.example/")
    judge(zebedee, claim, "Mostly true", explanation="A grudge of mine.")
    judge(ottoline, claim, "False", explanation="A grudge of mine.")
    adjudicate_claim(xanthe, claim.pk, ratings["False"], "A grudge.")
    live = publish_claim(xanthe, claim.pk, title="1,900 dockers", summary="1,900.", evidence=[shown.pk])
    correct_fact_check(xanthe, live.slug, "A slip.", summary="1,901.")
    reopen_claim(xanthe, claim.pk, "A grudge.")
    judge(person("sam", Role.REVIEWER), claim, "Mostly true", explanation="A grudge of mine.")
    return [LIST, page_of(live), page_of(gone), CORRECTIONS, FEED]


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_page_names_anybody_or_tells_of_the_review(pages, people, language):
    stranger, member = Client(headers={"Accept-Language": language}), Client(headers={"Accept-Language": language})
    member.force_login(people[0])
    read = {path: [client.get(path).content.decode() for client in (stranger, member)] for path in pages}
    assert "1,901." in read[pages[1]][0]
    found = {(path, secret) for path, texts in read.items() for secret in SECRETS for text in texts if secret in text}
    assert found == set()
    assert all(texts[0] == texts[1] for texts in read.values())
