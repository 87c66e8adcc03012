"""Does a word stand inside quotation marks?"""

import re

from claims.extraction.tree import Tree

STRAIGHT = '"'
OPENING, CLOSING = frozenset("“«„"), frozenset("”»")
ENDS = frozenset(",;:—–") | CLOSING | {STRAIGHT, "“", "’"}
_SINGLE_CLOSE = re.compile(r"[.,!?]’|’(?=[\s,.]|$)")


def is_quoted(tree: Tree, index: int) -> bool:
    before = tree.text[: tree.words[index].start]
    is_open = any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "«»"))
    opened = before.count(STRAIGHT) + _begins_quoted(tree.text)
    return is_open or opened % 2 == 1 or before.count("‘") > len(_SINGLE_CLOSE.findall(before))


def _begins_quoted(text: str) -> bool:
    """Does a lone straight mark close a quotation that an earlier sentence opened?"""
    place = text.find(STRAIGHT)
    return text.count(STRAIGHT) % 2 == 1 and place > 0 and not text[place - 1].isspace()
