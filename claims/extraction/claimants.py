"""Who says it: `according to the Pentagon`, `officials said`, `Maria Keller, the mayor, told reporters that`."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from claims.extraction.calendar import MONTHS
from claims.extraction.nameless import describe
from claims.extraction.names import apposed_name, name_of
from claims.extraction.people import EITHER
from claims.extraction.quotes import STRAIGHT, is_quoted
from claims.extraction.sources import end_of_opening, length_of_source, noun_after
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

SAYING = word_set(
    "said says say saying told tells tell telling argued argues argue arguing claimed claims claim claiming",
    "stated states warned warns warn warning confirmed confirms confirm insisted insists insist added adds add",
    "adding explained explains reported reports report estimated estimates estimate estimating acknowledged",
    "admitted admits alleged asserted recalled recalls remembered wrote writes announced testified maintained",
    "declared complained complains noted notes noting concluded concludes believes replied answered suggests",
    "suggested predicted predicts forecasts forecast expects found finds showed shows show revealed reveals",
    "reveal conceded concedes concede contends contended cautioned observed remarked stressed boasted counted",
    "calculated calculates recorded tweeted posted promised vowed heard hears insisting pointing stressing",
    "predicting recounted maintains projects fears alleges contend held ordered ruled promises vows answers",
    "pointed objected countered disclosed quipped continued reckons reckon believe put puts indicates indicate",
    "indicated",
)
_ESTIMATING = word_set(
    "put puts estimated estimates estimate counted counts recorded records reported reports reckons",
)
_OPENING, _CLOSING = frozenset("“«„"), frozenset("”»")
_ENDS = frozenset(",;:—–") | _CLOSING | {STRAIGHT, "“", "’"}
_WEAK_SPEAKERS = word_set("i we you who which that this what nobody everyone there one")
_ADDING = word_set("adding saying noting warning claiming arguing")
_FIRST_CONTENT, _LONGEST_TAIL = 2, 14
_REFUSING = word_set("declined refused")
_TIES = word_set("when where who which whose that because while although though after before since if as but and")
_AGED = re.compile(r"\d+-year-old\b")
_LATE_ONLY = word_set("held ordered ruled objected countered")
_WITHIN_NAME = ("flat", "nmod", "appos", "compound")
_RESULTS = word_set("loss losses profit profits revenue revenues sales earnings income results turnover")
_RESUMING = word_set("because after when if while although since unless until before")
_TO_WHOM = word_set("told tells tell telling warned warns reminded informed assured")
_TELLING = word_set("told tells tell reports put puts")


class Attribution(NamedTuple):
    """Word indexes: `outside` is the saying, `content` what was said. `claimant` is as the sentence has it."""

    claimant: str
    outside: frozenset[int]
    content: frozenset[int]
    is_pronoun: bool


def find_attribution(tree: Tree) -> Attribution | None:
    found = list(_sayings(tree))
    said = next((one for one in found if one.outside), None)
    return _according_to(tree) or said or _trailing(tree) or next(iter(found), None)


def _trailing(tree: Tree) -> Attribution | None:
    """`…, the Battery Forum projects.`: told by the marks and words alone, for where the parse is lost."""
    words = tree.words
    end = len(words)
    while end and words[end - 1].upos == "PUNCT":
        end -= 1
    for verb in range(end - 1, max(1, end - _LONGEST_TAIL), -1):
        is_last = not any(word.has_tense or word.xpos == "MD" for word in words[verb + 1 : end])
        if is_last and words[verb].lower in SAYING and _ends_clause(tree, verb) and not is_quoted(tree, verb):
            return _speaker_after_comma(tree, verb, end)
    return None


def _speaker_after_comma(tree: Tree, verb: int, end: int) -> Attribution | None:
    words = tree.words
    before = [i for i in range(verb) if words[i].text in _ENDS]
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
        is_saying = (word.lower in SAYING or _points_out(tree, verb)) and _may_say(tree, verb)
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
    return is_passive or any(tree.words[kid].negates or tree.words[kid].lower in _REFUSING for kid in below)


def _participle(tree: Tree, verb: int) -> Attribution | None:
    """`rejected the findings, insisting that …`: the speaker is who does what the main verb says."""
    words = tree.words
    start = _start_of_content(tree, verb)
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
    if not 0 < verb < len(words) - 1 or words[verb - 1].text not in _ENDS:
        return None
    has_subject = any(kid < verb for kid in tree.children(verb, "nsubj"))
    has_content = any(word.has_tense and word.rel != "acl:relcl" for word in words[:verb])
    if words[verb - 1].text in ",;:—–" and not has_content:  # `The owner, a Dutch firm, said the crew …`
        return None
    if words[verb - 1].text in ",;:—–" and (has_subject or tree.child(verb, "ccomp") in range(verb, len(words))):
        return None
    if words[verb + 1].upos not in ("DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM") or words[verb].lower in _TELLING:
        return None
    speaker = next((kid for kid in tree.children(verb, "nsubj", "obj", "parataxis") if kid > verb), None)
    speaker = _head_after(tree, verb + 1) if speaker is None else speaker
    if speaker is None:
        return None
    end = _end_of_aside(tree, verb)
    return _attribute(tree, speaker, range(verb, end), None)


def _saying(tree: Tree, verb: int) -> Attribution | None:
    words = tree.words
    speaker = _speaker_before(tree, verb)
    if speaker is None or (words[speaker].lower in _WEAK_SPEAKERS and not words[speaker].is_acronym):
        return None
    first = _start_of_speaker(tree, speaker)
    is_after_quote = first >= _FIRST_CONTENT and words[first - 1].text in _CLOSING | {STRAIGHT}
    if is_after_quote or (first >= _FIRST_CONTENT and words[first - 1].text in _ENDS and _ends_clause(tree, verb)):
        return _attribute(tree, speaker, range(first - 1, _end_of_aside(tree, verb)), None, verb)
    is_late = words[verb].lower in _LATE_ONLY and words[min(verb + 1, len(words) - 1)].lower != "that"
    start = None if is_late else _start_of_content(tree, verb)
    if start is None:
        if words[verb].lower in _ESTIMATING and tree.child(verb, "obj", "obl") is not None:
            results = (words[kid].lower in _RESULTS for kid in tree.children(verb, "obj"))
            is_reporting = words[verb].lower in ("reported", "reports") and any(results)
            is_estimate = any(
                at.lower == "at" and (level.upos in ("NUM", "SYM", "ADV") or level.text[0].isdigit())
                for at, level in pairwise(words[verb + 1 :])
            )
            is_own = (words[verb].lower in ("put", "puts") and is_estimate) or (
                is_reporting and words[verb].dep != "acl"
            )
            return _attribute(tree, speaker, range(0), None) if is_own else None
        return None
    begin = first if words[first - 1].lower in ("and", "but") and first > _FIRST_CONTENT else 0
    if speaker < verb and words[verb].dep == "conj" and tree.child(verb, "nsubj") is None:
        begin = verb
    return _attribute(tree, speaker, range(begin, start), frozenset(range(start, len(words))), verb)


def _speaker_before(tree: Tree, verb: int) -> int | None:
    """The noun that says: by the parse where it knows, else the nearest before the verb."""
    words = tree.words
    subjects = [kid for kid in tree.children(verb, "nsubj") if kid < verb and words[kid].rel != "nsubj:pass"]
    nearest = _nearest_before(tree, verb)
    if _is_inserted(tree, verb) and words[verb - 1].upos in ("NOUN", "PROPN", "PRON"):
        return verb - 1
    while nearest is not None and words[nearest].dep in _WITHIN_NAME and _is_joined(tree, nearest):
        nearest = words[nearest].head
    if nearest is not None and subjects and words[subjects[-1]].upos == "VERB":
        return nearest
    if subjects and not _cut_off(tree, subjects[-1], verb):
        return next((kid for kid in subjects if words[kid].upos == "PROPN"), subjects[-1])
    return nearest


def _is_inserted(tree: Tree, verb: int) -> bool:
    """`The bank, the regulator said, lost 40 ships`: a verb without a subject goes on after the saying."""
    words = tree.words
    if verb + 3 >= len(words) or verb < 3 or words[verb + 1].text != "," or words[verb - 1].text == ",":
        return False
    after = verb + 2 + (words[verb + 2].upos == "ADV")
    is_finite = words[after].has_tense or words[after].upos == "AUX"
    return is_finite and any(word.text == "," for word in words[1 : verb - 1])


def _is_joined(tree: Tree, index: int) -> bool:
    """Is the noun that it belongs to before it, with no mark between?"""
    head = tree.words[index].head
    return 0 <= head < index and not any(word.text in _ENDS for word in tree.words[head:index])


def _cut_off(tree: Tree, subject: int, verb: int) -> bool:
    """A quotation ends between them: the parse mistook what is said for who says it."""
    return any(tree.words[i].text in _CLOSING | {STRAIGHT} for i in range(subject, verb))


def _nearest_before(tree: Tree, verb: int) -> int | None:
    words, at = tree.words, verb - 1
    while at > 0 and words[at].upos in ("ADV", "AUX"):
        at -= 1
    if at < 0:
        return None
    if words[verb].dep == "conj" and words[at].upos == "CCONJ":
        return tree.child(words[verb].head, "nsubj")
    if words[at].text == ",":
        opening = next((i for i in range(at - 1, max(0, at - 10), -1) if words[i].text == ","), None)
        at = (
            at - 1
            if opening is None
            else _nearest_noun(tree, opening - 1)
            if _nearest_noun(tree, opening - 1) >= 0
            else at - 1
        )
    return at if words[at].upos in ("NOUN", "PROPN", "PRON") and words[at].xpos != "POS" else None


def _head_after(tree: Tree, index: int) -> int | None:
    """The noun of the phrase that begins here."""
    words = tree.words
    at = index
    while at < len(words) - 1 and words[at].upos in ("DET", "ADJ", "NUM", "X", "PUNCT") and words[at].text not in _ENDS:
        at += 1
    while at < len(words) - 1 and words[at].upos == "NOUN" and words[at + 1].upos in ("NOUN", "PROPN"):
        at += 1
    return at if words[at].upos in ("NOUN", "PROPN", "PRON") else None


def _nearest_noun(tree: Tree, at: int) -> int:
    return at if at >= 0 and tree.words[at].upos in ("NOUN", "PROPN") else -1


def _start_of_speaker(tree: Tree, speaker: int) -> int:
    first, _ = tree.block(speaker)
    while first < speaker and tree.words[first].text in _ENDS:
        first += 1
    commas = [i for i in range(speaker, first, -1) if tree.words[i].text in _CLOSING | {STRAIGHT}]
    return commas[0] + 1 if commas else first


def _ends_clause(tree: Tree, verb: int) -> bool:
    """Nothing is said after the verb but to whom, when and where."""
    words = tree.words
    if verb + 2 < len(words) and words[verb + 1].text == "," and words[verb + 2].lower in _ADDING:
        return True
    if _is_inserted(tree, verb):
        return True
    complement = tree.child(verb, "ccomp")
    if complement is not None and complement > verb and not is_quoted(tree, complement):
        return False
    acted_on = tree.child(verb, "obj")
    if acted_on is not None and acted_on > verb and words[verb].lower not in _TO_WHOM:
        return False
    return not any(words[i].lower == "that" for i in range(verb + 1, min(len(words), verb + 2)))


def _end_of_aside(tree: Tree, verb: int) -> int:
    """Index after the saying: where a quotation opens again, after a comma that closes it, or the sentence's end."""
    words = tree.words
    for index in range(verb + 1, len(words)):
        text = words[index].text
        if text in _OPENING or text == STRAIGHT:
            return index
        if text == "," and index + 2 < len(words):
            following = words[index + 1]
            if following.lower in _ADDING:
                after = index + 2
                return after + (words[after].lower == "that")
            if following.text not in _OPENING | {STRAIGHT} and _resumes(tree, index, verb):
                return index + 1
    return len(words)


def _resumes(tree: Tree, comma: int, verb: int) -> bool:
    """`The port, officials said, lost 40 ships`: does the sentence go on with what was said?"""
    words = tree.words
    heads = {words[i].head for i in range(comma + 1, len(words))}
    subject_before = any(i < verb - 1 and words[i].dep == "nsubj" and words[i].head > comma for i in range(verb))
    if words[comma + 1].lower in _RESUMING or (comma == verb + 1 and _is_inserted(tree, verb)):
        return True
    joined = words[comma + 1].upos == "CCONJ" and any(words[h].dep in ("conj", "root") for h in heads if h > comma)
    return subject_before or joined


def _start_of_content(tree: Tree, verb: int) -> int | None:
    """The first word of what is said after the verb."""
    words = tree.words
    complement = next((kid for kid in tree.children(verb, "ccomp", "parataxis") if kid > verb), None)
    is_aside = complement is not None and words[complement].dep == "parataxis" and words[complement].lower in SAYING
    if (
        complement is not None
        and not is_aside
        and words[complement].upos in ("VERB", "ADJ", "NOUN", "AUX", "PROPN", "NUM", "PRON", "SYM", "ADV")
    ):
        inside = [i for i in tree.descend(complement) if i > verb]
        lost = [i for kid in tree.children(verb, "nsubj") if kid > verb for i in tree.descend(kid)]
        start = min([inside[0], *(i for i in lost if verb < i < inside[0])])
        return start + (words[start].lower in ("that", ","))
    for index in range(verb + 1, min(len(words), verb + 8)):
        if words[index].lower == "that" and words[index].upos in ("SCONJ", "PRON"):
            return index + 1
        if words[index].text in _OPENING | {STRAIGHT}:
            return index
        if words[index].text == ":":
            return index + 1
    return None


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
        first = _start_of_speaker(tree, speaker)
        if words[first - 1].upos == "CCONJ" or words[first - 1].lower in (";", "while", "although", "whereas"):
            return first
    return len(words)


def _attribute(
    tree: Tree, speaker: int, outside: range, content: frozenset[int] | None, verb: int | None = None
) -> Attribution | None:
    """`content`: all but `outside` where it is None; `verb` ends the speaker's phrase where it comes after it."""
    word = tree.words[speaker]
    is_pronoun = word.upos == "PRON" and not word.is_acronym
    name = word.lower if is_pronoun else apposed_name(tree, speaker) or name_of(tree, speaker)
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
    return Attribution(name, frozenset(outside) - about, said - about, is_pronoun)
