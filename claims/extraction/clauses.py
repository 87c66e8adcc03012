"""The assertions of a sentence: each finite verb with what belongs to it, without side remarks."""

from collections.abc import Container
from typing import NamedTuple

from claims.extraction.calendar import MONTHS, WEEKDAYS
from claims.extraction.tokens import Token
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_HEADS = frozenset({"root", "ccomp", "parataxis", "conj", "advcl", "acl", "csubj", "dep", "xcomp", "appos"})
_KEPT_MARKS = word_set("because as so if unless whether until before than where once whenever")
_CONDITIONS = word_set(
    "if unless whether until once when before after because that as than lest why how where so since whenever",
    "till",
)
_QUESTIONS = word_set("whether if when why how where what who")
_TIMES = word_set("when while as after before since")
_TIES = _TIMES | _CONDITIONS
_DROPPED_MARKS = _TIES | word_set("that although though whereas whether once")
_OPENERS = word_set(
    "however meanwhile moreover furthermore still also but and so yet then therefore instead indeed besides",
    "nevertheless separately elsewhere overall additionally finally today yesterday now",
)
_RELATIVES = word_set("who which that whom whose where when")
_SOURCE_PREPOSITIONS = word_set("under in for at with across on besides like")
_MIN_WORDS = 3


class Clause(NamedTuple):
    """`words` are those of the shortest form, in order of place; `whole` all that hangs on the verb.

    `subject` is the noun that does it, also where the clause itself leaves it out (`and closed the port`, `who fled`).
    """

    verb: int
    words: list[int]
    whole: frozenset[int]
    subject: int | None
    mark: str
    is_relative: bool
    is_shared: bool

    @property
    def is_condition(self) -> bool:
        return self.mark in _CONDITIONS


def find_clauses(tree: Tree, outside: Container[int]) -> list[Clause]:
    """In order of their verbs; words in `outside` (who says it) belong to none."""
    verbs = [i for i in range(len(tree.words)) if i not in outside and _is_finite(tree, i)]
    known = frozenset(verbs)
    return [_make(tree, verb, known, outside) for verb in verbs]


def _is_finite(tree: Tree, index: int) -> bool:
    """A verb, or a noun or adjective with a copula, that has a tense of its own."""
    word = tree.words[index]
    if word.dep not in _HEADS:
        return False
    if any(tree.words[kid].xpos == "MD" for kid in tree.children(index, "aux")):
        return True
    if tree.child(index, "cop") is not None:
        return not _is_infinitive(tree, index) or _is_to_come(tree, index)
    if word.upos not in ("VERB", "AUX") and tree.child(index, "aux:pass") is None:
        return False
    has_auxiliary = any(tree.words[kid].has_tense for kid in tree.children(index, "aux"))
    if word.has_tense or has_auxiliary:
        return True
    return word.dep in ("root", "ccomp", "parataxis") and tree.child(index, "nsubj") is not None


def _is_to_come(tree: Tree, index: int) -> bool:
    """`The ground is to have 21,000 seats`"""
    be = tree.child(index, "cop") or 0
    return tree.words[be].has_tense and be + 1 < len(tree.words) and tree.words[be + 1].lower == "to"


def _is_infinitive(tree: Tree, index: int) -> bool:
    marks = (tree.words[kid].lower for kid in tree.children(index, "mark"))
    return "to" in marks


def _make(tree: Tree, verb: int, verbs: frozenset[int], outside: Container[int]) -> Clause:
    words = tree.words
    mark = _mark_of(tree, verb)
    opener = tree.child(verb, "nsubj")
    is_content = tree.child(verb, "mark") is not None  # `said in a statement that …`
    is_relative = (words[verb].dep == "acl" and not is_content) or (
        opener is not None and words[opener].lower in ("who", "which")
    )
    whole = frozenset(_own_words(tree, verb, verbs, outside))
    kept = [i for i in _beside_colon(tree, verb, sorted(whole)) if not _is_lead(tree, verb, i)]
    subject = tree.child(verb, "nsubj", "csubj")
    is_shared = subject is None
    if is_shared:
        subject = _shared_subject(tree, verb)
    elif is_relative and subject is not None and words[subject].lower in _RELATIVES:
        subject, is_shared = words[verb].head if words[verb].head >= 0 else None, True
        kept = [i for i in kept if not (i < verb and words[i].lower in _RELATIVES)]
    return Clause(verb, _unbroken(tree, kept), whole, subject, mark, is_relative, is_shared)


def _mark_of(tree: Tree, verb: int) -> str:
    """The word that ties the clause to its sentence: `because`, `if`, `that` …"""
    if tree.words[verb].dep not in ("advcl", "ccomp", "acl", "conj", "parataxis"):
        return ""
    ties = [tree.words[kid] for kid in tree.children(verb, "mark", "advmod") if kid < verb]
    is_joined = tree.words[verb].dep == "conj"  # `has since swept`
    found = [tie.lower for tie in ties if tie.dep == "mark" or (not is_joined and tie.lower in _TIES)]
    tie = next((tie for tie in found if tie == "whether"), next(iter(found), ""))  # `a record of whether`
    return "" if tie == "that" or (tie and tree.words[verb].dep == "ccomp" and tie not in _QUESTIONS) else tie


def _own_words(tree: Tree, verb: int, verbs: frozenset[int], outside: Container[int]) -> list[int]:
    """What hangs on the verb, without what is told elsewhere or said by others; no word is looked at twice."""
    own, waiting = [], [verb]
    while waiting:
        at = waiting.pop()
        own.append(at)
        waiting.extend(kid for kid in tree.kids[at] if kid not in outside and not _is_cut(tree, at, kid, verbs))
    return own


def _beside_colon(tree: Tree, verb: int, own: list[int]) -> list[int]:
    """`The study had a flaw: | patients chose their treatment`: the verb's side of a colon, and a date before it."""
    if ":" not in tree.text:
        return own
    colons = [i for i, word in enumerate(tree.words) if word.text == ":" and _is_spaced(tree, i)]
    leads = (i for i in colons if i < verb and not any(_is_figure_or_day(word) for word in tree.words[:i]))
    first = max(leads, default=-1)
    end = next((i for i in colons if i > verb), len(tree.words))
    return [i for i in own if first < i < end]


def _is_spaced(tree: Tree, index: int) -> bool:
    """`weakness: patients`, but not `19:30`."""
    return index + 1 < len(tree.words) and tree.words[index].end < tree.words[index + 1].start


def _is_cut(tree: Tree, at: int, kid: int, verbs: frozenset[int]) -> bool:
    word = tree.words[kid]
    if kid in verbs:
        if not _belongs(tree, at, kid):
            return True
    elif word.dep in ("parataxis", "discourse", "vocative"):
        return True
    may_be_aside = word.dep in ("advcl", "acl", "appos") and _may_be_aside(tree, at, kid)
    return may_be_aside and tree.words[_first(tree, kid) - 1].text in ",—–-("


def _may_be_aside(tree: Tree, at: int, kid: int) -> bool:
    if _mark_of(tree, kid) == "because":
        return False
    return kid > at or tree.described_by(kid) is not None


def _belongs(tree: Tree, at: int, kid: int) -> bool:
    """Does the finite clause of `kid` complete what it hangs on?"""
    word = tree.words[kid]
    if word.dep in ("ccomp", "xcomp", "csubj") or (kid > at and follows_from(tree, kid)):
        return True
    if word.dep == "conj":
        return _is_coordinated(tree, at, kid)
    if word.dep == "acl":
        return tree.words[_first(tree, kid) - 1].text not in ",—–("
    if word.dep in ("advcl", "parataxis"):
        return _mark_of(tree, kid) in _KEPT_MARKS
    return False


def follows_from(tree: Tree, verb: int) -> bool:
    """`Nobody checked the gate, | so it rusted`: told with its cause."""
    if ", so " not in tree.text:
        return False
    ties = (kid for kid in tree.children(verb, "advmod", "cc", "mark") if kid < verb)
    return tree.child(verb, "nsubj") is not None and any(
        tree.words[tie].lower == "so" and tree.words[tie - 1].text == "," for tie in ties if tie
    )


def _is_coordinated(tree: Tree, at: int, kid: int) -> bool:
    """`accepted the conclusions and hired a guard`: one clause of two verbs, unless one has a figure or a date."""
    if tree.child(kid, "nsubj") is not None or tree.words[at].upos != "VERB":
        return False
    return not any(_is_figure_or_day(tree.words[i]) for i in tree.descend(at))


def _is_figure_or_day(word: Token) -> bool:
    is_day = word.is_capitalised and (word.lower in WEEKDAYS or word.lower in MONTHS)
    return word.upos == "NUM" or word.text[0].isdigit() or is_day


def _first(tree: Tree, index: int) -> int:
    """The first word of what hangs on it, marks apart; at least 1, so that one stands before it."""
    return max(1, next(i for i in tree.descend(index) if i == index or tree.words[i].upos != "PUNCT"))


def _is_lead(tree: Tree, verb: int, index: int) -> bool:
    """`But`, `However,`, `that`: what leads into the clause."""
    word = tree.words[index]
    if index >= verb:
        return False
    is_tie = (word.dep == "cc" and word.lower not in ("neither", "either", "both", "nor")) or (
        word.dep == "mark" and word.lower in _DROPPED_MARKS
    )
    if is_tie and word.head == verb:
        return True
    if word.lower in ("when", "where") and word.head == verb and tree.words[verb].dep in ("advcl", "acl"):
        return True
    if word.dep in ("advmod", "case", "det") and word.head == verb and word.lower in _OPENERS:
        return _opens(tree, verb, index)
    return _is_source(tree, verb, index)


def _is_source(tree: Tree, verb: int, index: int) -> bool:
    """`Under the Shipping Act, …`: the clause says the same without it; a date it does not."""
    words = tree.words
    at = index
    while at >= 0 and words[at].head != verb:
        at = words[at].head
    if at < 0 or words[at].dep != "obl" or not _opens(tree, verb, index):
        return False
    case = tree.child(at, "case")
    inside = tree.descend(at)
    is_named = case is not None and words[case].lower in _SOURCE_PREPOSITIONS
    has_comma = inside[-1] + 1 < verb and "," in (words[inside[-1]].text, words[inside[-1] + 1].text)
    has_date = any(words[i].text[0].isdigit() for i in inside)
    return is_named and has_comma and (not has_date or words[case or 0].lower == "under")


def _opens(tree: Tree, verb: int, index: int) -> bool:
    subject = tree.child(verb, "nsubj")
    return subject is None or index < subject


def _unbroken(tree: Tree, kept: list[int]) -> list[int]:
    """From the first word to the last, without marks at the ends."""
    inside = set(kept)
    kept = [i for i in kept if tree.words[i].text != "," or (i - 1 in inside and i + 1 in inside)]
    while kept and tree.words[kept[0]].upos == "PUNCT":
        kept = kept[1:]
    while kept and tree.words[kept[-1]].upos == "PUNCT":
        kept = kept[:-1]
    return kept


def _shared_subject(tree: Tree, verb: int) -> int | None:
    """The subject of the verb that this one is joined to; what a relative clause is about."""
    words, at = tree.words, verb
    while words[at].dep == "conj" and words[at].head >= 0:
        at = words[at].head
        subject = tree.child(at, "nsubj")
        if subject is not None:
            return subject if words[subject].lower not in _RELATIVES else words[at].head
    if words[at].rel == "acl:relcl" and words[at].head >= 0:
        return words[at].head
    return None


def stands_alone(clause: Clause, clauses: list[Clause]) -> bool:
    """Does it assert something by itself, and is it no part of another clause?"""
    if len(clause.words) < _MIN_WORDS or clause.subject is None or clause.is_relative or clause.is_condition:
        return False
    return not any(clause.verb in other.whole for other in clauses if other.verb != clause.verb)


def clause_of(clauses: list[Clause], index: int) -> Clause | None:
    """The clause that holds the word; the innermost where two do."""
    holding = [clause for clause in clauses if index in clause.whole]
    return min(holding, key=lambda clause: len(clause.whole), default=None)


def whole_clause(tree: Tree, index: int, outside: Container[int]) -> Clause:
    """All that is said in the sentence, as if it were one clause."""
    words = [i for i in range(len(tree.words)) if i not in outside]
    return Clause(index, words, frozenset(words), None, "", False, False)
