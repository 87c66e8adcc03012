"""Cardinal and ordinal numbers in English words: `two hundred and fifty thousand`, `twenty-first`."""

from collections.abc import Sequence
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL_NUMBERS = {word: value for value, word in enumerate(_ONES.split())} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)
}
SCALES = {
    "dozen": 12, "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12, "mn": 10**6, "mln": 10**6, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_IRREGULAR_ORDINALS = {
    "first": "one", "second": "two", "third": "three", "fifth": "five", "eighth": "eight", "ninth": "nine",
    "twelfth": "twelve",
}  # fmt: skip
_PARTS = {
    ("a", "half"): Decimal("0.5"),
    ("a", "quarter"): Decimal("0.25"),
    ("three", "quarters"): Decimal("0.75"),
    ("half",): Decimal("0.5"),
    ("quarter",): Decimal("0.25"),
}
_CONNECTIVES = frozenset(("and", "a", "of", "half", "quarter", "quarters"))
NUMBER_WORDS = frozenset(SMALL_NUMBERS) | frozenset(SCALES) | _CONNECTIVES
STARTERS = frozenset(SMALL_NUMBERS) | {"a", "half", "quarter"}
_MAX_VALUE = Decimal(10**18)
_NONE = (Decimal(0), 0)

Reading = tuple[Decimal, int]  # a value, and how many words it takes; none where that is 0


def read_cardinal(words: Sequence[str], *, joins: bool = True) -> Reading:
    """The number at the beginning of these small words. Without `joins`, `and` ends it (`between one and two`)."""
    part, taken = _read_part_of_scale(words)
    return (part, taken) if taken else _read_groups(words, joins)


def _read_part_of_scale(words: Sequence[str]) -> Reading:
    """`half a million`, `half million`, `a half million`, `three quarters of a million`, `half a dozen`."""
    for names, part in _PARTS.items():
        at = len(names)
        if tuple(words[:at]) != names:
            continue
        at += words[at : at + 1] == ["of"] if names[-1] != "half" else 0
        at += words[at : at + 1] == ["a"]
        scale, end = read_scales(words, at)
        if end > at:
            return part * scale, end
    return _NONE


def _read_groups(words: Sequence[str], joins: bool) -> Reading:
    """Every group is smaller than the scale before it: `two million | three hundred thousand | and five`."""
    total, end, last = Decimal(0), 0, _MAX_VALUE
    while end < len(words) and last > 1:
        at = end + 1 if end and joins and words[end] == "and" else end
        value, after = _read_group(words, at, joins)
        scale, after_scale = read_scales(words, after)
        if after == at or value * scale >= last:
            break
        total, end, last = total + value * scale, after_scale, scale
        half, end = read_part(words, end) if joins and scale > 1 else (Decimal(0), end)
        if half:
            return total + half * scale, end
    return total, end


def _read_group(words: Sequence[str], at: int, joins: bool) -> Reading:
    """`twelve`, `two hundred and five`, `one and a half`, and the `a` of `a million`; the value and where it ends."""
    if words[at : at + 1] == ["a"] and "".join(words[at + 1 : at + 2]) in SCALES:
        value, end = Decimal(1), at + 1
    else:
        value, end = _read_below_hundred(words, at)
    if end > at and joins:
        part, end = read_part(words, end)
        if part:
            return value + part, end
    if end == at or words[end : end + 1] != ["hundred"]:
        return value, end
    rest = end + 2 if joins and words[end + 1 : end + 2] == ["and"] else end + 1
    ones, after = _read_below_hundred(words, rest)
    if after == rest or words[after : after + 1] == ["hundred"] or words[after : after + 1] == ["dozen"]:
        return value * 100, end + 1
    return value * 100 + ones, after


def _read_below_hundred(words: Sequence[str], at: int) -> Reading:
    if at >= len(words) or words[at] not in SMALL_NUMBERS:
        return Decimal(0), at
    value, ones = SMALL_NUMBERS[words[at]], SMALL_NUMBERS.get("".join(words[at + 1 : at + 2]), 0)
    return (Decimal(value + ones), at + 2) if value >= 20 and 0 < ones < 10 else (Decimal(value), at + 1)


def read_part(words: Sequence[str], at: int) -> Reading:
    """`and a half`, `and three quarters`; the part and where it ends."""
    names = tuple(words[at + 1 : at + 3]) if words[at : at + 1] == ["and"] else ()
    part = _PARTS.get(names) if len(names) == 2 else None
    return (part, at + 3) if part else (Decimal(0), at)


def read_scales(words: Sequence[str], at: int) -> Reading:
    """The product of `hundred thousand`, and where it ends."""
    scale = Decimal(1)
    while at < len(words) and words[at] in SCALES and scale * SCALES[words[at]] < _MAX_VALUE:
        scale, at = scale * SCALES[words[at]], at + 1
    return scale, at


def cardinal_of(ordinal: str) -> str | None:
    """`third` -> `three`, `twentieth` -> `twenty`, `hundredth` -> `hundred`; None for any other word."""
    if ordinal in _IRREGULAR_ORDINALS:
        return _IRREGULAR_ORDINALS[ordinal]
    stem = ordinal.removesuffix("th")
    stem = f"{stem[:-2]}y" if stem.endswith("ie") else stem
    regular = stem != ordinal and stem in NUMBER_WORDS - _CONNECTIVES and stem not in _IRREGULAR_ORDINALS.values()
    return stem if regular else None
