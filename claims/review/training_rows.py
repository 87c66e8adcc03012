"""Judged claims as rows that an extractor can learn from. Nothing in them says who judged."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from claims.extraction.sentences import split_sentences
from claims.models import Appearance
from claims.review.judged_claims import judged_claims

_CHUNK = 50  # claims in memory at a time, each with its article's text


def training_rows(since: date | None = None) -> Iterator[dict[str, object]]:
    """In order of the claims' ids, ready for JSON: `row["text"][row["start"]:row["end"]] == row["quote"]`.

    `since` leaves out what was last judged before that day began at the desk.
    """
    first = Appearance.objects.order_by("pk").select_related("version")[:1]
    claims = (
        judged_claims()
        .select_related("article")
        .prefetch_related(Prefetch("appearances", first, to_attr="first_appearances"))
    )
    if since:
        claims = claims.filter(judged_at__gte=datetime.combine(since, time.min, timezone.get_current_timezone()))
    for claim in claims.order_by("pk").iterator(chunk_size=_CHUNK):
        for appearance in claim.first_appearances:
            yield _row(claim, appearance)


def _row(claim: Any, appearance: Appearance) -> dict[str, object]:
    text, begin = find_sentence(appearance, claim.article.language)
    return {
        "text": text,
        "quote": appearance.quote,
        "start": appearance.start - begin,
        "end": appearance.end - begin,
        "headline": claim.headline,
        "kind": claim.kind,
        "label": claim.judgement,
        "reason": claim.judged_because,
        "extractor": claim.extractor,
        "language": claim.article.language,
        "published_on": claim.article.published_on and claim.article.published_on.isoformat(),
        "article": claim.article_id,
    }


def find_sentence(appearance: Appearance, language: str) -> tuple[str, int]:
    """The sentence (or sentences) around the words, and where in the version's text it begins."""
    text, sentence = appearance.version.text, appearance.sentence
    latest = text.rfind(sentence, 0, appearance.start + len(sentence)) if sentence else -1
    if latest >= 0 and appearance.end <= latest + len(sentence):
        return sentence, latest
    around = [
        s for s in split_sentences(text, language or "en") if s.start < appearance.end and s.end > appearance.start
    ]
    begin = min([appearance.start, *(s.start for s in around)])
    return text[begin : max([appearance.end, *(s.end for s in around)])], begin
