"""Names of claimants, as a headline would give them."""

import re
from typing import NamedTuple

from claims.extraction.tokens import Span, squeeze
from claims.extraction.words import DETERMINERS, word_set

BEFORE_SAYING = word_set("also later repeatedly previously have has had earlier then again recently already publicly")

_OPENERS = word_set("but and however meanwhile yet still so also while")

MAX_CLAIMANT_WORDS = 12

_ANONYMOUS = re.compile(
    r"\b(?:officials?|sources?|diplomats?|analysts?|experts?|insiders?|aides?|critics|people familiar|"
    r"witnesses|residents|observers|a person)\b",
    re.IGNORECASE,
)

PRONOUNS = word_set("he she they it")


class Attribution(NamedTuple):
    """`span` (within the sentence) is the saying; what is left of the sentence is what was said."""

    claimant: str
    span: Span


def is_anonymous(claimant: str) -> bool:
    """`US officials`, `sources familiar with the matter`: a group, not a name."""
    return bool(_ANONYMOUS.search(claimant))


def clean_claimant(text: str) -> str:
    """Without leading determiners, openers and marks; empty where nothing is left."""
    words = squeeze(text).strip(" ,;:“”\"'()").split(" ")
    while words and words[0].lower() in DETERMINERS | _OPENERS:
        words = words[1:]
    while words and words[-1].lower() in BEFORE_SAYING:
        words = words[:-1]
    return " ".join(words)


def shorten(claimant: str) -> str:
    return " ".join(claimant.split(" ")[:MAX_CLAIMANT_WORDS])
