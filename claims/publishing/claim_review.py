"""A fact-check as schema.org's ClaimReview, which search engines and other desks read. Built when it is asked for.

https://schema.org/ClaimReview; https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.timezone import localtime

from claims.models import FactCheck, Rating


def build_claim_review(fact_check: FactCheck) -> dict[str, Any]:
    """The JSON-LD of a live fact-check. It asks for the rating's scale; the rest is at hand where `claim__article`,
    `claim__claimant` and `rating` were selected with it.
    """
    return _without_gaps(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": address_of(fact_check),
            "name": fact_check.title,
            "datePublished": localtime(fact_check.published_at, ZoneInfo(settings.DESK_TIME_ZONE)).date().isoformat(),
            "claimReviewed": fact_check.claim_reviewed,
            "reviewBody": fact_check.summary,
            "author": {"@type": "Organization", "name": settings.DESK_NAME, "url": settings.SITE_URL + "/"},
            "itemReviewed": _describe_claim(fact_check),
            "reviewRating": _describe_rating(fact_check.rating),
        }
    )


def address_of(fact_check: FactCheck) -> str:
    return settings.SITE_URL + reverse("fact_check", args=[fact_check.slug])


def _describe_claim(fact_check: FactCheck) -> dict[str, Any]:
    claim, article = fact_check.claim, fact_check.claim.article
    return _without_gaps(
        {
            "@type": "Claim",
            "author": {"@type": "Thing", "name": claim.claimant.name} if claim.claimant else None,
            "datePublished": article.published_on and article.published_on.isoformat(),
            "appearance": {"@type": "CreativeWork", "url": article.url} if article.url else None,
        }
    )


def _describe_rating(rating: Rating) -> dict[str, Any]:
    """A rating that judges no truth has words and no number."""
    described: dict[str, Any] = {"@type": "Rating", "alternateName": rating.name}
    if rating.value is None:
        return described
    scale = Rating.objects.filter(scale=rating.scale_id).aggregate(bestRating=Max("value"), worstRating=Min("value"))
    return described | {"ratingValue": rating.value} | scale


def _without_gaps(described: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in described.items() if value not in (None, "", [])}
