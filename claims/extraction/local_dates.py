"""Dates in languages other than English: whole and numeric dates, months, years, yesterday and last week."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from claims.extraction.calendar import make_date, nearest_weekday, shift_days, shift_months, shift_years, week_of
from claims.extraction.date_points import Point
from claims.extraction.dates import DateExpression, fold
from claims.extraction.languages import any_of, words_of
from claims.extraction.locales import fold_digits, month_numbers, weekday_numbers
from claims.extraction.tokens import Span, overlaps_any

_YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR_END = r"(?!\d|[.,/]\d|\s?[%€$£])"
_DECADE = r"(?P<decade>(?:1[5-9]|20)\d0)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_MAX_DATES = 20  # a sentence with more is a table
_PERIODS: dict[str, Callable[[date, int], str | None]] = {"week": week_of, "month": shift_months, "year": shift_years}

_Reader = Callable[[re.Match[str], str, date | None], tuple[str | None, bool] | None]


def find_local_dates(sentence: str, published_on: date | None, language: str) -> list[DateExpression]:
    """As `find_dates` for English: in order, never overlapping, spans of the words as written, EDTF."""
    text = fold_digits(fold(sentence))
    found: list[DateExpression] = []
    for pattern, read in _forms(language):
        for match in pattern.finditer(text):
            if len(found) == _MAX_DATES:
                return sorted(found)
            start, end = match.span("date") if "date" in pattern.groupindex else match.span()
            if overlaps_any(Span(start, end), (known.span for known in found)):
                continue
            reading = read(match, language, published_on)
            if reading:
                found.append(DateExpression(start, end, *reading))
    return sorted(found)


def _read_day(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    """`3. März 2022`, `3 de marzo`, `1er mai`."""
    year = match["year"]
    point = Point(int(year) if year else None, month_numbers(language)[match["month"]], int(match["day"]))
    return (point.in_year_of(published_on, future=False).edtf(), not year) if point.is_possible else None


def _read_days(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    """`3.-5. März 2022`"""
    year, month = match["year"], month_numbers(language)[match["month"]]
    ends = [Point(int(year) if year else None, month, int(match[name])) for name in ("first", "last")]
    if not all(end.is_possible for end in ends) or int(match["first"]) >= int(match["last"]):
        return None
    first, last = (end.in_year_of(published_on, future=False) for end in ends)
    return (f"{first.edtf()}/{last.edtf()}" if last.year else None), not year


def _read_month(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    return f"{int(match['year']):04d}-{month_numbers(language)[match['month']]:02d}", False


def _read_numeric(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    """Day first, unless the year is."""
    day = make_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return (day.isoformat(), False) if day else None


def _read_years(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    first, last = int(match["first"]), int(match["last"])
    return (f"{first}/{last}", False) if first < last else None


def _read_year(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    return f"{int(match['year'])}", False


def _read_decade(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    return f"{int(match['decade']) // 10}X", False


def _read_named_day(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    if not published_on:
        return None, True
    weekday = weekday_numbers(language).get(match[0])
    if weekday is not None:
        day = nearest_weekday(weekday, published_on, future=False)
    else:
        day = shift_days(published_on, words_of(language).named_days[match[0]])
    return (day.isoformat() if day else None), True


def _read_shifted(match: re.Match[str], language: str, published_on: date | None) -> tuple[str | None, bool] | None:
    period, shift = next(
        shifted for words, shifted in words_of(language).shifted.items() if re.fullmatch(words, match[0])
    )
    return (_PERIODS[period](published_on, shift) if published_on else None), True


@lru_cache(maxsize=32)
def _forms(language: str) -> list[tuple[re.Pattern[str], _Reader]]:
    return [(re.compile(form), read) for form, read in _patterns(language)]


def _patterns(language: str) -> Iterator[tuple[str, _Reader]]:
    words = words_of(language)
    joint = rf"(?:\s{any_of(words.date_joints)})?\s" if words.date_joints else r"\s"
    months = list(month_numbers(language))
    month = rf"(?P<month>{any_of(months)})\b(?:\.(?=,?\s(?:\w+\s)?\d))?" if months else "(?!)(?P<month>)"
    year = rf"(?P<year>{_YEAR}){_YEAR_END}"
    day = rf"(?<!\w)(?<![\d][.,])(?P<day>{_DAY})(?!\d)(?:\.|er|º|°)?"
    days = rf"(?<!\w)(?P<first>{_DAY})\.?(?:\s?-\s?|\s{any_of(words.range_joints)}\s(?:al\s)?)(?P<last>{_DAY})\.?"
    dated_years = rf"(?P<first>{_YEAR})(?:\s?-\s?|\s{any_of(words.range_joints)}\s)(?P<last>{_YEAR}){_YEAR_END}"
    yield rf"{days}{joint}{month}(?:,?{joint}{year})?", _read_days
    yield rf"{day}{joint}{month}(?:,?{joint}{year})?(?!\w)", _read_day
    yield rf"(?<!\w){month},?{joint}{year}", _read_month
    yield rf"(?<![\w.-])(?P<year>{_YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)", _read_numeric
    yield rf"(?<![\w.,/])(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./](?P<year>{_YEAR})(?!\d)", _read_numeric
    yield (
        rf"(?<!\w)(?P<date>{any_of(words.between)}\s(?:\w+\s)?(?P<first>{_YEAR})\s{any_of(words.between_joints)}\s?"
        rf"(?P<last>{_YEAR})){_YEAR_END}",
        _read_years,
    )
    yield rf"(?<![\w.,/-]){dated_years}", _read_years
    if words.decades:
        yield rf"(?<!\w){words.decades.format(_DECADE)}(?!\w)", _read_decade
    yield rf"(?<!\w){any_of(words.year_after)}\s(?P<date>{year})(?!\w)", _read_year
    yield rf"(?<=[(])(?P<date>{year})(?=[)])", _read_year
    if words.shifted:
        yield rf"(?<!\w)(?:{'|'.join(words.shifted)})(?!\w)".replace(" ", r"\s"), _read_shifted
    yield rf"(?<!\w){any_of([*words.named_days, *weekday_numbers(language)])}(?!\w)", _read_named_day
