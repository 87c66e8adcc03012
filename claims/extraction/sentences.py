"""Text -> sentences with exact places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import sentencex  # type: ignore[import-untyped]

from claims.extraction.tokens import Span

MAX_SENTENCE_CHARS = 2_000
_MAX_BLOCK_CHARS = 8_000  # the library's time grows with the square of a block that opens quotes and closes none
_MIN_WRAP, _MAX_WRAP = 30, 100

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_QUOTE = re.compile('[“”"„«»]')
# `“Is it over?” Mary Keller asked`: one sentence
_ASKED = re.compile(
    r"\s*(?:(?:[A-Z][\w.’'-]*|the|a|an|his|her|its|their|he|she|they|it|I)\s(?:[a-z]+\s)?){1,5}(?:asked|said|says"
    r"|cried|shouted|wrote|told|added)\b"
)
_HOUR = re.compile(r"[ap]\.m\.", re.IGNORECASE)
_DAY = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? [0-9]+"
    r"|E[SD]?T|C[SD]?T|M[SD]?T|P[SD]?T|GMT|BST|CES?T|UTC)\b"
)
_QUESTION_ENDS = re.compile('[?!][“”"„«»]+$')
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE_LABEL = (  # `Early August:`, `June 2-4:`, `18 September 2022:`, `1885:` in a timeline
    rf"(?:(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[ -])?(?:[A-Z][a-z]{{2,5}}day,? )?(?:[0-3]?[0-9](?:st|nd|rd|th)? )?{_MONTH}"
    r"(?: [0-3]?[0-9](?:[-–][0-3]?[0-9])?)?(?:,? [12][0-9]{3})?|[12][0-9]{3}):\s+"
)
_HEAD = re.compile(
    r"(?:[A-Z][A-Z'’. -]{2,40}"
    r"(?:, (?:[A-Z]|[0-3]?[0-9] [A-Z])[^—–\n]{0,40}?)?\s?(?:\([^)\n]{2,40}\)\s?)?(?:—|–|--|-)\s+"  # a dateline
    rf"|{_DATE_LABEL}"
    r"|(?:[QA]|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}):\s+(?![“\"])"  # whose turn it is in an interview
    r"|[0-2]?[0-9][:.][0-5][0-9]\s?(?:[ap]m|[A-Z]{2,4})?\s*[-–—:]?\s+)(?=\S)"  # the time of a live entry
)
_PARAGRAPH = re.compile(r"[^\n\r]+(?:\r?\n[^\n\r]+)*")
_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"\s{0,8}(?:[-*•–—▪◦]|[0-9]{1,2}[.)])\s+")


class Sentence(NamedTuple):
    """`text` is the article's own characters from `start` to `end`, without a bullet or outer white space."""

    text: str
    start: int
    end: int
    opens_paragraph: bool = False


def split_sentences(text: str, language: str = "en") -> list[Sentence]:
    """All of `iter_sentences`."""
    return list(iter_sentences(text, language))


def iter_sentences(text: str, language: str = "en") -> Iterator[Sentence]:
    """In order, never overlapping; a sentence never runs over a blank line, a heading or a list item."""
    base = language.lower().partition("-")[0]
    code = base if base.isascii() and base.isalpha() and base != "und" else "en"
    blocks = (piece for block in _blocks(text) for piece in _cut(text, block, _MAX_BLOCK_CHARS, (". ", " ")))
    sentences = (span for block in blocks for span in _segment(text, block, code))
    trimmed = (_trim(text, piece) for span in sentences for piece in _cut(text, span, MAX_SENTENCE_CHARS, (" ",)))
    place = 0
    for start, end in trimmed:
        if start < end:
            yield Sentence(text[start:end], start, end, "\n" in text[place:start])
            place = end


def _blocks(text: str) -> Iterator[Span]:
    for paragraph in _PARAGRAPH.finditer(text):
        lines = [Span(*line.span()) for line in _LINE.finditer(text, *paragraph.span())]
        yield from _join_wrapped(text, lines)


def _join_wrapped(text: str, lines: list[Span]) -> Iterator[Span]:
    """Lines that a program wrapped are one block; any other line stands for itself."""
    width = max(line.end - line.start for line in lines)
    start = lines[0].start
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if following is None or not _continues(text, line, following, width):
            yield Span(start, line.end)
            start = following.start if following else line.end


def _continues(text: str, line: Span, following: Span, width: int) -> bool:
    """Is the line break only a wrap? Then the next line's first word would not have fitted."""
    after = text[following.start : following.end]
    if not _MIN_WRAP <= width <= _MAX_WRAP or _BULLET.match(after) or not after.strip():
        return False
    first_word = len(after.split(maxsplit=1)[0])
    return line.end - line.start + 1 + first_word > width and line.end - line.start >= width // 2


def _segment(text: str, block: Span, code: str) -> Iterator[Span]:
    """The library's sentences, inside quotations as well, which it would keep whole: it is shown a blank for each mark.

    A lone surrogate, which it cannot read, is shown to it as another character.
    """
    bullet = _BULLET.match(text, block.start, block.end)
    begin = bullet.end() if bullet else block.start
    head = _HEAD.match(text, begin, block.end)
    start = head.end() if head else begin
    if head:
        yield Span(begin, start)
    piece = text[start : block.end]
    readable = _QUOTE.sub(" ", _SURROGATE.sub("\ufffd", piece))
    place = begin = 0
    for found in sentencex.segment(code, readable):
        place += len(found)
        cut = _before_opening(piece, place)
        is_asked = _QUESTION_ENDS.search(piece, begin, cut) and _ASKED.match(piece, cut)
        is_timed = _HOUR.match(piece, cut - 4) and _DAY.match(piece, cut)  # `at 6 p.m. April 8`
        if cut > begin and not is_asked and not is_timed and place < len(piece):
            yield Span(start + begin, start + cut)
            begin = cut
    yield Span(start + begin, start + len(piece))


def _before_opening(piece: str, place: int) -> int:
    """A quotation mark after white space opens the next sentence; one that touches the words closes the last."""
    while place > 0 and (piece[place - 1].isspace() or _QUOTE.match(piece[place - 1])):
        if _QUOTE.match(piece[place - 1]) and not piece[max(0, place - 2) : place - 1].isspace():
            break
        place -= 1
    return place


def _cut(text: str, span: Span, limit: int, marks: tuple[str, ...]) -> Iterator[Span]:
    """Pieces of at most `limit` characters, cut after the last of the marks where there is one."""
    start = span.start
    while span.end - start > limit:
        cuts = (text.rfind(mark, start + 1, start + limit) + 1 for mark in marks)
        cut = next((cut for cut in cuts if cut > start), start + limit)
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _trim(text: str, span: Span) -> Span:
    bullet = _BULLET.match(text, span.start, span.end)
    start = bullet.end() if bullet else span.start
    piece = text[start : span.end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
