"""Where a noun phrase that begins at a word ends, told by parts of speech and by who depends on whom."""

from collections.abc import Container

from claims.extraction.comparisons import end_of_comparison
from claims.extraction.numbers import read_number
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

_RATE_NOUNS = word_set(
    "second minute hour day night week weekend fortnight month quarter season year decade head person household",
    "capita patient pupil student child family litre gallon barrel tonne ton kilo kilogram square mile kilometre",
    "hectare acre quintal kilowatt-hour kwh mwh megawatt-hour bushel box class share unit transaction booking",
    "trip tree shift inhabitant resident passenger visitor ticket worker employee vehicle pound",
)
_RATE_LETTERS = {"h": "hour", "hr": "hour", "s": "second", "l": "litre", "kg": "kilogram", "day": "day"}
_RATE_WORDS = word_set("a an per each every")
_RATE_ADVERBS = {"annually": "year", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_MODIFIERS = frozenset({"ADJ", "NUM"})
_PARTICIPLES = frozenset({"VBN", "VBG", "JJ", "HYPH", "AFX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MAX_WORDS = 7
_REACH = 5
_STATES_OF_PEOPLE = word_set("dead injured wounded missing")
_NEAR_DATES = word_set("today yesterday tomorrow tonight last next this")
_MEASURES = word_set(
    "tonnes tons kilograms kilos kilogrammes pounds litres liters gallons barrels bushels acres hectares miles",
    "metres meters kilometres kilometers feet kg km ha pairs pieces cases cans bottles packs copies doses reports",
    "counts shipments loads containers boxes bags sacks groups types kinds sets members victims worth mm cm hours",
    "millimetres millimeters centimetres centimeters inches",
    "years grams milligrams pence p",
    "days weeks months cubic tonne ton litre megawatts gigawatts kilowatts terawatt-hours gigawatt-hours mw gw",
)
_SPENT_ON = word_set(
    "profit profits compensation damages aid tax taxes fines interest debt debts bribes subsidies grants excise",
    "bonuses rent wages donations fees revenue sales funding savings losses assets equity credit exports",
    "imports",
)
_TIMES_SERVED = word_set("prison jail custody detention")
_PERCENT = word_set("% percent pc")


def end_of_noun(tree: Tree, index: int) -> int:
    """Index after the noun whose phrase (without a determiner) begins here; `index` if none does."""
    words, end = tree.words, index
    for at in range(index, min(len(words), index + _MAX_WORDS)):
        word = words[at]
        if word.lower in _NEAR_DATES and not (at + 1 < len(words) and words[at + 1].upos == "NUM"):
            break
        is_people = word.lower in _STATES_OF_PEOPLE or (
            word.upos == "ADJ" and word.is_capitalised and word.dep in ("nsubj", "obj", "obl", "nmod")
        )
        if (word.upos in _NOUNS and word.text[0].isalpha()) or is_people:  # `860,000 Sudanese`
            end = at + 1
            if not at < word.head <= at + _REACH or words[word.head].upos not in _NOUNS:
                break
        elif not _may_precede_noun(tree, at):
            break
    return end


def end_of_joined(tree: Tree, end: int) -> int:
    """Index after `620 deckhands, engineers and cooks`, counted together; `end` where the noun before it is alone."""
    words, last = tree.words, end
    if words[end - 1].dep == "compound" and words[end - 1].head > end:  # `temperature and oxygen profiles`
        whole = words[end - 1].head + 1
        is_list = words[end].lower in ("and", "or") and all(word.upos == "NOUN" for word in words[end + 1 : whole])
        return whole if is_list and whole - end < _REACH else end
    if words[end - 1].xpos != "NNS":
        return end
    for kid in _joined_to(tree, end - 1):
        between = [word.lower for word in words[last:kid]]
        if kid < last or words[kid].xpos != "NNS" or not set(between) <= {",", "and", "or"}:
            break
        last = kid + 1
    return last if last > end and words[last - 2].lower in ("and", "or") else end


def _joined_to(tree: Tree, noun: int) -> list[int]:
    """The nouns that it is listed with, also where the parse calls the first of them an apposition."""
    listed = [kid for kid in tree.children(noun, "appos") if kid > noun and tree.child(kid, "conj") is not None]
    return sorted({*tree.children(noun, "conj"), *listed, *(i for kid in listed for i in tree.children(kid, "conj"))})


def _may_precede_noun(tree: Tree, index: int) -> bool:
    word = tree.words[index]
    if word.upos in _MODIFIERS or word.xpos in _PARTICIPLES or word.text in "-/&":
        return True
    return word.upos == "ADV" and index < word.head <= index + _REACH


def skip_determiners(tree: Tree, index: int) -> int:
    words = tree.words
    while index < len(words) and (
        words[index].upos == "DET" or words[index].xpos == "PRP$" or words[index].lower == "all"
    ):
        index += 1
    return index


def end_of_of_phrase(tree: Tree, index: int) -> int:
    """Index after `of` and a phrase with its determiners (`of the city's hospitals`); `index` if there is none."""
    words = tree.words
    if index + 1 >= len(words) or words[index].lower != "of":
        return index
    if words[index + 1].lower in ("those", "everything", "everyone", "all"):
        described = tree.child(index + 1, "acl")
        return tree.descend(described)[-1] + 1 if described is not None else index + 2
    if words[index + 1].lower in ("them", "that", "it", "these", "us"):
        return index + 2
    return _end_of_phrase(tree, index)


def end_of_level(tree: Tree, index: int) -> int:
    """Index after `below average`, `above the firm's target`; `index` if that does not follow."""
    words = tree.words
    if index + 2 < len(words) and words[index].lower in ("ahead", "clear", "short") and words[index + 1].lower == "of":
        return _end_of_phrase(tree, index + 1)
    if index + 1 >= len(words) or words[index].lower not in ("below", "above", "behind"):
        return index
    return _end_of_phrase(tree, index) if words[index + 1].lower not in ("average", "normal") else index + 2


def _end_of_phrase(tree: Tree, index: int) -> int:
    """Index after the preposition at `index` and its noun, with whose it is; `index` if no noun follows."""
    words = tree.words
    start = skip_determiners(tree, index + 1)
    end = end_of_noun(tree, start)
    while end > start and end + 1 < len(words) and words[end].xpos == "POS":
        further = end_of_noun(tree, end + 1)
        if further == end + 1:
            break
        end = further
    return end if end > start else index


def end_of_rate(tree: Tree, index: int) -> tuple[int, str]:
    """Index after `a day`, `per 100,000 people`, `annually`, and what it is per; `index` and "" if none follows."""
    words = tree.words
    first = _after_for_every(tree, index)
    if first and (end := _end_of_counted(tree, first)) > first:
        return end, tree.string(first, end)
    if index < len(words) and words[index].lower in _RATE_ADVERBS:
        return index + 1, _RATE_ADVERBS[words[index].lower]
    if index + 1 < len(words) and words[index].text == "/" and words[index + 1].lower in _RATE_LETTERS:  # `km/h`
        return index + 2, _RATE_LETTERS[words[index + 1].lower]
    if index + 1 >= len(words) or words[index].lower not in _RATE_WORDS:
        return index, ""
    following = words[index + 1]
    after = words[index + 2].lower if index + 2 < len(words) else ""
    if following.lower in ("cubic", "square") and index + 2 < len(words):
        return index + 3, f"{following.lower} {after}"
    after = "" if after == "before" and words[index + 3 : index + 4] and words[index + 3].lower == "tax" else after
    is_later = after == "on" and (index + 3 >= len(words) or words[index + 3].upos == "PUNCT")  # `a year on,`
    if following.lower in _RATE_NOUNS and after not in ("earlier", "ago", "later", "before", "after") and not is_later:
        return index + 2, following.lower
    if words[index].lower == "per" and (following.text[0].isdigit() or following.upos in ("NOUN", "NUM")):
        end = _end_of_counted(tree, index + 1)
        return end, tree.string(index + 1, end)
    return index, ""


def _after_for_every(tree: Tree, index: int) -> int:
    """Index after `for roughly every` of `one doctor for roughly every 3,000 people`; 0 if that does not stand here."""
    words = [word.lower for word in tree.words[index : index + 3]]
    if words[:1] != ["for"] or "every" not in words:
        return 0
    after = index + words.index("every") + 1
    return after if after < len(tree.words) else 0


def _end_of_counted(tree: Tree, index: int) -> int:
    """Index after the noun that stands here, with the figure before it if there is one."""
    return end_of_noun(tree, index + tree.words[index].text[0].isdigit())


def end_of_measure(tree: Tree, index: int) -> tuple[int, str]:
    """As `end_of_rate`, after what a measure before `index` is one of (`tonnes of grain a year`)."""
    whole, per = end_of_rate(tree, index)
    if per or tree.words[index - 1].lower not in _MEASURES:
        return whole, per
    return end_of_rate(tree, end_of_of_phrase(tree, index))


def end_of_tally(tree: Tree, index: int) -> int:
    """Index after `to 88` of `97 votes to 88`; `index` if that does not follow."""
    words = tree.words
    if (
        index + 1 >= len(words)
        or words[index].lower != "to"
        or words[index - 1].lower not in ("votes", "goals", "points", "sets")
    ):
        return index
    other = read_number(words, index + 1)
    return other.end if other and not end_of_percent(tree, other.end) else index


def end_of_spent(tree: Tree, index: int) -> int:
    """`$2m worth of grain`, `$2m of repairs`, `$2m in damages`, `$20 more than in 2019`, `$20 extra`."""
    words = tree.words
    following = [word.lower for word in words[index : index + 2]]
    if following[:1] == ["worth"]:
        return max(index + 1, end_of_of_phrase(tree, index + 1))
    if following[:1] == ["of"] and following[1:] != ["it"]:
        return end_of_of_phrase(tree, index)
    if following[:1] == ["extra"]:
        return index + 1
    compared = end_of_comparison(tree, index, ("than",))
    return compared if compared > index else _end_with(tree, index, _SPENT_ON)


def end_of_price(tree: Tree, index: int) -> tuple[int, str]:
    """As `end_of_rate`, of whatever can be sold (`£6 a packet`), and `each`."""
    words = tree.words
    whole, per = end_of_rate(tree, index)
    if per or index + 1 >= len(words):
        return whole, per
    if words[index].lower == "each":
        return index + 1, ""
    sold = words[index + 1]
    after = words[index + 2 : index + 3]
    is_one = words[index].lower in ("a", "an") and sold.xpos == "NN" and sold.dep not in ("nsubj", "appos")
    is_whole = not after or after[0].upos not in ("NOUN", "PROPN", "ADJ", "ADV")
    return (index + 2, sold.lower) if is_one and is_whole else (index, "")


def end_of_served(tree: Tree, end: int) -> int:
    """`seven years | in prison`, `31 votes | in favour`."""
    unit = tree.words[end - 1].lower
    if unit in ("years", "months", "year", "weeks", "days"):
        return _end_with(tree, end, _TIMES_SERVED)
    return _end_with(tree, end, ("favour", "favor")) if unit in ("votes", "ballots") else end


def _end_with(tree: Tree, index: int, uses: Container[str]) -> int:
    """Index after `in profit`, `in prison`, `in favour`; `index` if none of the `uses` follows alone."""
    words = tree.words
    follows = index + 1 < len(words) and words[index].lower == "in" and words[index + 1].lower in uses
    is_part = follows and index + 2 < len(words) and words[index + 2].upos in _NOUNS  # `in profit warnings`
    return index + 2 if follows and not is_part else index


def end_of_percent(tree: Tree, index: int) -> int:
    """Index after the percent sign or word; 0 if there is none."""
    words = tree.words
    if index < len(words) and words[index].lower in _PERCENT:
        return index + 1
    if index + 1 < len(words) and (words[index].lower, words[index + 1].lower) in (
        ("per", "cent"), ("percentage", "points"), ("percentage", "point"),
    ):  # fmt: skip
        return index + 2
    return 0
