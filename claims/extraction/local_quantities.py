"""Counted figures in languages other than English: approximator, number, unit, share, rate."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from claims.extraction.currencies import currency_code
from claims.extraction.dates import fold
from claims.extraction.facts import Amount, Bound
from claims.extraction.languages import LanguageWords, any_of, words_of
from claims.extraction.local_numbers import figure_form, read_figure, read_number_word
from claims.extraction.locales import fold_digits
from claims.extraction.tokens import Span, overlaps_any

_SIGNS = r"(?:(?:us|a|au|c|ca|hk|r|nz)?\$|[€£¥₹₽₺₩₪])"
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_OF = re.compile(r"\s?(?:de\s|d'|di\s)|\s")
_MAX_WORDS_TO_NOUN = 3  # `300 neue städtische Wohnungen`
_MAX_QUANTITIES = 40  # a sentence with more is a table


class LocalQuantity(NamedTuple):
    """Places count from the beginning of the sentence."""

    start: int
    end: int
    amount: Amount

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class _Counted(NamedTuple):
    """What is counted: `end` is the place after its words."""

    end: int
    unit: str = ""
    currency: str = ""
    share: bool = False


def find_local_quantities(sentence: str, dates: list[Span], language: str) -> list[LocalQuantity]:
    """In order, never overlapping. A number that counts nothing (a page, an age, a clock time, a date) is none."""
    text = fold_digits(fold(sentence))
    words, found = words_of(language), list[LocalQuantity]()
    for match in _figures(language).finditer(text):
        if len(found) == _MAX_QUANTITIES or (found and match.start() < found[-1].end):
            continue
        if match["label"] or overlaps_any(Span(*match.span("number")), dates):
            continue
        counted = _read_counted(sentence, text, match, words)
        if counted:
            found.append(_finish(sentence, text, match, counted, language))
    return found


def _finish(sentence: str, text: str, match: re.Match[str], counted: _Counted, language: str) -> LocalQuantity:
    value, value_max = _values(match, language)
    rate = _rate(language).match(text, counted.end) if not counted.share else None
    end = rate.end() if rate else counted.end
    per = sentence[rate.start("per") : end] if rate else ""
    amount = Amount(value, value_max, _bound(match), counted.unit, counted.currency, share=counted.share, per=per)
    start = match.start("hedge") if match["hedge"] else match.start("from") if match["from"] else match.start("amount")
    return LocalQuantity(start, end, amount)


def _bound(match: re.Match[str]) -> Bound | None:
    if match["about"]:
        return Bound.ABOUT
    if match["min"] or match["vague"]:
        return Bound.AT_LEAST
    return Bound.AT_MOST if match["max"] else None


def _values(match: re.Match[str], language: str) -> tuple[Decimal, Decimal | None]:
    words = words_of(language)
    if match["vague"]:
        return Decimal(words.vague[match["vague"]]), None
    scale = words.scales.get(match["scale"] or "", 1)
    first = _read(match["number"], language) * scale
    last = _read(match["upper"], language) * scale if match["upper"] else None
    return first, last if last and last > first else None


def _read(written: str, language: str) -> Decimal:
    word = read_number_word(written, language)
    return word if word is not None else read_figure(written, language)


def _read_counted(sentence: str, text: str, match: re.Match[str], words: LanguageWords) -> _Counted | None:
    """Percent sign, money or noun after the number, or money before it; None where nothing is counted."""
    at = match.end()
    if text[at : at + 1] in ("/", ":", "-") and text[at + 1 : at + 2].isalnum():
        return None
    percent = _percent(words.percent).match(text, at)
    if percent:
        return _read_share(sentence, text, percent.end(), words)
    of = _OF.match(text, at)
    at = of.end() if of else at
    money = _money(tuple(words.currencies)).match(text, at)
    code = (words.currencies.get(money[0]) or currency_code(sentence[at : money.end()])) if money else None
    if money and code and not match["money"]:
        return _Counted(money.end(), currency=code)
    if match["money"]:
        code = currency_code(sentence[match.start("money") : match.end("money")])
        return _Counted(match.end(), currency=code or "")
    return _read_noun(sentence, text, at, words)


def _read_share(sentence: str, text: str, at: int, words: LanguageWords) -> _Counted:
    """`18 % der Stimmen`; `%` where nothing is said to be shared."""
    partitive = _partitive(words.partitives).match(text, at)
    noun = _read_noun(sentence, text, partitive.end(), words) if partitive else None
    return noun._replace(share=True) if noun else _Counted(at, "%", share=True)


def _read_noun(sentence: str, text: str, at: int, words: LanguageWords) -> _Counted | None:
    """The word after the number; in German the next one with a capital, and those before it."""
    if at and not text[at - 1].isspace() and text[at - 1] != "'":
        return None
    end = at
    for _ in range(_MAX_WORDS_TO_NOUN if words.nouns_are_capitalised else 1):
        match = _WORD.match(text, end)
        if not match or _is_small_word(text, match, words):
            return None
        if not words.nouns_are_capitalised or sentence[match.start()].isupper():
            is_other = _is_age_or_hour(text, at, match)
            return None if is_other else _Counted(match.end(), sentence[at : match.end()])
        end = match.end() + 1
    return None


def _is_small_word(text: str, match: re.Match[str], words: LanguageWords) -> bool:
    return match[0] in words.not_counted.split("|") or len(match[0]) < 2


_HOURS = re.compile(r"\b(?:à|las|às|alle|om|a)\s\d+\s$")
_OLD = re.compile(r"\s(?:alt|oud)e?[nmrs]?\b")
_AGED = re.compile(r"(?:,\s|\bâgée?s?\s)(?:de\s)?\d+\s$|\bde\s\d{1,2}\s$")
_BEFORE_CHARS = 16


def _is_age_or_hour(text: str, at: int, match: re.Match[str]) -> bool:
    before, noun = text[max(0, at - _BEFORE_CHARS) : at], match[0]
    if _OLD.match(text, match.end()):
        return True
    if noun in ("heures", "horas", "ore", "uur", "uhr"):
        return bool(_HOURS.search(before))
    return noun in ("ans", "años", "anos", "anni") and bool(_AGED.search(before))


@cache
def _percent(names: str) -> re.Pattern[str]:
    return re.compile(rf"\s?(?:[%٪]|{any_of(names)}(?!\w))")


@cache
def _money(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_SIGNS}|{any_of(names)}(?!\w)|[a-z]{{3}}(?!\w))")


@cache
def _partitive(names: str) -> re.Pattern[str]:
    return re.compile(rf"\s{any_of(names)}(?:(?<=')|\s)")


@lru_cache(maxsize=32)
def _rate(language: str) -> re.Pattern[str]:
    words = words_of(language)
    return re.compile(rf"\s{any_of(words.rates)}\s?(?P<per>{any_of(words.rate_bases)})(?!\w)")


@lru_cache(maxsize=32)
def _figures(language: str) -> re.Pattern[str]:
    words = words_of(language)
    number_words = [*words.numbers.split("|"), *words.alone]
    upper = rf"(?:{figure_form('g2')}|{any_of(words.numbers)}(?!\w))"
    return re.compile(
        rf"(?<!\w)(?:(?P<label>{any_of(words.labels)}\s?)"
        rf"|(?P<hedge>(?P<about>{any_of(words.about)})|(?P<min>{any_of(words.at_least)})|(?P<max>{any_of(words.at_most)}))\s?"
        rf"|(?P<from>{any_of(words.between)})\s)?"
        rf"(?P<amount>(?P<money>{_SIGNS}\s?)?"
        rf"(?:(?P<vague>{any_of(words.vague)})(?!\w)"
        rf"|(?P<number>(?<![\w.,/:+#§-]){figure_form('g1')}|(?<!\w){any_of(number_words)}(?!\w)))"
        rf"(?:(?:\s?-\s?|\s{any_of(words.range_joints)}\s|\s{any_of(words.between_joints)}\s?)(?P<upper>{upper}))?"
        rf"(?:\s?(?P<scale>{any_of(words.scales)})(?!\w))?)(?![\w])"
    )
