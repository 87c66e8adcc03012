"""Text -> candidate claims. Deterministic, in time proportional to the text."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

from claims.extraction import encoder, english, generic
from claims.extraction.article import Article
from claims.extraction.candidates import Candidate, Draft
from claims.extraction.limits import count_scripts, find_unreadable_script
from claims.extraction.readings import Reading
from claims.extraction.sentences import MAX_SENTENCE_CHARS, Sentence, iter_sentences
from claims.extraction.tokens import tokenise
from claims.extraction.tree import Tree
from claims.extraction.worthiness import judge

EXTRACTOR_VERSION = "minilm-6"

_ENGLISH = ("en", "und")
_WINDOW = 64


def extract(text: str, published_on: date | None = None, language: str = "en") -> list[Candidate]:
    """All of `iter_claims`."""
    return list(iter_claims(text, published_on, language))


def iter_claims(
    text: str,
    published_on: date | None = None,
    language: str = "en",
    on_window: Callable[[], None] | None = None,
) -> Iterator[Candidate]:
    """The claims in `text`, in order of place; no two share a span, and `text[start:end] == quote` for each.

    `published_on` resolves relative dates. A language other than English yields figures and dates only. Any string is
    accepted; an empty one has no claims, nor has one in a script that cannot be read (see `limits`).
    `on_window` is called after every 64 sentences and after the last.
    """
    if find_unreadable_script(count_scripts(text)):
        return
    read = _read_english(published_on) if _is_english(language) else _read_other(published_on, language)
    sentences = iter_sentences(text, language)
    while window := list(islice(sentences, _WINDOW)):
        yield from read(window)
        if on_window:
            on_window()


def score_sentences(sentences: Iterable[str]) -> Iterator[float]:
    """The check-worthiness of bare English sentences, one each."""
    for text in sentences:
        features, logit = read_sentence(text)
        yield judge(features, logit).check_worthiness


def read_sentence(text: str) -> tuple[frozenset[str], float]:
    """The features of all claims in a bare English sentence (its first 2,000 characters), and its log-odds."""
    reading = _parse(text[:MAX_SENTENCE_CHARS], None)
    drafts = english.draft_claims(reading)
    return frozenset().union(*(draft.features for draft in drafts)), reading.logit


def _is_english(language: str) -> bool:
    return language.lower().partition("-")[0] in _ENGLISH


def _read_english(published_on: date | None) -> Callable[[list[Sentence]], Iterator[Candidate]]:
    article = Article()

    def read(window: list[Sentence]) -> Iterator[Candidate]:
        for sentence, reading in zip(window, read_window(window, article, published_on), strict=True):
            yield from (finish(sentence, draft, reading.logit) for draft in english.draft_claims(reading))

    return read


def read_window(window: list[Sentence], article: Article, published_on: date | None) -> list[Reading]:
    """The next sentences of an English article, each with who says it."""
    readings = [_parse(sentence.text, published_on) for sentence in window]
    for sentence, reading in zip(window, readings, strict=True):
        reading.opens_paragraph = sentence.opens_paragraph
    article.attribute(readings)
    return readings


def _read_other(published_on: date | None, language: str) -> Callable[[list[Sentence]], Iterator[Candidate]]:
    def read(window: list[Sentence]) -> Iterator[Candidate]:
        for sentence in window:
            for draft in generic.draft_claims(sentence.text, published_on, language):
                yield finish(sentence, draft, None)

    return read


def _parse(text: str, published_on: date | None) -> Reading:
    words = tokenise(text)
    encoded = encoder.read(text, words)
    return Reading(Tree(text, words), published_on, encoded)


def finish(sentence: Sentence, draft: Draft, logit: float | None) -> Candidate:
    start, end = sentence.start + draft.span.start, sentence.start + draft.span.end
    judgement = judge(draft.features, logit)
    return Candidate(
        headline=draft.headline,
        quote=sentence.text[draft.span.start : draft.span.end],
        start=start,
        end=end,
        sentence=sentence.text,
        kind=draft.kind,
        claimant=draft.claimant,
        facts=draft.facts,
        check_worthiness=judgement.check_worthiness,
        reasons=judgement.reasons,
        stand_alone=draft.stand_alone or sentence.text,
    )
