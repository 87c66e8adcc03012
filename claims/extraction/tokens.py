"""Words and marks of a sentence with their places, and what the encoder says of each."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from claims.extraction.words import NEGATIONS

_TOKEN = re.compile(
    r"[0-9]+(?:st|nd|rd|th)\b"  # 17th
    r"|[0-9]+(?:[.,][0-9]+)*"  # 2,500
    r"|[A-Z]{1,3}\$(?=[0-9])"  # A$5
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W\d_]+(?:(?:[-‐‑]|['’](?![sS]\b))[^\W_]+)*"  # US-led, don't
    r"|['’][sS]\b"  # Iraq's
    r"|\S"
)


class Token:
    """A word, a number or a mark; `start` and `end` count from the beginning of the sentence.

    After parsing: `head` is the index of the word it depends on (-1: none), `rel` the Universal Dependencies
    relation, `dep` the same without its subtype, `upos` and `xpos` its part of speech in the UD and the Penn tag set.
    """

    __slots__ = ("dep", "end", "head", "lower", "rel", "start", "text", "upos", "xpos")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end, self.lower = text, start, end, text.lower()
        self.head, self.rel, self.dep, self.upos, self.xpos = -1, "", "", "", ""

    def __repr__(self) -> str:
        return f"{self.text}/{self.upos}/{self.rel}>{self.head}"

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_acronym(self) -> bool:
        """`US` and `WHO` are names, whatever `us` and `who` are."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_finite(self) -> bool:
        """Has it a tense of its own? Modals have none (`has_tense` asks for either)."""
        return self.xpos in ("VBD", "VBZ", "VBP")

    @property
    def has_tense(self) -> bool:
        return self.is_finite or self.xpos == "MD"

    @property
    def negates(self) -> bool:
        """`not`, `nobody`, `wasn’t`."""
        return self.lower in NEGATIONS or self.lower.endswith(("n't", "n’t"))

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()


class Span(NamedTuple):
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def tokenise(text: str) -> list[Token]:
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


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
