"""`until his arrest in May`, `before the war in 2022`: a date that is part of a phrase which names another time."""

from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_TIES = word_set("until till after before since following ahead")
_HOURS = word_set(
    "dawn midnight noon dusk daybreak dark sunset sunrise midday lunch breakfast years year months month weeks week",
    "days day hours hour minutes night morning evening tax",
)
_PARTS = word_set("end start beginning middle close")  # `before the end of 2026` names no other time than `before 2027`
_BENCHES = word_set(
    "court courts tribunal judge judges jury panel committee commission parliament inquiry mps lawmakers"
)
_STOPS = frozenset(",;:—–()")


def find_tie(tree: Tree, first: int) -> int | None:
    """The word that ties the phrase in which the date at `first` stands; None where the date stands for itself."""
    words = tree.words
    begin = first - (first > 0 and words[first - 1].upos == "ADP")
    for at in range(begin - 1, -1, -1):
        word = words[at]
        if word.text in _STOPS or word.lower in _HOURS or (word.has_tense and word.lower not in _TIES):
            return None
        if word.lower in _TIES:
            if any(words[i].lower in _BENCHES for i in range(at + 1, begin)):  # `before the court in January`
                return None
            names = any(
                words[i].upos in ("NOUN", "PROPN") and words[i].lower not in _PARTS for i in range(at + 1, begin)
            )
            return at if names else None
    return None
