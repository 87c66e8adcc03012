"""Short labels for claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.extraction.clauses import Clause
from claims.extraction.tokens import Span, squeeze

if TYPE_CHECKING:
    from claims.extraction.readings import Reading

MAX_HEADLINE_CHARS = 160
_QUOTES = '“”"‘«»„'
_PAIRS = (("“", "”"), ("(", ")"), ("«", "»"))


def label_phrase(sentence: str, span: Span) -> str:
    """The words themselves, on one line."""
    return _shorten(squeeze(sentence[span.start : span.end]))


def label_clause(reading: Reading, clause: Clause, words: list[int]) -> str:
    """The clause in the article's words; one without a subject of its own gets that of its sentence."""
    text = reading.tree.join(words)
    if clause.is_shared and clause.subject is not None and clause.subject not in words:
        text = f"{subject_of(reading, clause.subject)} {helper_of(reading, clause)}{text}"
    return _shorten(_drop_lone_quotes(text))


def helper_of(reading: Reading, clause: Clause) -> str:
    """`was` of `was jailed in 2010 and | freed in 2014`, which the second verb shares."""
    tree = reading.tree
    verb = tree.words[clause.verb]
    if verb.dep != "conj" or verb.head < 0 or tree.child(clause.verb, "aux", "aux:pass", "obj", "cop") is not None:
        return ""
    helpers = tree.children(verb.head, "aux:pass")
    was = next((tree.words[kid].text for kid in helpers if tree.words[kid].has_tense), "")
    return f"{was} " if was and verb.xpos in ("VBN", "VBD") else ""


def subject_of(reading: Reading, subject: int) -> str:
    tree = reading.tree
    cut = {
        kid
        for at in tree.descend(subject)
        for kid in tree.kids[at]
        if tree.words[kid].dep in ("acl", "appos", "conj", "cc")
    }
    first, end = tree.block(subject, cut)
    while end > first and tree.words[end - 1].upos == "PUNCT":
        end -= 1
    while first < subject and tree.words[first].dep == "case":
        first += 1
    return tree.string(first, end)


def _drop_lone_quotes(text: str) -> str:
    """A quotation mark whose partner was cut off goes too."""
    text = text.replace('"', "") if text.count('"') % 2 else text
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1]
    return squeeze(text.strip(" ,;:—–"))


def _shorten(text: str) -> str:
    if len(text) <= MAX_HEADLINE_CHARS:
        return text
    head = text[: MAX_HEADLINE_CHARS - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:") + "…"
