"""Date expressions in a sentence, found by pattern and resolved against the day of publication."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from claims.extraction.calendar import (
    MONTHS,
    SEASONS,
    WEEKDAYS,
    make_date,
    nearest_weekday,
    place_in_year,
    season_year,
    shift_days,
    shift_months,
    shift_years,
    week_of,
)
from claims.extraction.tokens import Span, overlaps_any

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|\.|er|º)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)[0-9]{2})"
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_COUNTS = {
    word: number
    for number, word in enumerate("a two three four five six seven eight nine ten eleven twelve".split(), 1)  # noqa: SIM905
} | {"an": 1, "one": 1}
_MAX_DATES = 20  # a sentence with more is a table; every date is compared with every other
_AMBIGUOUS_NAMES = {"may", "mar", "mars", "march", "sep", "mai"}
_FUTURE = re.compile(r"\b(?:will|due|scheduled|upcoming|plans? to|set to)\b|\b(?:by|until)\s(?=[A-Z][a-z])")


class DateExpression(NamedTuple):
    """`start` and `end` count from the beginning of the sentence; `edtf` is None where the day cannot be known."""

    start: int
    end: int
    edtf: str | None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


_Reader = Callable[[re.Match[str], date | None, bool], str | None]


def find_dates(sentence: str, published_on: date | None = None) -> list[DateExpression]:
    """In order, never overlapping. EDTF: `2021-12`, `2024-01-10`, `2024-01-15/2024-01-21`, `2024-01-04~`."""
    future = bool(_FUTURE.search(sentence))
    found: list[DateExpression] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(sentence):
            start, end = match.span("date") if "date" in pattern.groupindex else match.span()
            if len(found) == _MAX_DATES:
                return sorted(found)
            if not overlaps_any(Span(start, end), (known.span for known in found)) and _is_date(match):
                found.append(DateExpression(start, end, read(match, published_on, future)))
    return sorted(found)


def _is_date(match: re.Match[str]) -> bool:
    """Written small, `may` and `march` are words before they are months."""
    groups = match.groupdict()
    return groups.get("month") not in _AMBIGUOUS_NAMES or bool(groups.get("year"))


def _read_full(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    day = make_date(int(match["year"]), _month_number(match["month"]), int(match["day"]))
    return day.isoformat() if day else None


def _read_numeric(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    found = make_date(year, month, day) or make_date(year, day, month)
    return found.isoformat() if found else None


def _read_month_of_year(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    return f"{match['year']}-{_month_number(match['month']):02d}"


def _read_day_of_month(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    if not published_on:
        return None
    month, day = _month_number(match["month"]), int(match["day"])
    found = make_date(place_in_year(month, day, published_on, future), month, day)
    return found.isoformat() if found else None


def _read_month(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    if not published_on:
        return None
    month = _month_number(match["month"])
    return f"{place_in_year(month, None, published_on, future):04d}-{month:02d}"


def _read_year(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    return match["year"]


def _read_decade(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    return f"{match['year'][:3]}X"


def _read_shifted(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    """`last summer`, `next week`, `this month`."""
    if not published_on:
        return None
    shift, unit = _SHIFTS[match["shift"].lower()], match["unit"].lower()
    if unit in SEASONS:
        return season_year(unit, shift, published_on)
    if unit in WEEKDAYS:
        day = nearest_weekday(WEEKDAYS[unit], published_on, shift > 0)
        return day.isoformat() if day else None
    if unit in MONTHS:
        month = MONTHS[unit]
        return f"{place_in_year(month, None, published_on, shift > 0):04d}-{month:02d}"
    return {"week": week_of, "month": shift_months, "year": shift_years}[unit](published_on, shift)


def _read_ago(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    """`two years ago`, `ten days ago`; a count of weeks names a day only roughly."""
    if not published_on:
        return None
    count = _COUNTS.get(match["count"].lower()) or int(match["count"])
    unit = match["unit"].lower()
    if unit in ("month", "year"):
        return {"month": shift_months, "year": shift_years}[unit](published_on, -count)
    day = shift_days(published_on, -count * (7 if unit == "week" else 1))
    return (f"{day.isoformat()}~" if unit == "week" else day.isoformat()) if day else None


def _read_named_day(match: re.Match[str], published_on: date | None, future: bool) -> str | None:
    if not published_on:
        return None
    name = match["name"].lower()
    if name in WEEKDAYS:
        day = nearest_weekday(WEEKDAYS[name], published_on, future)
    else:
        day = shift_days(published_on, {"yesterday": -1, "tomorrow": 1}.get(name, 0))
    return day.isoformat() if day else None


def _month_number(name: str) -> int:
    return MONTHS[name.lower()]


_COUNT = "(?P<count>[0-9]{1,3}|" + "|".join(_COUNTS) + ")"
_PERIOD = "(?P<unit>week|month|year|" + "|".join((*SEASONS, *WEEKDAYS, *(m for m in MONTHS if len(m) > 3))) + ")"
_FORMS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(form, re.IGNORECASE), read)
    for form, read in (
        (rf"\b{_DAY}\s(?:(?:de|of)\s)?{_MONTH},?\s(?:de[l]?\s)?{_YEAR}\b", _read_full),
        (rf"\b{_MONTH}\s{_DAY},?\s{_YEAR}\b", _read_full),
        (r"\b(?P<year>(?:1[5-9]|20)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])\b", _read_numeric),
        (r"\b(?P<day>[0-3]?[0-9])[./](?P<month>[01]?[0-9])[./](?P<year>(?:1[5-9]|20)[0-9]{2})\b", _read_numeric),
        (rf"\b{_MONTH},?\s(?:(?:de|of)\s)?{_YEAR}\b", _read_month_of_year),
        (rf"\b{_MONTH}\s{_DAY}\b(?!\s?(?:%|percent|per cent))", _read_day_of_month),
        (rf"\b{_DAY}\s(?:(?:de|of)\s)?{_MONTH}(?!\w)", _read_day_of_month),
        (rf"\b(?P<shift>last|this|next)\s{_PERIOD}\b", _read_shifted),
        (rf"\b{_COUNT}\s(?P<unit>day|week|month|year)s?\sago\b", _read_ago),
        (r"\b(?:the\s)?(?:early\s|mid-?|late\s)?(?P<date>(?P<year>(?:1[5-9]|20)[0-9]0)s)\b", _read_decade),
        (
            r"\b(?:in|since|from|during|until|till|by|before|after|early|late|mid-?|of|for|around|between|to|and|en|seit|im"
            rf"|depuis|desde|em|année|jahr|año|ano)[\s-]?(?P<date>{_YEAR})\b(?![,.]?[0-9%]|\s?(?:%|per))",
            _read_year,
        ),
        (rf"(?<=[(]){_YEAR}(?=[)])", _read_year),
        (rf"\bthe\s(?P<date>{_YEAR})(?=\s[a-z-]{{3,20}}[^\Ws]\b)", _read_year),
        (
            r"\b(?:in|since|from|during|until|till|by|before|after|early|late|of|every|to)\s(?P<date>"
            r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december))\b",
            _read_month,
        ),
        (
            r"\b(?P<name>yesterday|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
            _read_named_day,
        ),
    )
]
