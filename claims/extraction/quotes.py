"""Quotation marks: which words stand inside of them, and whether a sentence opens or leaves them open."""

import re

from claims.extraction.tree import Tree

STRAIGHT, SINGLE = '"', "'"
OPENING, CLOSING = frozenset("“«„"), frozenset("”»")
ENDS = frozenset(",;:—–") | CLOSING | {STRAIGHT, "“", "’"}
_SINGLE_CLOSE = re.compile(r"[.,!?]’|’(?=[\s,.]|$)")
_DOUBLE = '“"«„'
_SINGLE_OPEN = re.compile(r"(?:^|(?<=[:,] ))['‘](?=[A-Z])")  # not `the '90s`
_SINGLE_END = re.compile(r"(?<=[.,!?])['’]")  # not `the owners' boat`


def opens_quoted(sentence: str) -> bool:
    return sentence[:1] in (*_DOUBLE, "‘") or bool(_SINGLE_OPEN.match(sentence))


def has_quotes(sentence: str) -> bool:
    return any(mark in sentence for mark in _DOUBLE) or bool(_SINGLE_OPEN.search(sentence))


def mark_left_open(sentence: str, before: str) -> str:
    """The mark of the quotation that is open behind the sentence, `before` that before it; "" of none.

    A mark that reopens a new paragraph closes nothing.
    """
    body = sentence[1:] if before and opens_quoted(sentence) else sentence
    is_double = any(mark in body for mark in (*_DOUBLE, *CLOSING))
    if before == SINGLE or not (before or is_double):
        return SINGLE if bool(before) + len(_SINGLE_OPEN.findall(body)) > len(_SINGLE_END.findall(body)) else ""
    opened, closed = body.count("“") + body.count("«"), body.count("”") + body.count("»")
    is_open = not before if body.count(STRAIGHT) % 2 else bool(before) + opened > closed
    return STRAIGHT if is_open else ""


def closes_quote(tree: Tree, index: int) -> bool:
    """A single mark closes one behind a full stop or a comma."""
    word = tree.words[index]
    is_single = word.text in (SINGLE, "’") and index > 0 and tree.words[index - 1].text in ".,!?"
    return is_single or word.text in CLOSING or word.text == STRAIGHT


def is_quoted(tree: Tree, index: int) -> bool:
    before = tree.text[: tree.words[index].start]
    is_open = any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "«»"))
    opened = before.count(STRAIGHT) + _begins_quoted(tree.text)
    return is_open or opened % 2 == 1 or before.count("‘") > len(_SINGLE_CLOSE.findall(before))


def _begins_quoted(text: str) -> bool:
    """Does a lone straight mark close a quotation that an earlier sentence opened?"""
    place = text.find(STRAIGHT)
    return text.count(STRAIGHT) % 2 == 1 and place > 0 and not text[place - 1].isspace()
