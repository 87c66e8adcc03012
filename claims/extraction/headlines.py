"""Short labels for claims."""

from claims.extraction.clauses import Clause
from claims.extraction.tokens import Span, squeeze
from claims.extraction.words import DETERMINERS

MAX_HEADLINE_CHARS = 160
_QUOTES = '“”"‘«»„'
_PAIRS = (("“", "”"), ("(", ")"), ("«", "»"), ("‘", "’"))


def label_phrase(sentence: str, span: Span) -> str:
    """The words themselves, on one line."""
    return _shorten(squeeze(sentence[span.start : span.end]))


def label_clause(sentence: str, clause: Clause, claimant: str | None = None) -> str:
    """The clause without a leading article. `who` gives way to its noun, an opening `they` to the claimant's name."""
    words = label_phrase(sentence, clause.span).split(" ")
    if clause.subject:
        words = [label_phrase(sentence, clause.subject), *words]
    elif claimant:
        words = [claimant, *words[1:]]
    elif words[0].lower() in DETERMINERS and words[0] != "IT" and len(words) > 1:
        words = words[1:]
    return _shorten(_drop_lone_quotes(" ".join(words)))


def _drop_lone_quotes(text: str) -> str:
    """A quotation mark whose partner was cut off goes too."""
    text = text.replace('"', "") if text.count('"') % 2 else text
    for opening, closing in _PAIRS[:3]:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1]
    return text.strip(" ,;:")


def _shorten(text: str) -> str:
    if len(text) <= MAX_HEADLINE_CHARS:
        return text
    head = text[: MAX_HEADLINE_CHARS - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:") + "…"
