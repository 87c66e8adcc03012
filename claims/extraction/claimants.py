"""Who says it: `according to the Pentagon`, `officials said`, `Maria Keller, the mayor, told reporters that`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from claims.extraction.calendar import MONTHS
from claims.extraction.contents import end_of_aside, ends_clause, start_of_content
from claims.extraction.nameless import describe
from claims.extraction.names import apposed_name, is_document, name_of, person_after_office
from claims.extraction.people import EITHER
from claims.extraction.quotes import ENDS, closes_quote, is_quoted
from claims.extraction.sources import end_of_opening, length_of_source, noun_after
from claims.extraction.speakers import head_after, speaker_before, start_of_speaker
from claims.extraction.tree import Tree
from claims.extraction.verbs import BLAMING, EXPECTING, FINDING, LATE_ONLY, REFUSING, SAYING, TELLING
from claims.extraction.words import word_set

_HOLDING = EXPECTING | BLAMING
_STATING = SAYING | _HOLDING
_WEAK_SPEAKERS = word_set("i we you who which that this what nobody everyone there one")
_PUTTING = frozenset(("put", "puts"))
_RELATIVES = frozenset(("who", "which"))
_NOBODY = word_set("people side sides some many others")
_FIRST_CONTENT, _LONGEST_TAIL = 2, 14
_RESULTS = word_set("loss losses profit profits revenue revenues sales earnings income results turnover")
_TIES = word_set("when where who which whose that because while although though after before since if as but and")
_AGED = re.compile(r"\d+-year-old\b")


class Attribution(NamedTuple):
    """Word indexes: `outside` is the saying, `content` what was said. `claimant` is as the sentence has it."""

    claimant: str
    outside: frozenset[int]
    content: frozenset[int]
    is_pronoun: bool


def find_attribution(tree: Tree) -> Attribution | None:
    found = list(_sayings(tree))
    said = next((one for one in found if one.outside), None)
    return _according_to(tree) or said or _trailing(tree) or next(iter(found), None) or _relative(tree)


def _trailing(tree: Tree) -> Attribution | None:
    """`…, the Battery Forum projects.`: told by the marks and words alone, for where the parse is lost."""
    words = tree.words
    end = len(words)
    while end and words[end - 1].upos == "PUNCT":
        end -= 1
    for verb in range(end - 1, max(1, end - _LONGEST_TAIL), -1):
        is_last = not any(word.has_tense or word.xpos == "MD" for word in words[verb + 1 : end])
        if is_last and words[verb].lower in SAYING and ends_clause(tree, verb) and not is_quoted(tree, verb):
            return _speaker_after_comma(tree, verb, end)
    return None


def _speaker_after_comma(tree: Tree, verb: int, end: int) -> Attribution | None:
    words = tree.words
    before = [i for i in range(verb) if words[i].text in ENDS]
    comma = before[-1] if before else -1
    if comma == verb - 1:  # `the treasurer, Conrad Iveson, warned`
        comma = before[-3] if len(before) > 2 else -1
    nouns = [
        i for i in range(comma + 1, verb) if words[i].upos in ("NOUN", "PROPN", "PRON") and words[i - 1].text != "("
    ]
    if nouns and words[nouns[-1]].lower in MONTHS:  # `against its July forecast`
        return None
    has_verb = any(words[i].has_tense for i in range(comma + 1, verb))
    is_tied = comma >= 0 and words[comma + 1].lower in _TIES
    if comma < _FIRST_CONTENT or not nouns or has_verb or is_tied or verb - comma > _LONGEST_TAIL:
        return None
    is_described = words[nouns[0]].upos == "NOUN" and words[nouns[0] + 1].upos in ("ADP", "ADJ")
    return _attribute(tree, nouns[0 if is_described else -1], range(comma, end), None, verb)


def _sayings(tree: Tree) -> Iterator[Attribution]:
    for verb, word in enumerate(tree.words):
        is_saying = (word.lower in _STATING or _points_out(tree, verb)) and _may_say(tree, verb)
        if (is_saying or _is_aside(tree, verb)) and not is_quoted(tree, verb):
            found = _participle(tree, verb) if word.xpos == "VBG" else _inverted(tree, verb) or _saying(tree, verb)
            if found:
                yield found


def _points_out(tree: Tree, verb: int) -> bool:
    words = tree.words[verb : verb + 2]
    return words[0].lower == "points" and len(words) > 1 and words[1].lower == "out"


def _is_aside(tree: Tree, verb: int) -> bool:
    """`Demand will quadruple, the Forum projects.`: whatever the verb, a clause set beside another reports it."""
    words = tree.words
    word = words[verb]
    if word.upos != "VERB" or not word.is_finite or tree.child(verb, "obj") is not None:
        return False
    content = tree.child(verb, "ccomp")
    stands_beside = word.dep == "parataxis" and 0 <= word.head < verb
    is_last = all(words[i].upos == "PUNCT" for i in range(verb + 1, len(words)))
    subject = tree.child(verb, "nsubj")
    return is_last and subject is not None and (stands_beside or (content is not None and content < verb))


def _may_say(tree: Tree, verb: int) -> bool:
    """Not `must report`, `to say`."""
    helpers = {tree.words[kid].lower for kid in tree.children(verb, "aux")}
    following = tree.words[verb + 1].lower if verb + 1 < len(tree.words) else ""
    is_base = tree.words[verb].xpos == "VB" and not helpers & {"would", "will"}
    if tree.words[verb].dep == "acl" and following == "to":  # `crimes reported to the police`
        return False
    return not _is_denied(tree, verb) and tree.words[verb].upos in ("VERB", "NOUN") and not is_base


def _is_denied(tree: Tree, verb: int) -> bool:
    """`has not confirmed`, `neither … have confirmed`, `was told`: who says it is then not the subject."""
    below = [*tree.kids[verb], *(kid for noun in tree.children(verb, "nsubj") for kid in tree.kids[noun])]
    is_passive = any(tree.words[kid].rel in ("aux:pass", "nsubj:pass") for kid in tree.kids[verb])
    refused = any(tree.words[kid].lower in REFUSING and tree.words[kid].dep != "ccomp" for kid in below)
    return is_passive or refused or any(tree.words[kid].negates for kid in below)


def _relative(tree: Tree) -> Attribution | None:
    """`Among them was Ida Holm, who said that …`: what stands in the relative clause is said, the rest is not."""
    for verb, word in enumerate(tree.words):
        content = _retold(tree, verb) if word.dep == "acl" else None
        if content and not is_quoted(tree, verb):
            is_aside = tree.words[word.head].dep == "appos" and tree.words[word.head].upos == "NOUN"
            found = _attribute(tree, tree.words[word.head].head if is_aside else word.head, range(0), content)
            return found._replace(outside=frozenset(range(verb, min(content))), content=content) if found else None
    return None


def _retold(tree: Tree, verb: int) -> frozenset[int]:
    """`who said | 40 had died`: what the noun before the relative clause says in it, if anything."""
    word = tree.words[verb]
    if word.dep != "acl" or word.lower not in SAYING or not word.is_finite:
        return frozenset()
    opener = tree.child(verb, "nsubj")
    start = start_of_content(tree, verb) or (verb + 1 if _puts(tree, verb) else len(tree.words))
    is_who = opener is not None and tree.words[opener].lower in _RELATIVES
    return frozenset(i for i in tree.descend(verb) if i >= start) if is_who else frozenset()


def _participle(tree: Tree, verb: int) -> Attribution | None:
    """`rejected the findings, insisting that …`: the speaker is who does what the main verb says."""
    words = tree.words
    start = start_of_content(tree, verb)
    if start is None or words[verb].dep not in ("advcl", "acl", "conj") or words[verb].head < 0:
        return None
    head = words[verb].head
    speaker = head if words[head].upos in ("NOUN", "PROPN") and head < verb else tree.child(head, "nsubj")
    if speaker is None or words[speaker].lower in _WEAK_SPEAKERS:
        return None
    return _attribute(tree, speaker, range(verb, start), frozenset(range(start, len(words))))


def _inverted(tree: Tree, verb: int) -> Attribution | None:
    """`…, said Ilka Maren, who farms there`."""
    words = tree.words
    if not 0 < verb < len(words) - 1 or not (words[verb - 1].text in ENDS or closes_quote(tree, verb - 1)):
        return None
    has_subject = any(kid < verb for kid in tree.children(verb, "nsubj"))
    has_content = any(word.has_tense and word.rel != "acl:relcl" for word in words[:verb])
    if words[verb - 1].text in ",;:—–" and not has_content:  # `The owner, a Dutch firm, said the crew …`
        return None
    if words[verb - 1].text in ",;:—–" and (has_subject or tree.child(verb, "ccomp") in range(verb, len(words))):
        return None
    if words[verb + 1].upos not in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM") or words[verb].lower in TELLING:
        return None
    speaker = next((kid for kid in tree.children(verb, "nsubj", "obj", "parataxis") if kid > verb), None)
    speaker = head_after(tree, verb + 1) if speaker is None else speaker
    if speaker is None:
        return None
    end = end_of_aside(tree, verb)
    return _attribute(tree, speaker, range(verb, end), None)


def _saying(tree: Tree, verb: int) -> Attribution | None:
    words = tree.words
    speaker = speaker_before(tree, verb)
    if speaker is None or (words[speaker].lower in _WEAK_SPEAKERS and not words[speaker].is_acronym):
        return None
    first = start_of_speaker(tree, speaker)
    is_after_quote = first >= _FIRST_CONTENT and closes_quote(tree, first - 1)
    if is_after_quote or (first >= _FIRST_CONTENT and words[first - 1].text in ENDS and ends_clause(tree, verb)):
        return _attribute(tree, speaker, range(first - 1, end_of_aside(tree, verb)), None, verb)
    is_late = words[verb].lower in LATE_ONLY and words[min(verb + 1, len(words) - 1)].lower != "that"
    is_held = words[verb].lower in _HOLDING and tree.child(verb, "obj") is not None  # `blame a firm that left`
    start = None if is_late or is_held else start_of_content(tree, verb)
    if start is None:
        is_told = words[speaker].upos != "NUM" and words[speaker].lower not in _NOBODY and _states_itself(tree, verb)
        return _attribute(tree, speaker, range(0), _clause_of(tree, verb)) if is_told else None
    begin = first if words[first - 1].lower in ("and", "but") and first > _FIRST_CONTENT else 0
    if speaker < verb and words[verb].dep == "conj" and tree.child(verb, "nsubj") is None:
        begin = verb
    opening = tree.descend(verb)[0]
    if words[verb].dep == "advcl" and 0 <= words[verb].head < opening and words[opening].lower != "when":
        begin = opening  # `She was banned | after a court ruled that …`
    return _attribute(tree, speaker, range(begin, start), frozenset(range(start, len(words))), verb)


def _clause_of(tree: Tree, verb: int) -> frozenset[int]:
    """All below the verb, but for what someone else does (`Sales will fall, and | the union wants a vote`)."""
    others = {kid for kid in tree.children(verb, "conj") if tree.child(kid, "nsubj") is not None}
    return frozenset(tree.descend(verb)) - {i for kid in others for i in tree.descend(kid)}


def _puts(tree: Tree, verb: int) -> bool:
    """`puts the loss at nearly £12m`, not `puts the port at odds with the town`."""
    words = tree.words
    levels = (words[i + 1 : i + 5] for i in range(verb, len(words)) if words[i].lower == "at")
    is_level = any(word.upos in ("NUM", "SYM") or word.text[0].isdigit() for level in levels for word in level)
    return words[verb].lower in _PUTTING and is_level


def _states_itself(tree: Tree, verb: int) -> bool:
    """`puts the loss at £12m`, `reported a profit`, `expects sales to fall`: the clause itself is what they say."""
    words = tree.words
    said, thing = words[verb].lower, tree.child(verb, "obj", "obl", "xcomp")
    if thing is None or words[verb].dep == "acl":
        return False
    if said in _PUTTING:
        return _puts(tree, verb)
    if said in ("reported", "reports"):
        return any(words[kid].lower in _RESULTS for kid in tree.children(verb, "obj"))
    subject = tree.child(verb, "nsubj")
    is_told = said in FINDING and subject is not None and is_document(words[subject].lower)
    is_held = said in _HOLDING and tree.child(verb, "obj", "xcomp") is not None
    return (is_held or is_told) and thing > verb


def _according_to(tree: Tree) -> Attribution | None:
    words = tree.words
    for index in range(len(words) - 2):
        length = length_of_source(tree, index)
        if length:
            head = noun_after(tree, index + length)
            if head is None:
                return None
            end = max(i for i in tree.descend(head) if i >= index) + 1 if index else end_of_opening(tree, head)
            return _attribute(tree, head, range(index, end), None)
    return None


def _next_saying(tree: Tree, verb: int) -> int:
    """`Holm said 40 had died and | Beck said 30 homes had burned`: where someone else takes the word."""
    words = tree.words
    for other in range(verb + 2, len(words)):
        speaker = tree.child(other, "nsubj")
        if words[other].lower not in SAYING or not words[other].has_tense or speaker is None or speaker <= verb:
            continue
        first = start_of_speaker(tree, speaker)
        if words[first - 1].upos == "CCONJ" or words[first - 1].lower in (";", "while", "although", "whereas"):
            return first
    return len(words)


def _attribute(
    tree: Tree, speaker: int, outside: range, content: frozenset[int] | None, verb: int | None = None
) -> Attribution | None:
    """`content`: all but `outside` where it is None; `verb` ends the speaker's phrase where it comes after it."""
    word = tree.words[speaker]
    is_pronoun = word.upos == "PRON" and not word.is_acronym
    name = word.lower if is_pronoun else _name_of(tree, speaker)
    if _AGED.match(name):  # `the 34-year-old nurse said`: whoever was spoken of
        name, is_pronoun = EITHER, True
    if not name or name[0].isdigit():
        return None
    if word.upos == "NOUN" and name[-1:].islower():
        name = describe(tree, speaker, verb, name)
    if content and verb is not None:
        content = content - frozenset(range(_next_saying(tree, verb), len(tree.words)))
    said = content if content is not None else frozenset(range(len(tree.words))) - frozenset(outside)
    is_document = content is None and bool(outside) and length_of_source(tree, outside.start) > 0
    about = set() if is_document else {i for kid in tree.children(speaker, "acl") for i in tree.descend(kid)}
    retold = frozenset(i for kid in tree.children(speaker, "acl") for i in _retold(tree, kid))
    return Attribution(name, frozenset(outside) - about - retold, (said - about) | retold, is_pronoun)


def _name_of(tree: Tree, speaker: int) -> str:
    return person_after_office(tree, speaker) or apposed_name(tree, speaker) or name_of(tree, speaker)
