"""Words and marks of a sentence with their places."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+(?:[.'’-](?=\w)\w+)*|\S")


class Token(NamedTuple):
    """A word, a number or a mark; `start` and `end` count from the beginning of the sentence."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_acronym(self) -> bool:
        """`US` and `WHO` are names, whatever `us` and `who` are."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()


class Span(NamedTuple):
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


def tokenise(text: str, start: int = 0) -> list[Token]:
    """Tokens of `text`; `start` is added to every place."""
    return [Token(match[0], start + match.start(), start + match.end()) for match in _TOKEN.finditer(text)]


def strip_span(text: str, span: Span, marks: str = " \t\n,;:–—-") -> Span:
    """The span without white space and the given marks at its ends; never runs backward."""
    start, end = span
    while start < end and (text[start] in marks or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in marks or text[end - 1].isspace()):
        end -= 1
    return Span(start, end)


def overlaps_any(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def squeeze(text: str) -> str:
    """One line, single spaces."""
    return " ".join(text.split())


def join_words(tokens: list[Token], start: int, end: int) -> str:
    return " ".join(token.text for token in tokens[start:end])
