"""What people tell of themselves: `I lost my house`; `he had clung to a crate`, said the man himself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.extraction.clauses import Clause
from claims.extraction.quotes import is_quoted
from claims.extraction.tone import is_feeling
from claims.extraction.words import word_set

if TYPE_CHECKING:
    from claims.extraction.readings import Reading

_OWN = word_set("me my myself")
_PERSONAL = word_set("he she him her himself herself")
_POSSESSIVE = word_set("his her")
_COLLECTIVE = word_set(
    "government party ministry troops forces army company firm office department council team staff client",
    "clients colleagues members administration predecessor country union agency group bank commission",
)


def is_experience(reading: Reading, clause: Clause) -> bool:
    tree = reading.tree
    if clause.subject is None:
        return False
    subject = tree.words[clause.subject]
    is_verb = tree.words[clause.verb].upos == "VERB" or tree.child(clause.verb, "cop") is not None
    if subject.lower == "i" and is_verb and not is_feeling(tree, clause.verb):
        return True
    if not _is_past(reading, clause):
        return False
    owner = tree.child(clause.subject, "nmod:poss")
    if subject.lower in ("i", "we") or (owner is not None and tree.words[owner].lower == "my"):
        return True
    if reading.claimant and _is_joined_to_own(reading, clause):
        return True
    own = _OWN | {"us"} if reading.claimant else _OWN
    if any(tree.words[i].lower in own and not tree.words[i].is_acronym for i in clause.words):
        return True
    return _may_be_told_of_speaker(reading, clause) and (
        is_of_speaker(reading, clause) or _is_of_theirs(reading, clause)
    )


def _is_joined_to_own(reading: Reading, clause: Clause) -> bool:
    """`I rang them twice | and nobody came`: what came of it, to the one who tells it."""
    words = reading.tree.words
    verb = words[clause.verb]
    subject = reading.tree.child(verb.head, "nsubj") if verb.dep == "conj" and verb.head >= 0 else None
    return subject is not None and words[subject].lower == "i"


def _is_past(reading: Reading, clause: Clause) -> bool:
    """`left`, `had left`, `was leaving`"""
    tree = reading.tree
    helpers = {tree.words[kid].lower for kid in tree.children(clause.verb, "aux")}
    was = bool(helpers & {"was", "were", "been"})
    return tree.words[clause.verb].xpos in ("VBD", "VBN") or (was and tree.words[clause.verb].xpos == "VBG")


def is_of_speaker(reading: Reading, clause: Clause) -> bool:
    """`he had walked home`, `a man followed her`, in the words that someone reports of a private person."""
    if not _may_be_told_of_speaker(reading, clause):
        return False
    words = reading.tree.words
    acting = [clause.subject, *reading.tree.children(clause.verb, "obj", "iobj")]
    return any(at is not None and words[at].upos == "PRON" and words[at].lower in _PERSONAL for at in acting)


def _is_of_theirs(reading: Reading, clause: Clause) -> bool:
    """`his card was charged twice`, `gunmen had taken her goats`; not what became of `his party`."""
    tree = reading.tree
    for at in (clause.subject, *tree.children(clause.verb, "obj")):
        owner = None if at is None else tree.child(at, "nmod:poss")
        if owner is not None and tree.words[owner].lower in _POSSESSIVE:
            return tree.words[at or 0].lower not in _COLLECTIVE
    return False


def _may_be_told_of_speaker(reading: Reading, clause: Clause) -> bool:
    is_private = reading.speaks_privately and reading.is_reported(clause)
    return (
        _is_past(reading, clause)
        and is_private
        and not is_quoted(reading.tree, clause.verb)
        and not is_feeling(reading.tree, clause.verb)
    )
