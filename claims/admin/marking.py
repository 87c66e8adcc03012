"""A text cut where claims begin and end, for marking. Pure Python."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_Edges = defaultdict[int, list[int]]


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
    opening, closing = _by_edge(spans, len(text))
    covering: Counter[int] = Counter()  # by claim, since two spans of one claim may overlap
    segments = []
    for start, end in pairwise(sorted({0, len(text), *opening, *closing})):
        covering.update(opening[start])
        covering.subtract(closing[start])
        covering = +covering
        segments.append(Segment(text[start:end], frozenset(covering), frozenset(opening[start])))
    return segments


def _by_edge(spans: Iterable[Span], length: int) -> tuple[_Edges, _Edges]:
    """The claims of the spans that begin, and that end, at each place of a text so long."""
    opening: _Edges = defaultdict(list)
    closing: _Edges = defaultdict(list)
    for span in spans:
        start, end = max(span.start, 0), min(span.end, length)
        if start < end:
            opening[start].append(span.claim)
            closing[end].append(span.claim)
    return opening, closing


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
