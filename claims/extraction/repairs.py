"""Mends what a greedy parse gets wrong in ways that no sentence can be: circles, two roots, crossed subjects."""

from itertools import pairwise

from claims.extraction.tokens import Token
from claims.extraction.words import word_set

_NOUNS = frozenset(("NOUN", "PROPN"))
_WHERE = frozenset(("in", "at", "near", "outside", "across"))
_TIMELESS = word_set("hit cut put set let shut cost spread beat read quit split burst hurt shed")
_TELLING = word_set("told tells tell telling")
_THINGS = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "ADJ"))
_JOINTS = frozenset('-“”"')
_SUBJECTS = _NOUNS | {"NUM", "PRON"}


def repair(words: list[Token]) -> None:
    """Afterwards there is one root and every other word leads up to it."""
    _tense_verbs(words)
    _uproot_cycles(words)
    _join_roots(words)
    _seat_objects(words)
    _promote_verb(words)
    _raise_finite(words)
    _demote_participle(words)
    _seat_subjects(words)
    _seat_bare_subjects(words)
    _uncross_subjects(words)
    _seat_around_asides(words)
    _seat_relatives(words)
    _part_before_when(words)
    _part_at_colon(words)
    _seat_told(words)
    _open_as(words)


def _tense_verbs(words: list[Token]) -> None:
    """`as inflation hit 4%`: one form for all tenses, which beside one thing and without a helper is the past."""
    helped = {word.head for word in words if word.dep == "aux" or word.lower == "to"}
    doers = {word.head: word for word in words if word.dep == "nsubj" and word.rel != "nsubj:pass"}
    for index, word in enumerate(words):
        doer = doers.get(index)
        is_one = doer is not None and (doer.xpos in ("NN", "NNP") or doer.lower in ("he", "she", "it"))
        if is_one and word.lower in _TIMELESS and word.upos == "VERB" and index not in helped:
            word.xpos = "VBD"


def _uproot_cycles(words: list[Token]) -> None:
    """Words whose heads lead in a circle: the first of them becomes a root."""
    safe: set[int] = {-1}
    for index in range(len(words)):
        path: list[int] = []
        at = index
        while at not in safe and at not in path:
            path.append(at)
            at = words[at].head
        if at not in safe:
            words[at].head, words[at].rel, words[at].dep = -1, "root", "root"
        safe.update(path)


def _join_roots(words: list[Token]) -> None:
    """A sentence has one root: a noun before it without a head is its subject, the rest stands beside it."""
    roots = [index for index, word in enumerate(words) if word.head < 0]
    first = next((index for index in roots if words[index].upos in ("VERB", "AUX")), roots[0] if roots else -1)
    if first >= 0:
        words[first].rel = words[first].dep = "root"
    before, anywhere = ({word.head for word in part if word.dep == "case"} for part in (words[:first], words))
    has_subject = any(word.dep == "nsubj" and word.head == first for word in words)
    for index in roots:
        if index != first:
            has_case = index in (anywhere if index > first else before)
            relation = _relation_to(words, first, index, has_case, has_subject)
            words[index].head, words[index].rel, words[index].dep = first, relation, relation
            has_subject = has_subject or relation == "nsubj"


def _relation_to(words: list[Token], root: int, index: int, has_case: bool, has_subject: bool) -> str:
    if index > root:
        return "obl" if has_case else "parataxis"
    if words[index].upos not in ("NOUN", "PROPN", "PRON", "NUM") or words[root].upos != "VERB":
        return "parataxis"
    if has_case:
        return "obl"
    return "parataxis" if has_subject else "nsubj"


def _seat_objects(words: list[Token]) -> None:
    """`no household may draw | more than 100 litres`: a thing beside a verb is its object if nothing parts them."""
    complete = {word.head for word in words if word.dep in ("obj", "xcomp", "ccomp") or word.rel == "aux:pass"}
    told = {word.head for word in words if word.dep in ("nsubj", "cop", "case")}
    for index, word in enumerate(words):
        verb = word.head
        is_beside = word.dep == "parataxis" and 0 <= verb < index and words[verb].upos == "VERB"
        if not is_beside or word.upos not in _THINGS or index in told or verb in complete:
            continue
        complete.add(verb)
        if not any(between.upos == "PUNCT" and between.text not in _JOINTS for between in words[verb + 1 : index]):
            word.rel = word.dep = "obj"


def _promote_verb(words: list[Token]) -> None:
    """A noun at the root with a bare finite verb below it is that verb's subject."""
    root = next((index for index, word in enumerate(words) if word.head < 0), -1)
    if root < 0 or words[root].upos not in _SUBJECTS or any(w.head == root and w.dep == "cop" for w in words):
        return
    has_finite = any(word.has_tense for word in words)
    for index in (index for index in range(root + 1, len(words)) if words[index].head == root):
        helpers = {kid.dep for kid in words if kid.head == index}
        is_predicate = words[index].upos == "VERB" or "cop" in helpers
        is_finite = words[index].is_finite or helpers & {"aux", "cop"} or not has_finite
        if is_predicate and is_finite and not helpers & {"nsubj", "mark"}:
            words[index].head, words[index].rel, words[index].dep = -1, "root", "root"
            words[root].head, words[root].rel, words[root].dep = index, "nsubj", "nsubj"
            return


def _seat_bare_subjects(words: list[Token]) -> None:
    """`The firm repaid him`: what stands before a finite verb is no part of its name."""
    with_subject = {word.head for word in words if word.dep == "nsubj"}
    for index, word in enumerate(words):
        verb = words[word.head] if word.head > index else None
        if word.dep != "compound" or verb is None or word.head in with_subject:
            continue
        if verb.upos == "VERB" and verb.is_finite and word.upos in _NOUNS:
            word.rel = word.dep = "nsubj"
            with_subject.add(word.head)


def _raise_finite(words: list[Token]) -> None:
    """`Fewer than 4,000 trains passed`: a finite verb without a subject describes no noun, the noun is its subject."""
    root = next((index for index, word in enumerate(words) if word.head < 0), -1)
    helpers = {word.dep for word in words if word.head == root}
    if root < 0 or words[root].upos in ("VERB", "AUX") or "cop" in helpers:
        return
    may_be_participle = not any(word.has_tense for word in words)
    for index, word in enumerate(words):
        noun = word.head
        is_bare = (
            word.rel == "acl"
            and (word.is_finite or (may_be_participle and word.xpos == "VBN"))
            and not _has(words, index, "nsubj", "mark")
        )
        if is_bare and noun < index and words[noun].head == root:
            word.head, word.rel, word.dep = -1, "root", "root"
            words[noun].head, words[noun].rel, words[noun].dep = index, "nsubj", "nsubj"
            words[root].head, words[root].rel, words[root].dep = noun, "advmod", "advmod"
            return


def _demote_participle(words: list[Token]) -> None:
    """`Fraud reported to the police | rose`: of two bare verbs in a row the first only describes the subject."""
    root = next((index for index, word in enumerate(words) if word.head < 0), -1)
    subject = next((i for i in range(root) if words[i].head == root and words[i].dep == "nsubj"), -1)
    if subject < 0 or words[root].xpos not in ("VBN", "VBD") or _has(words, root, "aux", "obj"):
        return
    for index in range(root + 1, len(words)):
        word = words[index]
        is_bare = word.head == root and word.is_finite and word.dep in ("advcl", "ccomp", "parataxis", "conj")
        if is_bare and words[index - 1].text != "," and not _has(words, index, "nsubj", "mark", "cc"):
            word.head, word.rel, word.dep = -1, "root", "root"
            words[subject].head, words[subject].rel, words[subject].dep = index, "nsubj", "nsubj"
            words[root].head, words[root].rel, words[root].dep = subject, "acl", "acl"
            for later in words[index + 1 :]:
                later.head = index if later.head == root else later.head
            return


def _has(words: list[Token], index: int, *relations: str) -> bool:
    return any(word.head == index and word.dep in relations for word in words)


def _seat_subjects(words: list[Token]) -> None:
    """`banned bags, but 3 in 10 shops follow`: a noun joined to a verb is the next joined verb's subject."""
    joined = [index for index, word in enumerate(words) if word.dep == "conj" and word.head >= 0]
    with_subject = {word.head for word in words if word.dep == "nsubj"}
    for noun, verb in pairwise(joined):
        is_pair = words[noun].head == words[verb].head < noun and words[words[noun].head].upos == "VERB"
        is_subject = words[noun].upos in ("NUM", "NOUN", "PROPN") and words[verb].is_finite
        if is_pair and is_subject and verb not in with_subject:
            words[noun].head, words[noun].rel, words[noun].dep = verb, "nsubj", "nsubj"


def _uncross_subjects(words: list[Token]) -> None:
    """`Talks are due to resume`: a subject reaches over no verb that governs its own."""
    with_subject = {word.head for word in words if word.dep == "nsubj"}
    for index, word in enumerate(words):
        above = words[word.head].head if word.head >= 0 else -1
        if word.dep == "nsubj" and index < above < word.head and above not in with_subject:
            word.head = above
            with_subject.add(above)


def _seat_around_asides(words: list[Token]) -> None:
    """`The ban, backdated to May, expires`: the noun before a participle set off by commas does what comes after."""
    with_subject = {word.head for word in words if word.dep == "nsubj"}
    for index, word in enumerate(words):
        verb = words[word.head]
        is_between = word.dep == "nsubj" and verb.dep == "advcl" and verb.head > word.head > index + 1
        is_aside = is_between and verb.upos == "VERB" and words[word.head - 1].text == ","
        if is_aside and verb.head not in with_subject and not _has(words, word.head, "aux", "mark"):
            word.head = verb.head
            with_subject.add(verb.head)


def _seat_relatives(words: list[Token]) -> None:
    """`owners who had begun to return`: a clause that `who` opens behind a noun is about that noun."""
    for index, word in enumerate(words):
        verb, noun = word.head, index - 1 - (index > 0 and words[index - 1].text == ",")
        is_opener = word.lower in ("who", "which", "that") and word.upos == "PRON" and word.dep == "nsubj"
        if not is_opener or noun < 0 or verb < index or words[noun].upos not in _NOUNS:
            continue
        while words[noun].dep in ("compound", "flat") and words[noun].head >= 0:
            noun = words[noun].head
        noun = _person_before(words, noun) if word.lower == "who" else noun
        if words[verb].dep in ("advcl", "ccomp", "conj", "parataxis", "acl") and not _is_below(words, noun, verb):
            words[verb].head, words[verb].rel, words[verb].dep = noun, "acl:relcl", "acl"


def _part_before_when(words: list[Token]) -> None:
    """`have been there since 2021, | when the army left`: what stands before the comma is no part of that clause."""
    for at, word in enumerate(words):
        if word.lower != "when" or word.head < at or at < 1 or words[at - 1].text != ",":
            continue
        verbs = [i for i in range(at) if words[i].upos in ("VERB", "AUX")]
        for index in range(at - 1):
            before = [i for i in verbs if i < index]
            if words[index].head == word.head and before and not _is_below(words, before[-1], index):
                words[index].head = before[-1]


def _part_at_colon(words: list[Token]) -> None:
    """`She told him in May: | you will lose`: what stands before a colon belongs to the verb before it."""
    for at in range(1, len(words) - 1):
        if words[at].text != ":" or words[at].end == words[at + 1].start:
            continue
        verb = next((i for i in range(at) if words[i].has_tense and words[i].upos == "VERB"), -1)
        for index in (i for i in range(at) if verb >= 0 and words[i].head > at and i != verb):
            if words[verb].head == index and words[index].dep == "nsubj":  # `Girls did better: 60 passed`
                words[verb].head, words[verb].rel, words[verb].dep = words[index].head, "parataxis", "parataxis"
                words[index].head = verb
            elif not _is_below(words, verb, index):
                words[index].head = verb


def _seat_told(words: list[Token]) -> None:
    """`told Radio Ostrel | he was ill`: the name behind `told` is whom it was told."""
    for at, word in enumerate(words[:-2]):
        name = at + 1
        if words[name].upos != "PROPN" or word.upos != "VERB" or word.lower not in _TELLING:
            continue
        while words[name].dep in ("compound", "flat") and at < words[name].head:
            name = words[name].head
        above = words[name].head
        has_subject = any(one.head == above and one.dep == "nsubj" for one in words[name + 1 :])
        if above > name and has_subject and words[name].dep in ("obl", "nsubj", "parataxis"):
            words[name].head, words[name].rel, words[name].dep = at, "iobj", "iobj"


def _open_as(words: list[Token]) -> None:
    """`profit fell, as | egg prices ate into margins`: what goes on behind `, as` and a noun is a clause."""
    for at, word in enumerate(words):
        noun = word.head
        if word.dep != "case" or at < 1 or words[at - 1].text != "," or word.lower != "as" or noun < at:
            continue
        verb = words[noun].head
        is_bare = words[verb].upos == "VERB" and words[verb].has_tense and not _has(words, verb, "nsubj", "mark")
        if verb > noun and is_bare:
            words[noun].rel = words[noun].dep = "nsubj"
            word.head, word.rel, word.dep = verb, "mark", "mark"
            if words[verb].dep == "parataxis":
                words[verb].rel = words[verb].dep = "advcl"


def _person_before(words: list[Token], noun: int) -> int:
    """`troops in the harbour, who …`: no place is a `who`."""
    head = words[noun].head
    is_place = any(word.head == noun and word.dep == "case" and word.lower in _WHERE for word in words[:noun])
    return head if is_place and words[noun].dep == "nmod" and 0 <= head < noun and words[head].upos in _NOUNS else noun


def _is_below(words: list[Token], index: int, top: int) -> bool:
    while index >= 0 and index != top:
        index = words[index].head
    return index == top
