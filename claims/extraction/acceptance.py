"""Which clauses are claims: one logistic model of named traits and the words' states, learnt from labelled articles.

`model/training/fit_acceptance.py` fits the weights. Figures and events are claims without being asked.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from claims.enums import ClaimKind
from claims.extraction.candidates import Traits
from claims.extraction.clauses import Clause, stands_alone
from claims.extraction.encoder import MODEL
from claims.extraction.names import BODY_WORDS, is_anonymous
from claims.extraction.people import PERSONAL
from claims.extraction.tone import is_comparison, is_feeling, is_speech, is_vague
from claims.extraction.words import word_set

if TYPE_CHECKING:
    from claims.extraction.readings import Reading

LEAST_ODDS = math.log(0.25 / 0.75)
_VAGUE_SUBJECTS = word_set(
    "this that these those there what who which something everything one nobody nothing everyone"
)
_HELPERS = (("perfect", word_set("has have 've ’ve")), ("future", word_set("will 'll ’ll wo")))
_MODALS = word_set("could can may might would must")
_SWEEPING = word_set("only first last never all every most")
_QUOTES = frozenset('“"«')
_LONGEST = 30


def is_accepted(traits: Traits) -> bool:
    weights = _weights()
    odds = weights["base"] + float(traits.state @ weights["state"])
    return odds + sum(weights["named"].get(name, 0.0) * value for name, value in traits.named.items()) >= LEAST_ODDS


@cache
def _weights() -> Mapping[str, Any]:
    weights: Mapping[str, Any] = json.loads((MODEL / "acceptance.json").read_text())
    return weights


def find_traits(reading: Reading, clause: Clause, kind: ClaimKind, words: list[int]) -> Traits:
    return Traits(_name_traits(reading, clause, kind, words), reading.state_of(words))


def _name_traits(reading: Reading, clause: Clause, kind: ClaimKind, words: list[int]) -> dict[str, float]:
    """What tells an assertion from scenery, opinion and half a clause: 1 each, or a measure."""
    subject, predicate = _subject_of(reading, clause), _predicate_of(reading, clause)
    speaker = _speaker(reading, clause)
    logit = reading.logit / 3
    named = [kind.value, f"subject {subject}", f"predicate {predicate}", f"speaker {speaker}"]
    named += [f"{kind.value}, {name}" for name in named[1:]]
    named += [f"tie {clause.mark or 'none'}", f"relation {reading.tree.words[clause.verb].dep}", _length(words)]
    named += [f"opens with {reading.tree.words[words[0]].upos}"]
    measures = {
        "length": min(len(words), _LONGEST) / 10,
        "share of sentence": len(words) / len(reading.tree.words),
        "figures": min(3, sum(q.end - 1 in clause.whole for q in reading.quantities)),
        "sentence": logit,
        f"{kind.value}, sentence": logit,
    }
    return dict.fromkeys([*named, *_flags(reading, clause, words)], 1.0) | measures


def _flags(reading: Reading, clause: Clause, words: list[int]) -> list[str]:
    tree = reading.tree
    text = reading.words_of(clause.words)
    verb, inside = tree.words[clause.verb], [tree.words[i] for i in words]
    flags = {
        "quoted": any(mark in _QUOTES for mark in reading.sentence),
        "negated": any(tree.words[kid].negates for kid in tree.kids[clause.verb]),
        "comparison": is_comparison(text),
        "vague": is_vague(text),
        "feeling": is_feeling(tree, clause.verb),
        "speech": is_speech(tree, clause.verb),
        "told": reading.is_told(clause),
        "leans on another": not stands_alone(clause, reading.clauses),
        "relative": clause.is_relative,
        "shared subject": clause.is_shared,
        "named": any(word.upos == "PROPN" for word in inside),
        "number": any(word.upos == "NUM" for word in inside),
        "dated": bool(reading.dates_in(clause)),
        "leads": verb.dep == "root" and clause.verb < 8,
        "object": tree.child(clause.verb, "obj") is not None,
        "superlative": any(word.xpos in ("JJS", "RBS") for word in inside),
        "sweeping": any(word.lower in _SWEEPING for word in inside),
    }
    return [name for name, is_so in flags.items() if is_so]


def _subject_of(reading: Reading, clause: Clause) -> str:
    if clause.subject is None:
        return "missing"
    subject = reading.tree.words[clause.subject]
    if subject.upos == "PRON" and not subject.is_acronym:
        return "vague" if subject.lower in _VAGUE_SUBJECTS else subject.lower.replace("she", "he")
    return "vague" if subject.lower in _VAGUE_SUBJECTS else "plural" if subject.xpos == "NNS" else subject.upos


def _predicate_of(reading: Reading, clause: Clause) -> str:
    tree, verb = reading.tree, reading.tree.words[clause.verb]
    helpers = {tree.words[kid].lower for kid in tree.children(clause.verb, "aux")}
    if tree.child(clause.verb, "cop") is not None:
        return f"is {verb.upos}"
    if tree.child(clause.verb, "aux:pass") is not None:
        return "passive"
    found = next((name for name, words in _HELPERS if helpers & words), "modal" if helpers & _MODALS else "")
    return found or verb.xpos


def _speaker(reading: Reading, clause: Clause) -> str:
    """What the sentence itself tells of who speaks: whether a clause is a claim does not depend on its neighbours."""
    attribution = reading.attribution
    if attribution is None or clause.verb not in attribution.content:
        return "none"
    name = attribution.claimant
    if attribution.is_pronoun:
        return "person" if name in PERSONAL else "body"
    if is_anonymous(name):
        return "anonymous"
    is_body = name[:1].islower() or any(word.lower() in BODY_WORDS for word in name.split())
    return "body" if is_body else "person"


def _length(words: list[int]) -> str:
    limits = ((3, "very short"), (4, "short"), (6, "brief"), (18, "middling"))
    return next((name for limit, name in limits if len(words) <= limit), "long")
