"""Quantities in an English sentence: approximator, number, unit or head noun, rate, share, range, record."""

import re
from typing import NamedTuple

from claims.extraction.dates import DateExpression
from claims.extraction.exclusions import CURRENCIES, counts_nothing
from claims.extraction.noun_phrases import has_plural, read_measured, read_noun_phrase, read_of_phrase, read_rate
from claims.extraction.numbers import SCALES, Number, ReadNumber, is_attached, read_number
from claims.extraction.shares import RATIO_WORDS, counted_noun, read_fraction, read_record, read_vague_number
from claims.extraction.tokens import Span, Token, join_words
from claims.extraction.words import DEFINITE, word_set

_CURRENCY_NOUNS = word_set("dollars euros pounds yen yuan rupees roubles rubles pesos francs crowns lira dinars riyals")
_PERCENT = word_set("% percent pc")
_CONTEXT_UNITS = _PERCENT | word_set(
    "years months weeks days hours minutes seconds decades centuries points degrees times miles kilometres kilometers",
    "metres meters feet inches km mph kph goals year month week day hour",
)
_HEDGE = re.compile(
    r"(?:\b(?:(?P<hedge>roughly|about|around|approximately|some|nearly|almost|close to|an estimated|estimated|circa)"
    r"|(?P<min>(?:just |well )?(?:over|above)|(?:slightly )?more than|at least|no fewer than|no less than|upwards of)"
    r"|(?P<max>(?:just |well )?under|(?:fewer|less) than|up to|at most|no more than|as (?:many|much|high) as)"
    r"|only(?: about)?|just|a record|a total of|an average of|as few as|as little as|an additional|another)\s+|~\s?)$",
    re.IGNORECASE,
)
_MAX_QUANTITIES = 40  # a sentence with more is a table
_HEDGE_CHARS = 24
_AFTER_ARTICLE = word_set("third quarter fifth tenth hundred thousand million billion trillion")
_MIN_BARE_FIGURE = 10


class Quantity(NamedTuple):
    """Places count from the beginning of the sentence; `needs_context`: it says little without its clause."""

    start: int
    end: int
    facts: dict[str, object]
    needs_context: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class _Amount(NamedTuple):
    """A number with what belongs to it, as token indexes."""

    end: int
    unit: str
    facts: dict[str, object]
    needs_context: bool = False


def find_quantities(sentence: str, tokens: list[Token], dates: list[DateExpression]) -> list[Quantity]:
    """In order, never overlapping. Dates, clock times, ages, labels (`Article 5`) and list numbers are none."""
    found: list[Quantity] = []
    index = 0
    taken = [day.span for day in dates]
    while index < len(tokens) and len(found) < _MAX_QUANTITIES:
        amount = None if counts_nothing(tokens, index, taken) else _read_amount(tokens, index)
        if amount:
            found.append(_finish(sentence, tokens, index, amount))
        index = max(index + 1, amount.end if amount else 0)
    return found


def _finish(sentence: str, tokens: list[Token], index: int, amount: _Amount) -> Quantity:
    start, facts = _start_of(tokens, index, amount), dict(amount.facts)
    hedge = _HEDGE.search(sentence, max(0, start - _HEDGE_CHARS), start)
    if hedge:
        start = hedge.start()
        facts["approximate"] = bool(facts.get("approximate") or hedge["hedge"] or hedge[0].startswith("~"))
        if hedge["min"] or hedge["max"]:
            facts["bound"] = "at_least" if hedge["min"] else "at_most"
    facts["unit"] = amount.unit
    return Quantity(start, tokens[amount.end - 1].end, facts, amount.needs_context)


def _start_of(tokens: list[Token], index: int, amount: _Amount) -> int:
    """The words before a number that belong to it: `between` of a range, `a` of a third or a million."""
    before = tokens[index - 1] if index else tokens[index]
    is_range_start = before.lower == "between" and "value_max" in amount.facts
    is_article = before.lower in ("a", "one") and tokens[index].lower in _AFTER_ARTICLE
    return before.start if is_range_start or is_article else tokens[index].start


def _read_amount(tokens: list[Token], index: int) -> _Amount | None:
    token = tokens[index]
    if token.lower in CURRENCIES:
        return _read_money(tokens, index)
    number = read_number(tokens, index)
    if number is None:
        return _read_share(tokens, index)
    return _read_ratio(tokens, number) or _read_range(tokens, index, number) or _read_counted(tokens, index, number)


def _read_share(tokens: list[Token], index: int) -> _Amount | None:
    share = read_fraction(tokens, index) or read_record(tokens, index) or read_vague_number(tokens, index)
    return _Amount(share.end, share.unit, share.facts) if share else None


def _read_ratio(tokens: list[Token], number: ReadNumber) -> _Amount | None:
    """`one in five women`, `4 out of every 10 patients`."""
    at = number.end
    while at < len(tokens) and tokens[at].lower in RATIO_WORDS:
        at += 1
    whole = read_number(tokens, at) if number.end < at < min(len(tokens), number.end + 4) else None
    if not whole or not 0 < number.value < whole.value:
        return None
    end = read_noun_phrase(tokens, whole.end)
    if end == whole.end or not has_plural(tokens, whole.end, end):
        return None
    facts: dict[str, object] = {"value": number.value / whole.value, "approximate": False, "share": True}
    return _Amount(end, join_words(tokens, whole.end, end), facts)


def _read_range(tokens: list[Token], index: int, number: ReadNumber) -> _Amount | None:
    """`between 40 and 60 fighters` (from the first number on), `40 to 60 fighters`, `40–60 fighters`."""
    if number.end + 1 >= len(tokens):
        return None
    joint, between = tokens[number.end].lower, index > 0 and tokens[index - 1].lower == "between"
    if joint not in ("to", "-", "–", "or") and not (joint == "and" and between):
        return None
    upper = read_number(tokens, number.end + 1)
    if not upper or upper.value <= number.value:
        return None
    counted = _read_counted(tokens, number.end + 1, upper)
    if not counted or not counted.unit:
        return None
    value = number.value * _scale_after(tokens, number.end + 2) if number.end == index + 1 else number.value
    return counted._replace(facts={"value": value, "value_max": upper.value, "approximate": True})


def _scale_after(tokens: list[Token], index: int) -> int:
    """`80 and 95 million` means 80 million."""
    return SCALES.get(tokens[index].lower, 1) if index < len(tokens) else 1


def _read_money(tokens: list[Token], index: int) -> _Amount | None:
    number = read_number(tokens, index + 1) if index + 1 < len(tokens) else None
    if not number:
        return None
    end = read_noun_phrase(tokens, number.end)
    if end == number.end:
        end = _read_money_use(tokens, end)
    end = read_rate(tokens, end)
    return _Amount(end, tokens[index].text, {"value": number.value, "approximate": False})


def _read_money_use(tokens: list[Token], index: int) -> int:
    """`$4.3 billion in aid`, `$2m worth of grain`; a place after `in` is no use."""
    if index + 1 < len(tokens) and tokens[index].lower == "worth":
        return read_of_phrase(tokens, index + 1)
    if index + 1 < len(tokens) and tokens[index].lower in ("in", "of") and not tokens[index + 1].is_capitalised:
        end = read_noun_phrase(tokens, index + 1)
        return end if end > index + 1 else index
    return index


def _read_counted(tokens: list[Token], index: int, number: ReadNumber) -> _Amount | None:
    facts: dict[str, object] = {"value": number.value, "approximate": False}
    percent = _read_percent(tokens, number.end)
    if percent:
        end = read_of_phrase(tokens, percent)
        return _Amount(end, counted_noun(tokens, percent + 1, end) or "%", {**facts, "share": True}, end == percent)
    end = read_noun_phrase(tokens, number.end)
    unit = join_words(tokens, number.end, end)
    if number.in_words and (number.value < 2 or _is_known(tokens, index, number.value)):
        return None
    is_rate = end > number.end and read_rate(tokens, end) > end
    if not (has_plural(tokens, number.end, end) or is_rate or is_attached(tokens, number.end)):
        return _read_bare(tokens, number, facts)
    whole = read_rate(tokens, read_measured(tokens, number.end, end))
    return _Amount(whole, unit, facts, whole == end and tokens[end - 1].lower in _CONTEXT_UNITS)


def _read_bare(tokens: list[Token], number: ReadNumber, facts: dict[str, object]) -> _Amount | None:
    """`120 of its beds`, or a figure that only its clause explains (`killed 40`)."""
    end = read_of_phrase(tokens, number.end)
    if has_plural(tokens, number.end, end):
        return _Amount(end, counted_noun(tokens, number.end + 1, end), facts)
    is_figure = not number.in_words and number.value >= _MIN_BARE_FIGURE
    return _Amount(number.end, "", facts, True) if is_figure else None


def _is_known(tokens: list[Token], index: int, value: Number) -> bool:
    """`the two countries` counts nothing."""
    return value <= 12 and index > 0 and tokens[index - 1].lower in DEFINITE


def _read_percent(tokens: list[Token], index: int) -> int:
    """Index after the percent sign or word; 0 if there is none."""
    if index < len(tokens) and tokens[index].lower in _PERCENT:
        return index + 1
    if index + 1 < len(tokens) and (tokens[index].lower, tokens[index + 1].lower) == ("per", "cent"):
        return index + 2
    return 0
