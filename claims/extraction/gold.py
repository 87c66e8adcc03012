"""Articles in which people have labelled every claim: how they are read, and what makes them sound.

A JSON file holds a list of `{"id", "title", "published_on", "text", "claims", "not_claims"}`. A claim is `{"quote",
"sentence", "headline", "kind", "claimant", "facts"}`, its `sentence` a substring of the text and its `quote` one of the
sentence; `not_claims` are the sentences that hold none.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.enums import ClaimKind
from claims.extraction.facts import Amount

_WORD = re.compile(r"[^\W\d_]{2}")  # a label (`Q:`) or the time of a live entry is no sentence


class UnfitGold(ValueError):
    """The file is not of the format; the message says where."""


@dataclass(frozen=True)
class GoldClaim:
    quote: str
    sentence: str
    headline: str
    kind: ClaimKind
    claimant: str | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class GoldArticle:
    id: str
    title: str
    published_on: date | None
    text: str
    claims: tuple[GoldClaim, ...]
    not_claims: tuple[str, ...]


def read_gold(content: str) -> list[GoldArticle]:
    """The articles of a labelled file. Raises UnfitGold."""
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnfitGold(f"is not JSON: {error}") from error
    if not isinstance(rows, list):
        raise UnfitGold("must hold a list of articles")
    return [_read_article(row, number) for number, row in enumerate(rows, 1)]


def _read_article(row: Any, number: int) -> GoldArticle:
    try:
        return GoldArticle(
            id=_words(row["id"], "id"),
            title=_words(row["title"], "title"),
            published_on=date.fromisoformat(row["published_on"]) if row["published_on"] else None,
            text=_article_text(row["text"]),
            claims=tuple(_read_claim(**claim) for claim in row["claims"]),
            not_claims=tuple(_words(sentence, "not_claims") for sentence in row["not_claims"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise UnfitGold(f"article {number} is not of the format: {type(error).__name__} {error}") from error


def _read_claim(*, quote: Any, sentence: Any, headline: Any, kind: Any, claimant: Any, facts: Any) -> GoldClaim:
    return GoldClaim(
        quote=_words(quote, "quote"),
        sentence=_words(sentence, "sentence"),
        headline=_words(headline, "headline"),
        kind=ClaimKind(kind),
        claimant=None if claimant is None else _words(claimant, "claimant"),
        facts=_check_facts(facts),
    )


def _words(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must hold text, not {type(value).__name__}")
    return value


def _article_text(value: Any) -> str:
    if not _words(value, "text").strip():
        raise ValueError("text is empty")
    return value


def _check_facts(facts: Any) -> dict[str, Any]:
    if not isinstance(facts, dict) or not isinstance(facts.get("quantity", {}), dict):
        raise TypeError("facts and their quantity must be objects")
    _words(facts.get("date", ""), "date")
    try:
        Amount.from_dict(facts.get("quantity", {}))
    except ArithmeticError as error:
        raise ValueError("the quantity's value is no number") from error
    return facts


def find_faults(article: GoldArticle) -> Iterator[str]:
    """What is wrong with the labels: words that do not stand where they should, sentences without a label."""
    for claim in article.claims:
        if claim.quote not in claim.sentence:
            yield f"{article.id}: the quote {claim.quote!r} is not in its sentence"
    sentences = {claim.sentence for claim in article.claims}
    for sentence in sorted(sentences & set(article.not_claims)):
        yield f"{article.id}: both a claim's and without claims: {sentence!r}"
    unlabelled = article.text
    for sentence in sorted(sentences | set(article.not_claims), key=len, reverse=True):
        if sentence not in article.text:
            yield f"{article.id}: not in the text: {sentence!r}"
        unlabelled = unlabelled.replace(sentence, "\n")
    for line in unlabelled.splitlines():
        if _WORD.search(line):
            yield f"{article.id}: without a label: {line.strip()!r}"
