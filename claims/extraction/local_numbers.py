"""Numbers as other languages write them -> Decimal: `1.234.567,8`, `1 234,5`, `٢٥٠٠`, `3,2 Mio.`, `zwölf`."""

import re
from decimal import Decimal

from claims.extraction.languages import words_of
from claims.extraction.locales import decimal_mark

_MARKS = re.compile(r"[^\d]")
_DIGITS_IN_GROUP = 3


def figure_form(name: str) -> str:
    """An expression for digits with marks between them; `name` is that of a group inside it."""
    return (
        rf"(?:\d{{1,3}}(?P<{name}>[.,'٬ ])\d{{3}}(?:(?P={name})\d{{3}}){{0,4}}(?:[.,٫]\d{{1,6}})?(?![.,]?\d)"
        r"|\d{1,15}(?:[.,٫]\d{1,6})?(?![.,]?\d))"
    )


def read_figure(figure: str, language: str) -> Decimal:
    """The value of what `figure_form` matched. A lone mark before three digits is read as the language has it."""
    marks = _MARKS.findall(figure)
    whole, _, part = figure.rpartition(marks[-1]) if marks else (figure, "", "")
    if marks and _is_decimal(marks, whole, part, language):
        return Decimal(f"{_MARKS.sub('', whole)}.{part}")
    return Decimal(_MARKS.sub("", figure))


def read_number_word(word: str, language: str) -> Decimal | None:
    """`zwölf`, `mille`, `un millón`; None for any other."""
    words = words_of(language)
    if word in words.alone:
        return Decimal(words.alone[word])
    names = words.numbers.split("|")
    return Decimal(names.index(word) + 2) if word in names else None


def _is_decimal(marks: list[str], whole: str, part: str, language: str) -> bool:
    last = marks[-1]
    if last in " '٬":
        return False
    if len(set(marks)) > 1 or last == "٫":
        return True
    if len(marks) > 1:
        return False
    return last == decimal_mark(language) or len(part) != _DIGITS_IN_GROUP or set(whole) == {"0"}
