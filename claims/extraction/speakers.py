"""Who stands before or after a saying: the noun that says."""

from claims.extraction.quotes import CLOSING, ENDS, STRAIGHT
from claims.extraction.tree import Tree

_WITHIN_NAME = ("flat", "nmod", "appos", "compound")


def speaker_before(tree: Tree, verb: int) -> int | None:
    """The noun that says: by the parse where it knows, else the nearest before the verb."""
    words = tree.words
    subjects = [kid for kid in tree.children(verb, "nsubj") if kid < verb and words[kid].rel != "nsubj:pass"]
    nearest = _nearest_before(tree, verb)
    if is_inserted(tree, verb) and words[verb - 1].upos in ("NOUN", "PROPN", "PRON"):
        return verb - 1
    while nearest is not None and words[nearest].dep in _WITHIN_NAME and _is_joined(tree, nearest):
        nearest = words[nearest].head
    if nearest is not None and subjects and words[subjects[-1]].upos == "VERB":
        return nearest
    if subjects and not _cut_off(tree, subjects[-1], verb):
        names = [kid for kid in subjects if words[kid].upos == "PROPN"]
        full = (kid for kid in names if tree.child(kid, "flat") is not None)  # `NWU secretary | Ida Holm said`
        return next(full, (names or subjects[-1:])[0])
    return nearest


def is_inserted(tree: Tree, verb: int) -> bool:
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
    return 0 <= head < index and not any(word.text in ENDS for word in tree.words[head:index])


def _cut_off(tree: Tree, subject: int, verb: int) -> bool:
    """A quotation ends between them: the parse mistook what is said for who says it."""
    return any(tree.words[i].text in CLOSING | {STRAIGHT} for i in range(subject, verb))


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


def head_after(tree: Tree, index: int) -> int | None:
    """The noun of the phrase that begins here."""
    words = tree.words
    at = index
    while at < len(words) - 1 and words[at].upos in ("DET", "ADJ", "NUM", "X", "PUNCT") and words[at].text not in ENDS:
        at += 1
    while at < len(words) - 1 and words[at].upos == "NOUN" and words[at + 1].upos in ("NOUN", "PROPN"):
        at += 1
    return at if words[at].upos in ("NOUN", "PROPN", "PRON") else None


def _nearest_noun(tree: Tree, at: int) -> int:
    return at if at >= 0 and tree.words[at].upos in ("NOUN", "PROPN") else -1


def start_of_speaker(tree: Tree, speaker: int) -> int:
    first, _ = tree.block(speaker)
    while first < speaker and tree.words[first].text in ENDS:
        first += 1
    commas = [i for i in range(speaker, first, -1) if tree.words[i].text in CLOSING | {STRAIGHT}]
    return commas[0] + 1 if commas else first
