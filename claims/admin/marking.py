"""A text cut where claims begin and end, for marking. Pure Python."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True)
class Span:
    """Words of a claim: `text[start:end]`, in code points."""

    claim: int
    start: int
    end: int


@dataclass(frozen=True)
class Segment:
    """A stretch of text that the same claims cover. `opens`: the claims whose words begin here."""

    text: str
    claims: frozenset[int]
    opens: frozenset[int] = frozenset()


def cut_text(text: str, spans: Iterable[Span]) -> list[Segment]:
    """The text in segments, in order and without loss. Spans may overlap, nest, touch or reach beyond the text."""
    fitting = [s for s in (_fit(span, len(text)) for span in spans) if s.start < s.end]
    edges = sorted({0, len(text)} | {s.start for s in fitting} | {s.end for s in fitting})
    return [_segment(text, start, end, fitting) for start, end in pairwise(edges)]


def _fit(span: Span, length: int) -> Span:
    return replace(span, start=max(span.start, 0), end=min(span.end, length))


def _segment(text: str, start: int, end: int, spans: list[Span]) -> Segment:
    covering = [s for s in spans if s.start <= start and end <= s.end]
    return Segment(
        text[start:end],
        frozenset(s.claim for s in covering),
        frozenset(s.claim for s in covering if s.start == start),
    )


def into_paragraphs(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The segments by paragraph; the blank lines between paragraphs are left out, and nothing else."""
    paragraphs: list[list[Segment]] = [[]]
    for segment in segments:
        for number, piece in enumerate(_pieces(segment)):
            if number:
                paragraphs.append([])
            if piece.text:
                paragraphs[-1].append(piece)
    return [paragraph for paragraph in paragraphs if paragraph]


def _pieces(segment: Segment) -> Iterator[Segment]:
    """A segment at its paragraph ends; its claims open where its first words stand."""
    opens = segment.opens
    for text in _PARAGRAPH_END.split(segment.text):
        yield replace(segment, text=text, opens=opens)
        opens = frozenset() if text else opens
