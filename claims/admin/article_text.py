"""An article's text with the words of its claims marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.admin.marking import Segment, Span, cut_text, into_paragraphs
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
    appearances: list[Appearance]


def mark_version(version: ArticleVersion, own: Claim | None = None) -> MarkedText:
    """The version's text, every claim in it marked; `own` is the claim that the page is about."""
    appearances = list(version.appearances.select_related("claim").order_by("start", "end"))
    claims = {appearance.claim_id: appearance.claim for appearance in appearances}
    segments = cut_text(version.text, (Span(a.claim_id, a.start, a.end) for a in appearances))
    paragraphs = [_stretches(paragraph, claims, own) for paragraph in into_paragraphs(segments)]
    return MarkedText(version, paragraphs, appearances)


def _stretches(segments: Iterable[Segment], claims: dict[int, Claim], own: Claim | None) -> list[Stretch]:
    return [_stretch(segment, claims, own) for segment in segments]


def _stretch(segment: Segment, claims: dict[int, Claim], own: Claim | None) -> Stretch:
    own_id = own.pk if own else None
    others = sorted(segment.claims - {own_id})
    return Stretch(
        text=segment.text,
        is_own=own_id in segment.claims,
        is_first=own_id in segment.opens,
        other=claims[others[0]] if others else None,
    )
