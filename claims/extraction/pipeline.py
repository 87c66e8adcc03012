"""Text -> candidate claims. Deterministic, in time proportional to the text."""

from collections.abc import Iterator
from datetime import date

from claims.extraction import english, generic
from claims.extraction.candidates import Candidate, Draft
from claims.extraction.readings import read_sentence
from claims.extraction.sentences import Sentence, split_sentences
from claims.extraction.worthiness import judge

EXTRACTOR_VERSION = "rules-1"

_ENGLISH = ("en", "und")


def extract(text: str, published_on: date | None = None, language: str = "en") -> list[Candidate]:
    """The claims in `text`, in order of place; no two share a span, and `text[start:end] == quote` for each.

    `published_on` resolves relative dates. A language other than English yields figures and dates only. Any string is
    accepted; an empty one has no claims.
    """
    sentences = split_sentences(text, language)
    return list(
        _extract_english(sentences, published_on) if _is_english(language) else _extract(sentences, published_on)
    )


def _is_english(language: str) -> bool:
    return language.lower().partition("-")[0] in _ENGLISH


def _extract_english(sentences: list[Sentence], published_on: date | None) -> Iterator[Candidate]:
    last_claimant: str | None = None
    for sentence in sentences:
        reading = read_sentence(sentence.text, published_on, last_claimant)
        last_claimant = reading.claimant or last_claimant
        for draft in english.draft_claims(reading):
            yield _finish(sentence, draft, reading.claimant)


def _extract(sentences: list[Sentence], published_on: date | None) -> Iterator[Candidate]:
    for sentence in sentences:
        for draft in generic.draft_claims(sentence.text, published_on):
            yield _finish(sentence, draft, None)


def _finish(sentence: Sentence, draft: Draft, claimant: str | None) -> Candidate:
    start, end = sentence.start + draft.span.start, sentence.start + draft.span.end
    judgement = judge(set(draft.features))
    return Candidate(
        headline=draft.headline,
        quote=sentence.text[draft.span.start : draft.span.end],
        start=start,
        end=end,
        sentence=sentence.text,
        kind=draft.kind,
        claimant=claimant,
        facts=draft.facts,
        check_worthiness=judgement.check_worthiness,
        reasons=judgement.reasons,
    )
