"""Numbers that are parts or rough sizes: `two-thirds`, `one in five`, `tens of thousands`."""

import re
from decimal import Decimal

from claims.extraction.facts import Bound
from claims.extraction.number_words import SCALES, SMALL_NUMBERS, cardinal_of
from claims.extraction.numbers import ReadNumber, read_number
from claims.extraction.tokens import Token
from claims.extraction.words import word_set

_RATIO_WORDS = (["out", "of", "every"], ["out", "of"], ["in", "every"], ["in"])
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_FEW_OF = word_set("one two three four nine")  # `one bus in five`
_MOST_PARTS = 1000
_HYPHENS = re.compile("[-‐‑]")
_HALVES = {"half": Decimal(2), "halves": Decimal(2), "quarter": Decimal(4), "quarters": Decimal(4)}
_VULGAR = {
    mark: (int(parts[0]), Decimal(parts[2]))
    for mark, parts in (
        ("½", "1/2"),
        ("¼", "1/4"),
        ("¾", "3/4"),
        ("⅓", "1/3"),
        ("⅔", "2/3"),
        ("⅕", "1/5"),
        ("⅛", "1/8"),
    )
}
_VAGUE = {"tens": 10, "dozens": 12, "scores": 20} | {
    f"{scale}s": SCALES[scale] for scale in ("hundred", "thousand", "million", "billion", "trillion")
}
_ONLY_BEFORE_OF = word_set("tens scores")
_FEW = {"several": Bound.AT_LEAST, "few": Bound.AT_LEAST, "couple": Bound.ABOUT}
PART_WORDS = frozenset({*_HALVES, *_VAGUE, *_FEW, "a", "one"})  # what a part or rough size begins with


def read_fraction(tokens: list[Token], index: int) -> ReadNumber | None:
    """`half`, `a third`, `one-tenth`, `two thirds`, `three-quarters`, `¾`, `2/3 of`: a share; `half a million`."""
    size = SCALES.get(tokens[index + 2].lower, 0) if tokens[index].lower == "half" and index + 2 < len(tokens) else 0
    if size and tokens[index + 1].lower == "a":
        return ReadNumber(Decimal(size) / 2, index + 3, True)
    whole = read_number(tokens, index)
    if (
        whole
        and whole.end > index + 2
        and tokens[whole.end - 1].lower in SCALES
        and "of" in _lower(tokens, index, whole)
    ):
        return ReadNumber(whole.value, whole.end, True)
    words = [word for token in tokens[index : index + 2] for word in _HYPHENS.split(token.lower)]
    if words[0] in _VULGAR:
        return _share(*_VULGAR[words[0]], index + 1)
    if words[0] == "half":
        return _share(1, Decimal(2), index + 1)
    top = 1 if words[0] in ("a", "one") else SMALL_NUMBERS.get(words[0], 0)
    parts = _denominator(words[1], many=top > 1) if len(words) > 1 and top else None
    if parts and top < parts:
        return _share(top, parts, index + 1 + ("-" not in _HYPHENS.sub("-", tokens[index].text)))
    return _read_written(tokens, index)


def _lower(tokens: list[Token], index: int, number: ReadNumber) -> list[str]:
    return [token.lower for token in tokens[index : number.end]]


def read_ratio(tokens: list[Token], index: int) -> ReadNumber | None:
    """`one in five`, `9 out of every 10`, `one-in-five`; a share."""
    hyphened = _HYPHENS.split(tokens[index].lower)
    if len(hyphened) == 3 and hyphened[1] == "in":
        part, whole = (Decimal(SMALL_NUMBERS.get(word, 0)) for word in hyphened[::2])
        return _share(part, whole, index + 1) if 0 < part < whole else None
    number = read_number(tokens, index)
    at = _skip_ratio_words(tokens, number.end) if number else 0
    if number and not at and tokens[index].lower in _FEW_OF:
        return _read_parted(tokens, number)
    base = read_number(tokens, at) if at < len(tokens) and at else None
    if base and at == (number.end if number else 0) + 1 and _YEAR.fullmatch(tokens[at].text):  # `1,900 in 2020`
        return None
    return _share(number.value, base.value, base.end) if number and base and 0 < number.value < base.value else None


def _read_parted(tokens: list[Token], number: ReadNumber) -> ReadNumber | None:
    """`one bus in five`: the share with what it counts between its halves."""
    words = tokens[number.end : number.end + 4]
    is_parted = len(words) > 2 and words[0].upos == "NOUN" and words[1].lower == "in"
    at = number.end + 2 + (is_parted and words[2].lower == "every")
    base = read_number(tokens, at) if is_parted and at < len(tokens) else None
    follows = tokens[base.end : base.end + 1] if base else []
    is_whole = base is not None and not (follows and follows[0].upos in ("NOUN", "SYM", "PROPN"))
    if base is None or not is_whole or base.value > _MOST_PARTS or _YEAR.fullmatch(tokens[at].text):
        return None
    return _share(number.value, base.value, base.end) if number.value < base.value else None


def _skip_ratio_words(tokens: list[Token], index: int) -> int:
    """The index after them; 0 where there are none."""
    following = [token.lower for token in tokens[index : index + 3]]
    return next((index + len(words) for words in _RATIO_WORDS if following[: len(words)] == words), 0)


def read_vague_number(tokens: list[Token], index: int) -> ReadNumber | None:
    """`hundreds`, `tens of thousands`, `several hundred`, `a few thousand`: at least that many."""
    words = [token.lower for token in tokens[index : index + 4]]
    start = 1 if words[0] == "a" else 0
    if words[start : start + 1] and words[start] in _FEW:
        at = start + 1 + (words[start + 1 : start + 2] == ["of"])
        scale = SCALES.get("".join(words[at : at + 1]), 0)
        return ReadNumber(Decimal(2 * scale), index + at + 1, True, _FEW[words[start]]) if scale else None
    value = Decimal(_VAGUE.get(words[0], 0))
    if not value or (words[0] in _ONLY_BEFORE_OF and words[1:2] != ["of"]):
        return None
    at = 1
    while at + 1 < len(words) and words[at] == "of" and words[at + 1] in _VAGUE:
        value, at = value * _VAGUE[words[at + 1]], at + 2
    return None if words[0] == "tens" and at == 1 else ReadNumber(value, index + at, True, Bound.AT_LEAST)


def _denominator(word: str, *, many: bool) -> Decimal | None:
    """2 of `half`, 3 of `thirds` (`many`), 20 of `twentieth`."""
    if word in _HALVES:
        return _HALVES[word]
    singular = word.removesuffix("s") if many else word
    name = cardinal_of(singular) if singular != word or not many else None
    size = SMALL_NUMBERS.get(name or "", 0) or SCALES.get(name or "", 0)
    return Decimal(size) if size > 2 else None


def _read_written(tokens: list[Token], index: int) -> ReadNumber | None:
    """`2/3 of`; without `of` it may be a score, a date or a team of two."""
    texts = [token.text for token in tokens[index : index + 4]]
    if len(texts) < 4 or texts[1] != "/" or texts[3] != "of" or not (texts[0].isdecimal() and texts[2].isdecimal()):
        return None
    top, bottom = int(texts[0][:4]), int(texts[2][:4])
    return _share(top, Decimal(bottom), index + 3) if 0 < top < bottom else None


def _share(part: Decimal | int, whole: Decimal, end: int) -> ReadNumber:
    return ReadNumber(Decimal(part) / whole, end, True, share=True)
