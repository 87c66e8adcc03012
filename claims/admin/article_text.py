"""An article's text with the words of its claims marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Abs

from claims.admin.doorway import MOST_SHOWN
from claims.admin.marking import Segment, Span, cut_text, into_paragraphs
from claims.intake.untouched import retired
from claims.models import Appearance, ArticleVersion, Claim


@dataclass(frozen=True)
class Stretch:
    """A segment as the page shows it: plain, this claim's words, or another claim's with its link."""

    text: str
    is_own: bool = False
    is_first: bool = False
    other: Claim | None = None


@dataclass(frozen=True)
class MarkedText:
    version: ArticleVersion
    paragraphs: list[list[Stretch]]


def mark_version(version: ArticleVersion, own: Appearance | None = None) -> MarkedText:
    """The version's text with its claims marked, the nearest to `own` where there are very many.

    `own` is where the claim that the page is about stands; of the others, those that an extractor retired are left out.
    """
    place = own.start if own else 0
    gone = retired(Claim.objects.filter(appearances__version=version).exclude(pk=own.claim_id if own else 0))
    standing = version.appearances.exclude(claim__in=gone.values("pk"))
    appearances = list(standing.select_related("claim").order_by(Abs(F("start") - place), "pk")[:MOST_SHOWN])
    claims = {appearance.claim_id: appearance.claim for appearance in appearances}
    segments = cut_text(version.text, (Span(a.claim_id, a.start, a.end) for a in appearances))
    paragraphs = [
        _stretches(paragraph, claims, own.claim_id if own else None) for paragraph in into_paragraphs(segments)
    ]
    return MarkedText(version, paragraphs)


def _stretches(segments: Iterable[Segment], claims: dict[int, Claim], own_id: int | None) -> list[Stretch]:
    return [_stretch(segment, claims, own_id) for segment in segments]


def _stretch(segment: Segment, claims: dict[int, Claim], own_id: int | None) -> Stretch:
    others = sorted(segment.claims - {own_id})
    return Stretch(
        text=segment.text,
        is_own=own_id in segment.claims,
        is_first=own_id in segment.opens,
        other=claims[others[0]] if others else None,
    )
