"""Is it a date? What stands around a lone year, month or weekday decides: `in 2019`, `2019 people`, `Theresa May`."""

import re

from claims.extraction.calendar import WEEKDAYS
from claims.extraction.words import DETERMINERS, PREPOSITIONS, looks_plural, word_set

_FIRM = word_set(
    "in since until till during throughout before after by year election elections",
)
_LOOSE = word_set(
    "of from to for between and or on with than versus vs early late mid around about circa through every each",
    "next last into compared against following fiscal",
)
_NEVER = word_set(
    "no number section article chapter page room flight route level some roughly nearly almost only approximately",
    "least most exactly total just another first killed # $ € £ @ / + - * ° =",
)
_UNITS = word_set(
    "% percent per cent pc km kilometres kilometers metres meters miles feet ft tonnes tons kg mw gw gmt hours",
    "hrs local utc dollars euros pounds million billion thousand hundred points degrees mm cm square cubic m",
)
_AFTER_HYPHEN = word_set("strong seat metre meter bed member page square")
_MONTHS_ALSO_NAMES = word_set("march april may june august")
_BEFORE_MONTH = _FIRM | word_set(
    "of from to between through early late mid next last this every each on the for",
)
_FUNCTION_WORDS = PREPOSITIONS | word_set("and or but is was are were has had will would that which who a the")
_NAMES_BEFORE_DAY = word_set(
    "a every each any good black bloody easter super palm ash cyber giving ruby holy maundy whit shrove red",
)
_NAMES_AFTER_DAY = word_set(
    "times telegraph mirror express mail herald mercury supplement politics league morning-after",
)
_STREETS = word_set(
    "street st road avenue square boulevard lane station bridge movement brigade university hospital",
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W_]+)*|\d+|[^\w\s]")
_VERB = re.compile(r"\b(?:may|march|mar)\b")
_FOUR_DIGITS = re.compile(r"\d{4}")
_AS_EARLY = re.compile(r"\b(?:early|late|recently|ago|back|far) as $")  # `as early as 2016`, but not `as 2016 people`
_WINDOW = 24


def is_lone_year(sentence: str, text: str, start: int, end: int, *, opened: bool) -> bool:
    """`opened`: a word that only goes with dates stands before it (`early`)."""
    before, after = _before(text, start), _after(text, end)
    if after in _UNITS or (after == "-" and _after(text, end + 1) in _AFTER_HYPHEN):
        return False
    if before == "as":
        return bool(_AS_EARLY.search(text, 0, start))
    is_round = text[start:end].endswith("00")
    counts = looks_plural(after) and before not in DETERMINERS
    if opened or (before in _FIRM and not (is_round and counts)):
        return not (counts and is_round)
    if before in _NEVER or (counts and not _is_capital(sentence, start, before)) or (counts and is_round):
        return False
    if before in _LOOSE:
        return not (is_round and before in ("than", "around", "about"))
    if before in ("", "(", "[", '"', "“", ",", ";", ":", "'s", "'") or before in DETERMINERS or before.endswith("'s"):
        return bool(after) or before in ("(", "[", ",", "'s")
    return _is_capital(sentence, start, before) and text[start:end] >= "1900"


def is_lone_month(sentence: str, text: str, start: int, end: int, *, listed: bool, opened: bool) -> bool:
    """`listed`: it follows another date at once (`March and April`)."""
    name, before, after = text[start:end], _before(text, start), _after(text, end)
    if sentence[start].islower() or (len(name) <= len("sept") and name not in ("may", "june", "july")):
        return False  # abbreviations need a day or a year
    if before in _BEFORE_MONTH:
        needs_noun = before in ("the", "this") and name in _MONTHS_ALSO_NAMES
        return not needs_noun or (after.isalpha() and after not in _FUNCTION_WORDS and _is_small(sentence, text, end))
    return listed or opened or name not in _MONTHS_ALSO_NAMES


def is_plain_day(sentence: str, text: str, start: int, end: int) -> bool:
    """A day and a month without a year: not `May 12 people` after `in`, and not written small (`may 5`)."""
    after, month_first = _after(text, end), text[start].isalpha()
    if month_first and sentence[start].islower():
        return False
    return not (month_first and _before(text, start) == "in" and looks_plural(after))


def is_name(sentence: str, text: str, start: int, end: int) -> bool:
    """`Good Friday`, `every Monday`, `the Sunday Times`, `17 September Street`; a small `may` after a day is a verb."""
    words = text[start:end]
    after = _after(text, end)
    if words in WEEKDAYS:
        return _before(text, start) in _NAMES_BEFORE_DAY or (
            after in _NAMES_AFTER_DAY and not _is_small(sentence, text, end)
        )
    if after in _STREETS and not _is_small(sentence, text, end):
        return True
    verb = _VERB.search(words)
    return bool(verb and sentence[start + verb.start()].islower() and not _FOUR_DIGITS.search(words))


def _is_capital(sentence: str, start: int, before: str) -> bool:
    """Does the word before begin with a capital?"""
    return sentence[max(0, start - 1 - len(before)) : start][:1].isupper()


def _is_small(sentence: str, text: str, end: int) -> bool:
    """Does the next word begin with a small letter?"""
    match = _WORD.search(text, end, end + _WINDOW)
    return bool(match and sentence[match.start()].islower())


def _before(text: str, start: int) -> str:
    """The word or mark before; an opening quotation mark is looked through."""
    words = _WORD.findall(text, max(0, start - _WINDOW), start)
    return words[-1] if words else ""


def _after(text: str, end: int) -> str:
    match = _WORD.search(text, end, end + _WINDOW)
    return match[0] if match else ""
