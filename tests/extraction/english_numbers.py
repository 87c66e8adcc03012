"""Numbers written out in English, the other way round from the reader under test."""

from claims.extraction.number_words import SMALL_NUMBERS

_NAMES = {value: word for word, value in SMALL_NUMBERS.items()}
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def in_words(number: int, *, joint: str = " and ", hyphen: str = "-") -> str:
    """`two hundred and five thousand and twelve`; `joint` stands after hundreds, `hyphen` after tens."""
    for scale, name in _SCALES:
        if number >= scale:
            rest = number % scale
            between = joint if 0 < rest < 100 else " "
            head = f"{in_words(number // scale, joint=joint, hyphen=hyphen)} {name}"
            return head + (between + in_words(rest, joint=joint, hyphen=hyphen) if rest else "")
    return _below_thousand(number, joint, hyphen)


def _below_thousand(number: int, joint: str, hyphen: str) -> str:
    if number >= 100:
        rest = number % 100
        return f"{_NAMES[number // 100]} hundred" + (joint + _below_thousand(rest, joint, hyphen) if rest else "")
    if number in _NAMES:
        return _NAMES[number]
    return f"{_NAMES[number - number % 10]}{hyphen}{_NAMES[number % 10]}"
