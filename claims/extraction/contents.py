"""What is said: where it begins after a saying, and where it goes on behind one that is inserted."""

from claims.extraction.quotes import ENDS, OPENING, STRAIGHT, is_quoted
from claims.extraction.speakers import is_inserted
from claims.extraction.tree import Tree
from claims.extraction.verbs import ADDING, SAYING, TO_WHOM
from claims.extraction.words import word_set

_RESUMING = word_set("because after when if while although since unless until before")
_SPEAKING = word_set("speaking citing quoting referring adding describing calling pointing asking writing announcing")
_COMPARING = word_set("compared down up with against from")
_MEASURING = word_set("the against twice half nearly almost about more fewer less")


def ends_clause(tree: Tree, verb: int) -> bool:
    """Nothing is said after the verb but to whom, when and where."""
    words = tree.words
    if verb + 2 < len(words) and words[verb + 1].text == "," and words[verb + 2].lower in ADDING:
        return True
    if is_inserted(tree, verb):
        return True
    complement = tree.child(verb, "ccomp")
    if complement is not None and complement > verb and not is_quoted(tree, complement):
        return False
    acted_on = tree.child(verb, "obj")
    if acted_on is not None and acted_on > verb and words[verb].lower not in TO_WHOM:
        return False
    return not any(words[i].lower == "that" for i in range(verb + 1, min(len(words), verb + 2)))


def end_of_aside(tree: Tree, verb: int) -> int:
    """Index after the saying: where a quotation opens again, after a comma that closes it, or the sentence's end."""
    words = tree.words
    for index in range(verb + 1, len(words)):
        text = words[index].text
        if text in OPENING or text == STRAIGHT:
            return index
        if text == ":" and index == verb + 1 and index + 1 < len(words):  # `It is dear, she said: a loaf costs £4`
            return index + 1
        if text == "," and index + 2 < len(words):
            following = words[index + 1]
            if following.lower in ADDING:
                after = index + 2
                return after + (words[after].lower == "that")
            if following.text not in OPENING | {STRAIGHT} and _resumes(tree, index, verb):
                return index + 1
    return len(words)


def _resumes(tree: Tree, comma: int, verb: int) -> bool:
    """`The port, officials said, lost 40 ships`: does the sentence go on with what was said?"""
    words = tree.words
    heads = {words[i].head for i in range(comma + 1, len(words))}
    subject_before = any(i < verb - 1 and words[i].dep == "nsubj" and words[i].head > comma for i in range(verb))
    if words[comma + 1].lower in _RESUMING or (comma == verb + 1 and is_inserted(tree, verb)):
        return True
    if comma == verb + 1 and words[comma + 1].lower in _MEASURING:  # `…, it said, against 40 in 1988`
        return True
    joined = words[comma + 1].upos == "CCONJ" and any(words[h].dep in ("conj", "root") for h in heads if h > comma)
    return subject_before or joined or (words[verb - 1].text not in ENDS and _goes_on(tree, comma + 1))


def _goes_on(tree: Tree, index: int) -> bool:
    """`…, officials said, | ending eleven years of rule`, `| compared with 40 in 2019`, `| in the largest swap`."""
    word, following = tree.words[index], tree.words[index + 1 : index + 4]
    if word.xpos == "VBG":
        return word.lower not in _SPEAKING
    counts = any(one.upos in ("NUM", "SYM") for one in following)
    is_extreme = word.lower == "in" and any(one.xpos in ("JJS", "RBS") for one in following)
    return is_extreme or (counts and word.lower in _COMPARING)


def start_of_content(tree: Tree, verb: int) -> int | None:
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
        if words[index].text in OPENING | {STRAIGHT}:
            return index
        if words[index].text == ":":
            return index + 1
    return verb + 1 if _begins_bare(tree, verb) else None


def _begins_bare(tree: Tree, verb: int) -> bool:
    """`said | 40 candidates sat`, where the parse takes the verb of it for a mere description."""
    following = tree.words[verb + 1 : verb + 2]
    is_thing = any(word.upos in ("NUM", "DET", "NOUN", "PROPN") for word in following)
    is_told = any(word.has_tense or word.xpos == "VBN" for word in tree.words[verb + 2 :])
    return tree.words[verb].lower in ("said", "says") and is_thing and is_told
