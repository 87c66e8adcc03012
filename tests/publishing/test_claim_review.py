"""ClaimReview as schema.org and search engines want it."""

from datetime import date

import pytest
import time_machine

from claims.models import Claimant, FactCheck
from claims.publishing.claim_review import build_claim_review
from claims.publishing.fact_checks import publish_claim
from claims.review.closing import merge_claim
from tests.factories import judge, make_article, make_queued_claim
from tests.publishing.conftest import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _names(settings):
    settings.DESK_NAME, settings.SITE_URL = "The Velmar desk", "https://desk.example"


def publish(reviewer, editor, rating="False", **claim) -> FactCheck:
    made = make_queued_claim(**claim)
    judge(reviewer, made, rating)
    return publish_claim(editor, made.pk, **WORDS)


def test_all_that_is_known_is_told(reviewer, editor):
    article = make_article(url="https://herald.example/harbour", published_on=date(2026, 11, 3))
    said_by = Claimant.objects.create(name="Port authority")
    made = publish(reviewer, editor, article=article, claimant=said_by, stand_alone="The port employs 2,500 dockers.")
    assert build_claim_review(made) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://desk.example/fact-checks/{made.slug}/",
        "name": "No, it is 1,900 dockers",
        "datePublished": made.published_at.date().isoformat(),
        "claimReviewed": "The port employs 2,500 dockers.",
        "reviewBody": "The port counts 1,900.",
        "author": {"@type": "Organization", "name": "The Velmar desk", "url": "https://desk.example/"},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Thing", "name": "Port authority"},
            "datePublished": "2026-11-03",
            "appearance": {"@type": "CreativeWork", "url": "https://herald.example/harbour"},
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "False",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
        },
    }


def test_what_is_not_known_is_left_out(reviewer, editor):
    review = build_claim_review(publish(reviewer, editor))
    assert (review["claimReviewed"], review["itemReviewed"]) == ("roughly 2,500 dockers", {"@type": "Claim"})


def test_a_rating_that_judges_no_truth_has_no_number(reviewer, editor):
    review = build_claim_review(publish(reviewer, editor, rating="Unverifiable"))
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Unverifiable"}


def test_only_the_article_that_the_editor_saw_is_named(reviewer, editor):
    late = make_queued_claim(article=make_article("2,500 dockers, it says.", url="https://cms.example/?preview=key"),
                             quote="2,500 dockers")  # fmt: skip
    made = publish(reviewer, editor, article=make_article(url="https://herald.example/1"))
    merge_claim(editor, late.pk, made.claim_id, "The same.")
    appearance = build_claim_review(made)["itemReviewed"]["appearance"]
    assert appearance == {"@type": "CreativeWork", "url": "https://herald.example/1"}


def test_its_day_is_that_of_the_desk(reviewer, editor, settings):
    settings.DESK_TIME_ZONE = "Pacific/Auckland"
    with time_machine.travel("2026-11-23 20:00:00Z", tick=False):
        made = publish(reviewer, editor)
    assert build_claim_review(made)["datePublished"] == "2026-11-24"
