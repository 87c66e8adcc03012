"""The claim as a sentence that needs no context: who, what, where, as of when.

What the article resolves is put in its place; what it leaves open stands in square brackets with a question mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claims.extraction.clauses import Clause
from claims.extraction.headlines import helper_of, subject_of
from claims.extraction.tokens import squeeze
from claims.extraction.words import word_set

if TYPE_CHECKING:
    from claims.extraction.readings import Reading
    from claims.extraction.tree import Tree

_HE, _IT = word_set("he she him"), word_set("it")
_OWN = word_set("his her its their")
_THEY = word_set("they them")
_SPEAKERS = word_set("i we my our me us")
_PLACES = word_set("here there")
_TIES = word_set("when while because although though since after before until if as whereas")
_PRESENT = word_set("VBZ VBP")
_COMMAS = re.compile(r",(?:\s*,)+")
_OPEN = word_set("no nobody none neither only any anyone anybody every everyone each few those who")


class Referents(NamedTuple):
    """Whom the pronouns of a sentence mean, as far as the article tells before it."""

    person: str | None = None
    body: str | None = None


def state_alone(reading: Reading, clause: Clause, claimant: str | None, on: str) -> str:
    """`on` is the claim's date in EDTF, empty where it has none: told where the words themselves do not tell it."""
    tree = reading.tree
    if clause.is_relative and _is_open(reading, clause):
        return ""
    inserts = {day.span.end: f" [{day.edtf}]" for day in reading.dates if day.relative and day.edtf}
    figures = [(range(q.first, q.end), q.end - 1 in clause.whole) for q in reading.quantities]
    own = [words for words, is_own in figures if is_own]
    foreign = {i for words, is_own in figures if not is_own for i in words}
    foreign |= _compared(reading, clause)
    kept = {i for i in clause.words if i not in foreign and not _is_lead(tree, clause, i)}
    words = sorted(kept.union(_setting(tree, clause), *own))

    def say(index: int) -> str:
        word = tree.words[index]
        return (_resolve(reading, clause, index) or word.text) + inserts.get(word.end, "")

    text = _COMMAS.sub(",", squeeze(tree.join(words, say))).strip(' .,;:“”"')
    if clause.is_shared and clause.subject is not None and clause.subject not in words:
        subject = _resolve(reading, clause, clause.subject) or subject_of(reading, clause.subject)
        text = f"{subject} {helper_of(reading, clause)}{text}"
    if any(tree.words[i].lower in _SPEAKERS and not tree.words[i].is_acronym for i in words) and claimant:
        text = f"{claimant}: “{text}”"
    return f"{_capital(text)}{_as_of(reading, clause, words, on)}."


def _setting(tree: Tree, clause: Clause) -> set[int]:
    """`In some states, felons cannot vote`: what leads in, left out of the headline, says where or when it holds."""
    first = next(iter(clause.words), 0)
    leads = (kid for kid in tree.children(clause.verb, "obl") if kid < first and kid in clause.whole)
    return {i for kid in leads for i in range(tree.block(kid)[0], tree.block(kid)[1] + 1) if i < first}


def _compared(reading: Reading, clause: Clause) -> set[int]:
    """`…, compared with $4bn | a year ago`: what belongs to a comparison that the clause leaves out."""
    words = reading.tree.words
    ties = (i for i, word in enumerate(words) if word.lower in ("compared", "against") and words[i - 1].text == ",")
    tie = next((i for i in ties if i not in clause.words), len(words))
    end = next((i for i in range(tie, len(words)) if words[i].text == ","), len(words))
    return set(range(tie, end))


def _is_open(reading: Reading, clause: Clause) -> bool:
    """`Nobody who was vaccinated died`: of nobody in particular it cannot be said by itself."""
    words = reading.tree.words
    if clause.subject is None:
        return True
    below = {words[i].lower for i in (clause.subject, *reading.tree.kids[clause.subject])}
    return bool(below & _OPEN)


def _capital(text: str) -> str:
    place = 1 if text[:1] == "[" else 0
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]


def _is_lead(tree: Tree, clause: Clause, index: int) -> bool:
    """`when`, `because`: what ties the clause to a sentence that is not there."""
    word = tree.words[index]
    is_measured = index > 0 and tree.words[index - 1].upos == "NOUN"  # `three days after the vote`
    return (
        index < clause.verb
        and not is_measured
        and word.head == clause.verb
        and word.lower in _TIES
        and word.upos in ("SCONJ", "ADV")
    )


def _as_of(reading: Reading, clause: Clause, words: list[int], on: str) -> str:
    """The claim's date where its words leave it out; a present without one is as of the day of publication."""
    is_dated = any(reading.tree.within(day.span)[0] in words for day in reading.dates)
    if on and not is_dated:
        return f" [{on}]"
    published_on = reading.published_on
    tags = {reading.tree.words[i].xpos for i in clause.words}
    is_present = bool(tags & _PRESENT) and not tags & {"VBD", "MD"}
    return f" [as of {published_on}]" if is_present and published_on and not is_dated else ""


def _resolve(reading: Reading, clause: Clause, index: int) -> str | None:
    """What stands in a word's place; None where it stays."""
    word = reading.tree.words[index]
    referents = reading.referents
    if word.lower in _PLACES and word.dep == "advmod":
        return f"[{word.text}?]"
    if word.upos != "PRON" or word.is_acronym:
        return None
    owned = "’s" if word.xpos == "PRP$" else ""
    if owned and _has_owner(reading, clause, index):
        return None
    if word.lower in _HE or word.lower in ("his", "her"):
        return f"{referents.person}{owned}" if referents.person else f"[{word.text}?]"
    if word.lower in _IT and word.dep == "nsubj" and not _is_empty(reading, index):
        is_quoted = any(mark in reading.sentence for mark in '“"')
        return (None if is_quoted else referents.body) or f"[{word.text}?]"
    if word.lower in _THEY or word.lower in _OWN:
        return f"[{word.text}?]"
    return None


def _is_empty(reading: Reading, index: int) -> bool:
    """`It is raining`, `it is expected that`."""
    verb = reading.tree.words[index].head
    return verb >= 0 and any(True for _ in reading.tree.children(verb, "ccomp", "csubj", "cop"))


def _has_owner(reading: Reading, clause: Clause, index: int) -> bool:
    """`The army announced the end of its role`: the owner stands in the same clause."""
    return clause.subject is not None and clause.subject < index and reading.tree.words[clause.subject].upos != "PRON"
