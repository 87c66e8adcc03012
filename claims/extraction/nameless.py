"""Sources without a name: the words that tell who they are (`a diplomat briefed on the talks`)."""

from itertools import takewhile

from claims.extraction.names import is_document
from claims.extraction.tokens import Token
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_DESCRIBING = word_set("briefed involved familiar close working with near")
_SAYING = word_set("found said reported concluded estimated announced confirmed warned")
_LONGEST = 14


def describe(tree: Tree, speaker: int, saying: int | None, name: str) -> str:
    """The name with the words behind it, up to the saying; without one behind it (None), up to the next mark."""
    words = tree.words[speaker + 1 : _end_of_description(tree, speaker) if saying is None else saying]
    if is_document(tree.words[speaker].lower) and words and words[0].xpos == "VBN":  # `a memo seen by us`
        return name
    words = list(takewhile(lambda word: not word.has_tense and not _is_participle_of_saying(word), words))
    while words and words[-1].upos in ("ADV", "AUX", "PRON", "ADP", "SCONJ"):
        words = words[:-1]
    is_plain = all(word.upos != "PUNCT" or word.text == "-" for word in words)
    if not words or not is_plain or len(words) > _LONGEST or not _describes(words[0]):
        return name
    rest = tree.string(speaker + 1, speaker + 1 + len(words))
    head = tree.words[speaker].text
    return f"{name[: name.rfind(head) + len(head)]} {rest}" if head in name else name


def _end_of_description(tree: Tree, speaker: int) -> int:
    words = tree.words
    at = speaker + 1
    if at >= len(words) or words[at].lower not in _DESCRIBING:
        return at
    while at < len(words) and words[at].upos != "PUNCT":
        at += 1
    return at


def _describes(word: Token) -> bool:
    return word.upos in ("ADP", "ADJ", "PRON") or word.lower in _DESCRIBING


def _is_participle_of_saying(word: Token) -> bool:
    """`the office found in an audit`, which the parse may take for a participle."""
    return word.xpos == "VBN" and word.lower in _SAYING
