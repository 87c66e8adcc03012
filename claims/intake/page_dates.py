"""The day on a page's date line, in the forms that news sites print. Pure Python."""

import re
from datetime import date
from typing import NamedTuple

_MONTH_NAMES = (
    "january|jan|janvier|januar|enero|janeiro",
    "february|feb|février|februar|febrero|fevereiro",
    "march|mar|mars|märz|marzo|março",
    "april|apr|avril|abril",
    "may|mai|mayo|maio",
    "june|jun|juin|juni|junio|junho",
    "july|jul|juillet|juli|julio|julho",
    "august|aug|août|agosto",
    "september|sept|sep|septembre|septiembre|setembro",
    "october|oct|octobre|oktober|octubre|outubro",
    "november|nov|novembre|noviembre|novembro",
    "december|dec|décembre|dezember|diciembre|dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split("|")}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
_CLOCK = (
    r"(?:(?:\s{0,3}[,|·•–-]?\s{0,3}(?:at\s)?|T)[0-2]?[0-9][:.h][0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"\s?(?:[ap]\.?m\.?)?\s?(?:gmt|utc|z|[a-z]{2,3}t|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_FORMS = [
    re.compile(rf"\b{_WEEKDAY}{form}{_CLOCK}(?!\w)", re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>[01]?[0-9])(?P=mark){_DAY}",
        rf"{_DAY}\s(?:de\s)?{_MONTH},?\s(?:de\s)?{_YEAR}",
        rf"{_MONTH}\s{_DAY},?\s{_YEAR}",
        rf"(?P<day>[0-3]?[0-9])(?P<mark>[-/.])(?P<month>[01]?[0-9])(?P=mark){_YEAR}",
    )
]


class PageDate(NamedTuple):
    day: date
    start: int
    end: int


def find_page_date(line: str) -> PageDate | None:
    """The first whole date in a line, with its span (weekday and clock included); None where there is none.

    Numbers that leave day and month open are read day first, unless only month first makes a date.
    """
    for form in _FORMS:
        match = form.search(line)
        day = match and _to_date(match)
        if match and day:
            return PageDate(day, match.start(), match.end())
    return None


def _to_date(match: re.Match[str]) -> date | None:
    year, day, month = int(match["year"]), int(match["day"]), match["month"].lower()
    number = _MONTHS.get(month) or int(month)
    return _valid_date(year, number, day) or _valid_date(year, day, number)


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
