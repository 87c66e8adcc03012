"""The words of an event that belong together, told by small words alone."""

from typing import NamedTuple

from claims.extraction.dates import DateExpression
from claims.extraction.tokens import Span, Token
from claims.extraction.words import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    looks_finite,
    word_set,
)

_INSIDE = word_set("of in for with to from on between against into over and")

_BEFORE_DATES = DETERMINERS | word_set("in on at by early late mid - end beginning of")

_MAX_WORDS = 9


class Phrase(NamedTuple):
    """Words of an event and their place."""

    text: str
    span: Span


def read_phrase(tokens: list[Token], first: int, day: DateExpression | None) -> Phrase | None:
    """The words from `first` on that belong together, without determiners and possessives."""
    end, count = first, 0
    while end < len(tokens) and count < _MAX_WORDS and _belongs(tokens, first, end, day):
        count += tokens[end].lower not in DETERMINERS
        end += 1
    while end > first and (tokens[end - 1].lower in _INSIDE | DETERMINERS or not tokens[end - 1].text[0].isalnum()):
        end -= 1
    words = [token.text for token in tokens[first:end] if token.lower not in DETERMINERS or token.is_acronym]
    return Phrase(" ".join(words), Span(tokens[first].start, tokens[end - 1].end)) if words else None


def _belongs(tokens: list[Token], first: int, index: int, day: DateExpression | None) -> bool:
    token = tokens[index]
    if not (token.text[0].isalnum() or token.text in "-$€£%&"):
        return False
    if day and ((token.start >= day.start and token.end <= day.end) or is_date_phrase(tokens, index, day)):
        return False
    if index > first and _is_mere_place(tokens, index):
        return False
    if token.is_acronym or token.lower in _INSIDE | DETERMINERS:
        return True
    if token.lower in PREPOSITIONS | CONJUNCTIONS | PRONOUNS | AUXILIARIES | ADVERBS:
        return False
    return index == first or tokens[index - 1].lower in _INSIDE | DETERMINERS or not looks_finite(token.text)


def _is_mere_place(tokens: list[Token], index: int) -> bool:
    """`in the country`: where, but not which."""
    if tokens[index].lower not in ("in", "at", "across") or index + 2 >= len(tokens):
        return False
    return tokens[index + 1].lower in DETERMINERS and not tokens[index + 2].is_capitalised


def is_date_phrase(tokens: list[Token], index: int, day: DateExpression) -> bool:
    """Does a preposition stand here whose noun is the date?"""
    if tokens[index].lower not in PREPOSITIONS | DETERMINERS:
        return False
    for token in tokens[index + 1 :]:
        if token.lower not in _BEFORE_DATES:
            return day.start <= token.start < day.end
    return False


def skip_determiners(tokens: list[Token], index: int) -> int:
    while index < len(tokens) and tokens[index].lower in DETERMINERS and not tokens[index].is_acronym:
        index += 1
    return index
