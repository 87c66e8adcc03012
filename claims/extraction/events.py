"""Dated events: date + event noun phrase, the verb turned into a noun where one exists."""

from itertools import pairwise, takewhile
from typing import NamedTuple

from claims.extraction.dates import DateExpression
from claims.extraction.happenings import happened, is_disaster, only_occurs
from claims.extraction.nominals import (
    AGENTLESS,
    ANNOUNCING,
    EVENT_NOUNS,
    SCHEDULED,
    find_idiom,
    has_particle,
    nominalise,
    past_of,
)
from claims.extraction.time_phrases import find_tie
from claims.extraction.tokens import Span, squeeze
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_DROPPED = frozenset({"det", "punct", "discourse", "parataxis", "appos", "cc:preconj"})
_OWN_PREPOSITIONS = word_set("from to into against for")
_PLACES = word_set(
    "in at across near within outside inside around throughout along under during since after before by",
)
_OPEN_ENDED = word_set("since until till from by after before")
_DUE = word_set("due scheduled planned")
_LIGHT_VERBS = word_set("held made gave conducted carried paid underwent had")  # their object is what happened
_HITTING = word_set("struck hit shook rocked jolted rattled battered lashed")
_TELLING = word_set("announced disclosed found reported confirmed acknowledged revealed predicted estimated claimed")
_RESOLVING = word_set("voted agreed decided promised pledged vowed threatened offered")
_CONTESTS = word_set(
    "election vote ballot race contest case match game final war battle seat seats referendum poll appeal"
)
_PARTICLES = word_set("away down off out over up back")
_NEARLY = word_set("shortly just soon moments minutes")
_ENDS = frozenset(",;:—–")
_MAX_WORDS = 9


class Event(NamedTuple):
    """`span` covers the date and the words of the event; `verb` is the word whose happening it is."""

    headline: str
    span: Span
    verb: int
    is_due: bool = False


class _Phrase(NamedTuple):
    text: str
    words: list[int]
    verb: int


def find_event(tree: Tree, day: DateExpression) -> Event | None:
    """The event that the expression dates; None where it dates a state, what is yet to come, or nothing."""
    first, end = tree.within(day.span)
    if first == end:
        return None
    taken = range(first, end)
    head = next((i for i in taken if tree.words[i].head not in taken), first)
    tie = find_tie(tree, first)
    main = _dated(tree, head, taken) if tie is None else _named_after(tree, tie, taken)
    phrase = main if main and _is_own(tree, head, main.verb) else _dated_by_clause(tree, taken) or main
    if not phrase or not phrase.text:
        return None
    used = [*phrase.words, first, end - 1]
    span = Span(min(day.start, *(tree.words[i].start for i in used)), max(day.end, *(tree.words[i].end for i in used)))
    headline = squeeze(f"{tree.text[day.start : day.end]} {phrase.text}")
    return Event(headline, span, phrase.verb, tree.words[phrase.verb].lower in SCHEDULED)


def find_entry(tree: Tree, label: str) -> Event | None:
    """What the entry of a timeline tells first, often in the present: `Police charge Brannock`."""
    root = next((i for i, word in enumerate(tree.words) if word.head < 0), 0)
    phrase = _of_verb(tree, root, range(0), is_present=True) if tree.words else None
    if not phrase or not phrase.text:
        return None
    span = Span(min(tree.words[i].start for i in phrase.words), max(tree.words[i].end for i in phrase.words))
    return Event(squeeze(f"{label} {phrase.text}"), span, phrase.verb)


def _is_own(tree: Tree, head: int, verb: int) -> bool:
    """`was found in May, when …`: the date stands behind the verb that it hangs on."""
    return tree.words[head].head == verb < head and tree.words[verb].upos == "VERB"


def _dated_by_clause(tree: Tree, taken: range) -> _Phrase | None:
    """`December 2021, when the army announced …`: the parse hangs that clause on the date, or the other way round."""
    words = tree.words
    after = taken.stop + (taken.stop < len(words) and words[taken.stop].text == ",")
    if after >= len(words) or words[after].lower != "when":
        return None
    verb = words[after].head
    if verb <= after or words[verb].upos not in ("VERB", "NOUN", "ADJ", "AUX"):
        return None
    return _of_verb(tree, verb, taken)


def _dated(tree: Tree, head: int, taken: range) -> _Phrase | None:
    words = tree.words
    at = words[head].head
    if at < 0:
        return None
    before = words[taken.start - 1].lower if taken.start else ""
    is_near = taken.start > 1 and words[taken.start - 2].lower in _NEARLY  # `shortly after 2 a.m.`
    if taken.stop - 1 < at and words[at].upos in ("NOUN", "PROPN") and not _names_event(tree, at):
        return None  # `the January proposals`
    while _is_noun_or_hour(tree, at) and words[at].head >= 0 and not _names_event(tree, at):
        if tree.child(at, "cop") is not None:
            break
        at = words[at].head
    if words[at].lower in _DUE:
        return None  # `A vote is due next spring` is told as what is to come
    if words[at].upos in ("NOUN", "PROPN") and tree.child(at, "cop") is None:
        named = _of_noun(tree, at, taken)
        if named or words[at].dep != "obj" or words[words[at].head].upos != "VERB":
            return named
        at = words[at].head  # `proposed the change in May`
    if (before in _OPEN_ENDED and not is_near) or (taken.stop < len(words) and words[taken.stop].xpos == "POS"):
        return None
    if words[at].dep == "xcomp" and words[at].head >= 0:
        at = words[at].head
    nearer = [kid for kid in tree.children(at, "conj") if words[kid].upos == "VERB" and at < kid < taken.start]
    at = nearer[-1] if nearer and words[at].upos == "VERB" else at
    return _of_verb(tree, at, taken)


def _is_noun_or_hour(tree: Tree, index: int) -> bool:
    """`4.12` of `at 4.12 am on August 14th` is what the parse may hang the day on."""
    after = {word.lower.replace(".", "") for word in tree.words[index + 1 : index + 4]}
    word = tree.words[index]
    return word.upos in ("NOUN", "PROPN") or (word.upos == "NUM" and bool(after & {"am", "pm"}))


def _named_after(tree: Tree, tie: int, taken: range) -> _Phrase | None:
    """`He led the guard until his | arrest | in May`: the date is that of what the phrase names."""
    named = next((i for i in range(tie + 1, taken.start) if _names_event(tree, i)), None)
    return None if named is None else _of_noun(tree, named, taken)


def _bare(tree: Tree, noun: int, taken: range) -> _Phrase | None:
    """The noun alone is what happened."""
    words = _noun_words(tree, noun, taken)
    return _Phrase(_say(tree, words), words, tree.words[noun].head) if tree.words[noun].upos == "NOUN" else None


def _names_event(tree: Tree, index: int) -> bool:
    return tree.words[index].lower in EVENT_NOUNS


def _say(tree: Tree, words: list[int]) -> str:
    """The words; one that is written large only because it opens the sentence is written small."""
    text = tree.join(words)
    first = tree.words[words[0]] if words else None
    opens = first is not None and not any(word.is_word for word in tree.words[: words[0]])
    is_title = len(words) > 1 and tree.words[words[1]].is_capitalised  # `Prime Minister Kos`
    is_name = first is None or first.upos == "PROPN" or not first.text[1:].islower() or is_title
    return text[:1].lower() + text[1:] if opens and not is_name else text


def _of_noun(tree: Tree, noun: int, taken: range) -> _Phrase | None:
    """`the March 2022 invasion of Ostrava`, `the election in May`."""
    if not _names_event(tree, noun):
        return None
    words = _noun_words(tree, noun, taken)
    text = _say(tree, words)
    owner = tree.child(noun, "nmod:poss")
    is_owned = owner is not None and tree.words[owner].upos == "PRON"
    return _Phrase(text, words, noun) if " " in text or is_owned or tree.words[noun].upos == "PROPN" else None


def _of_verb(tree: Tree, verb: int, taken: range, *, is_present: bool = False) -> _Phrase | None:
    words = tree.words
    past = past_of(words[verb].lower) if is_present and words[verb].xpos in ("VBZ", "VBP") else words[verb].lower
    obj = tree.child(verb, "obj")
    if obj is None and words[verb].lower in _TELLING and tree.child(verb, "nsubj:pass", "xcomp") is None:
        return None  # when it was told
    leads = obj is not None and _names_event(tree, obj)  # `held talks`, `announced the end of its role`
    is_light = leads and words[verb].lower in _LIGHT_VERBS
    if words[verb].upos != "VERB" or not happened(tree, verb, past, is_light):
        return None
    if obj is not None and leads and (is_light or words[verb].lower in ANNOUNCING):
        kept = _noun_words(tree, obj, taken)
        return _Phrase(_say(tree, kept), [*kept, verb], verb)
    if only_occurs(tree, verb):
        subject = _meant(tree, tree.child(verb, "nsubj"))
        return None if subject is None else _bare(tree, subject, taken)
    if obj is not None and words[verb].lower in _HITTING and is_disaster(tree, verb):
        return _struck(tree, verb, obj, taken)
    idiom = find_idiom([past, *(word.lower for word in words[verb + 1 : verb + 3])])
    if idiom:
        alone = _with_own(tree, idiom, verb, taken) or _Phrase(idiom, [verb], verb)
        return alone if idiom in AGENTLESS else _with_subject(tree, idiom, verb, taken)
    noun, preposition = nominalise(past, words[verb].xpos, _particle_of(tree, verb))
    return _turned(tree, verb, noun, preposition, taken) if noun else None


def _particle_of(tree: Tree, verb: int) -> str:
    """`out` of `walked out`, whatever the parse calls it."""
    particle = tree.child(verb, "compound:prt")
    if particle is not None:
        return tree.words[particle].lower
    after = tree.words[verb + 1] if verb + 1 < len(tree.words) else None
    if after is None:
        return ""
    is_loose = after.lower in _PARTICLES and after.head == verb and after.dep == "advmod"
    return after.lower if is_loose or has_particle(tree.words[verb].lower, after.lower) else ""


def _turned(tree: Tree, verb: int, noun: str, preposition: str, taken: range) -> _Phrase | None:
    """The noun of the verb with what it happened to."""
    words = tree.words
    passive = _meant(tree, _passive_subject_of(tree, verb))
    content = tree.child(verb, "ccomp")
    if passive is not None and content is not None and content > verb:
        return _with_content(tree, noun, verb, taken)
    described = words[verb].head if words[verb].rel == "acl" else tree.described_by(verb)
    obj = _meant(tree, tree.child(verb, "obj"))
    if words[verb].lower == "won" and obj is not None and words[obj].lower not in _CONTESTS:
        noun, preposition = "winning", "of"
    undergoes = described if passive is None else passive
    if obj is not None and passive is not None:  # `It was awarded the licence`
        undergoes = None
    if undergoes is not None:
        return _with(tree, noun, "of", undergoes, verb, taken)
    if obj is not None:
        return _with(tree, noun, preposition or "of", obj, verb, taken)
    return (
        _with_content(tree, noun, verb, taken)
        or _with_own(tree, noun, verb, taken)
        or _with_subject(tree, noun, verb, taken)
    )


def _struck(tree: Tree, verb: int, obj: int, taken: range) -> _Phrase | None:
    """`A strong earthquake shook the coast`: `strong earthquake on coast`."""
    subject = tree.child(verb, "nsubj") or 0
    kept, place = _noun_words(tree, subject, taken), _noun_words(tree, obj, taken)
    tie = "on" if tree.words[obj].lower in ("coast", "island", "islands") else "in"
    return _Phrase(f"{_say(tree, kept)} {tie} {_say(tree, place)}", [*kept, verb, *place], verb) if place else None


def _with(tree: Tree, noun: str, preposition: str, index: int, verb: int, taken: range) -> _Phrase | None:
    if tree.words[index].upos == "PRON" and tree.words[verb].dep == "advcl":
        index = tree.child(tree.words[verb].head, "nsubj") or index
    if tree.words[index].upos == "PRON":  # `dismissed her`: the noun alone, if the verb has one
        return _Phrase(noun, [verb], verb) if noun in EVENT_NOUNS else None
    kept = _noun_words(tree, index, taken)
    text = _say(tree, kept)
    return _Phrase(f"{noun} {preposition} {text}", [*kept, verb], verb) if text else None


def _with_content(tree: Tree, noun: str, verb: int, taken: range) -> _Phrase | None:
    """`agreed to form a commission`, `ruled that …`."""
    kid = tree.child(verb, "xcomp", "ccomp") or _purpose_of(tree, verb)
    if kid is None or kid < verb:
        return None
    inside = takewhile(lambda i: tree.words[i].text not in _ENDS, (i for i in tree.descend(kid) if i not in taken))
    kept = [i for i in inside if not _is_determiner(tree, i)][: _MAX_WORDS + 3]
    kept = _trim(tree, kept)
    is_gerund = bool(kept) and tree.words[kept[0]].xpos == "VBG" and tree.words[kid].dep == "xcomp"  # `began flying`
    return _Phrase(f"{noun}{' of' if is_gerund else ''} {_say(tree, kept)}", [verb, *kept], verb) if kept else None


def _purpose_of(tree: Tree, verb: int) -> int | None:
    """`voted in May to wind it up`, which the parse may take for a side clause."""
    if tree.words[verb].lower not in _RESOLVING:
        return None
    kids = tree.children(verb, "advcl")
    return next((kid for kid in kids if any(tree.words[m].lower == "to" for m in tree.children(kid, "mark"))), None)


def _with_own(tree: Tree, noun: str, verb: int, taken: range) -> _Phrase | None:
    """`withdrew from the grain deal`."""
    for kid in tree.children(verb, "obl"):
        cases = [tree.words[case].lower for case in tree.children(kid, "case")]
        if cases == ["out", "of"]:  # `walked out of talks`
            cases = ["from"]
        is_count = tree.words[kid].lower in ("time", "times")  # `for the second time`
        if cases and cases[0] in _OWN_PREPOSITIONS and kid not in taken and not is_count:
            kept = _noun_words(tree, kid, taken) if tree.child(kid, "nummod") is None else []
            if kept and tree.words[kid].upos != "PRON":
                return _Phrase(f"{noun} {cases[0]} {_say(tree, kept)}", [verb, *kept], verb)
    return None


def _with_subject(tree: Tree, noun: str, verb: int, taken: range) -> _Phrase | None:
    if tree.child(verb, "nsubj") is None and tree.words[verb].dep == "conj":  # `…, resigned in 2019`
        return _Phrase(noun, [verb], verb)
    subject = _meant(tree, _subject_of(tree, verb))
    return None if subject is None else _with(tree, noun, "of", subject, verb, taken)


def _subject_of(tree: Tree, verb: int) -> int | None:
    """The verb's own subject, or that of the verb it is joined to (`opened in May and closed in June`)."""
    subject = tree.child(verb, "nsubj")
    head = tree.words[verb].head
    return tree.child(head, "nsubj") if subject is None and tree.words[verb].dep == "conj" and head >= 0 else subject


def _passive_subject_of(tree: Tree, verb: int) -> int | None:
    """As `_subject_of` for a participle without an object of its own (`was passed and repealed`)."""
    subject = tree.child(verb, "nsubj:pass")
    if subject is not None and tree.child(verb, "aux") is not None and tree.child(verb, "aux:pass") is None:
        return None  # `had withdrawn`, which the parse takes for a passive
    head = tree.words[verb].head
    is_shared = subject is None and tree.words[verb].dep == "conj" and head >= 0 and tree.child(verb, "obj") is None
    return tree.child(head, "nsubj:pass") if is_shared else subject


def _meant(tree: Tree, index: int | None) -> int | None:
    """The noun that `who` or `which` stands for; any other word itself."""
    if index is None or tree.words[index].lower not in ("who", "which", "that"):
        return index
    verb = tree.words[index].head
    return tree.words[verb].head if verb >= 0 and tree.words[verb].head >= 0 else None


def _noun_words(tree: Tree, noun: int, taken: range) -> list[int]:
    """The phrase of a noun as a headline has it: no determiners, possessives, side remarks, mere places, dates."""
    words = tree.words
    cut = {kid for at in tree.descend(noun) for kid in tree.kids[at] if _is_cut(tree, at, kid, noun, taken)}
    block = [i for i in tree.descend(noun, cut) if i not in taken]
    if words[noun].dep in ("nmod", "obl"):
        cases = set(tree.children(noun, "case"))
        block = [i for i in block if i not in cases]
    near = [i for i in block if _connected(block, i, noun)]
    return _trim(tree, [i for i in near if not _is_determiner(tree, i)][:_MAX_WORDS])


def _connected(block: list[int], index: int, noun: int) -> bool:
    """No gap of more than three words between here and the noun."""
    between = [i for i in block if min(index, noun) <= i <= max(index, noun)]
    return all(b - a <= 4 for a, b in pairwise(between))


def _is_cut(tree: Tree, at: int, kid: int, noun: int, taken: range) -> bool:
    words = tree.words
    word = words[kid]
    first = tree.descend(kid)[0]
    if kid > at and words[max(first - 1, 0)].text == "," and word.dep != "conj":
        return True
    if kid in taken or word.dep in _DROPPED or word.dep in ("acl", "advcl", "nsubj", "cop"):
        return True
    if word.rel == "nmod:poss":
        return word.upos == "PRON" or at == noun
    if word.dep in ("nmod", "obl") and kid > at:
        case = tree.child(kid, "case")
        if any(i in taken for i in tree.descend(kid)):
            return True
        nested = at != noun and not _is_named(tree, at)
        return nested or (case is not None and words[case].lower in _PLACES)
    return word.dep == "conj" and kid - at > 6


def _is_named(tree: Tree, index: int) -> bool:
    """`Bank of England` is one name."""
    return tree.words[index].upos == "PROPN"


def _is_determiner(tree: Tree, index: int) -> bool:
    word = tree.words[index]
    return (word.upos == "DET" and not word.is_acronym and word.lower not in ("all", "no")) or word.xpos == "PRP$"


def _trim(tree: Tree, kept: list[int]) -> list[int]:
    while kept and (
        tree.words[kept[-1]].upos in ("ADP", "PUNCT", "CCONJ", "DET", "SCONJ") or tree.words[kept[-1]].xpos == "POS"
    ):
        kept = kept[:-1]
    while kept and tree.words[kept[0]].upos in ("ADP", "PUNCT", "CCONJ", "SCONJ"):
        kept = kept[1:]
    return kept
