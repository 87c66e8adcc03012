"""Did what a verb says happen, and is its subject alone what happened?"""

from claims.extraction.nominals import SCHEDULED
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_FUTURE = word_set("will would could may might should can shall 'll")
_STATES = word_set(
    "be have has had been was were is are remain remained stay stayed know known stand stood live lived reached",
    "got saw showed compared based located named used amounted cost doubled tripled quadrupled halved carried",
    "contained included said told spoke asked",
)
_STRIKING = word_set("earthquake quake storm hurricane cyclone typhoon tornado flood tsunami blast explosion attack")


def _is_denied(tree: Tree, verb: int) -> bool:
    """`did not sink`, `No ship sank`."""
    nouns = tree.children(verb, "nsubj", "obj")
    return any(tree.words[kid].negates for at in (verb, *nouns) for kid in tree.kids[at])


def _is_unreal(tree: Tree, verb: int) -> bool:
    """`almost collapsed`, `was to be held`: it did not happen, or nobody says that it did."""
    almost = any(tree.words[kid].lower in ("almost", "nearly") for kid in tree.children(verb, "advmod"))
    was_to = any(tree.words[kid].lower == "to" for kid in tree.children(verb, "mark"))
    return almost or (was_to and tree.child(verb, "cop", "aux", "aux:pass") is not None)


def only_occurs(tree: Tree, verb: int) -> bool:
    """`The election took place`, `the vote was held`: the subject alone is the event."""
    obj = tree.child(verb, "obj")
    is_place = obj is not None and tree.words[obj].lower == "place"
    return (
        is_place
        or (obj is None and tree.words[verb].lower in ("struck", "hit", "came") and is_disaster(tree, verb))
        or tree.words[verb].lower in ("occurred", "happened")
        or (tree.words[verb].lower == "held" and tree.child(verb, "nsubj:pass") is not None)
    )


def is_disaster(tree: Tree, verb: int) -> bool:
    subject = tree.child(verb, "nsubj")
    return subject is not None and tree.words[subject].lower in _STRIKING


def happened(tree: Tree, verb: int, past: str, is_light: bool) -> bool:
    """Past, and no mere state unless a light verb leads an event; saying is no event of the world.

    `past` is the verb's past where its present tells what happened.
    """
    words = tree.words
    helpers = {words[kid].lower for kid in tree.children(verb, "aux")}
    is_state = past in _STATES and not is_light
    if helpers & _FUTURE or is_state or _is_denied(tree, verb) or _is_unreal(tree, verb):
        return False
    if (
        words[verb].xpos in ("VBD", "VBN")
        or past != words[verb].lower
        or (words[verb].lower.endswith("ed") and not helpers)
        or (words[verb].xpos in ("VBZ", "VBP") and words[verb].lower in SCHEDULED)
    ):
        return True
    return words[verb].xpos == "VBG" and bool(helpers & {"was", "were"})
