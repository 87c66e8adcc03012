"""Where a sentence goes on with what was said, after who said it."""

from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_SPEAKING = word_set("speaking citing quoting referring adding describing calling pointing asking writing announcing")
_COMPARING = word_set("compared down up with against from")


def goes_on(tree: Tree, index: int) -> bool:
    """`…, officials said, | ending eleven years of rule`, `| compared with 40 in 2019`, `| in the largest swap`."""
    word, following = tree.words[index], tree.words[index + 1 : index + 4]
    if word.xpos == "VBG":
        return word.lower not in _SPEAKING
    counts = any(one.upos in ("NUM", "SYM") for one in following)
    is_extreme = word.lower == "in" and any(one.xpos in ("JJS", "RBS") for one in following)
    return is_extreme or (counts and word.lower in _COMPARING)
