"""Date expressions in an English sentence, found by pattern and resolved against the day of publication.

Our own patterns rather than dateparser's: it needs milliseconds where a sentence may take a quarter of one, returns
a moment where we need precision, and gives no places.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from claims.extraction.calendar import MONTHS, SEASONS, WEEKDAYS
from claims.extraction.date_context import is_lone_month, is_lone_year, is_name, is_plain_day
from claims.extraction.date_forms import is_absolute, is_roughly_said, read_form, undated
from claims.extraction.date_points import Point, ReadPoint, read_interval, read_point, read_weekday_point
from claims.extraction.date_shifts import HOUR, join_stretch, shift_from
from claims.extraction.number_words import SMALL_NUMBERS
from claims.extraction.tokens import Span

_MAX_DATES = 20  # a sentence with more is a table; every date is compared with every other
_FUTURE = re.compile(
    r"\b(?:will|due|scheduled|planned|upcoming|expected|plans? to|set to|going to|would|promised to|meets|promises"
    r"|expects?|likely|set for"
    r"|forecasts?)\b|\b(?:by|until)\s(?:(?:noon|midnight|dawn)\son\s)?(?=[A-Z][a-z]|\d)"
)
_PLAIN = str.maketrans("–—‐‑‒−’‘\u00a0\u2009\u202f\u2007", "------''    ")
_STARTER = re.compile(
    r"(?<![^\W_])(?<![\d.,:/$€£#+][.,:/$€£#+-])(?<![.,:/$€£#+])(?:"
    r"(?P<opening>(?:from|between)\s(?=the\s|[0-3]?\d|20|1[5-9]|jan|feb|mar|apr|may|ju|aug|sep|oct|nov|dec))"
    r"|(?P<prefix>(?:early|mid|late)(?:\s?-\s?|\s)(?:in\s)?(?:the\s)?)"
    r"|\d|'[2-9]0s"
    rf"|(?:{'|'.join(MONTHS)}|{'|'.join(WEEKDAYS)}|{'|'.join(SEASONS)})\b"
    r"|(?:last|past|this|next|previous|current|coming|following|same|yesterday|today|tonight|tomorrow|christmas"
    r"|new\syear"
    r"|(?:the\s)?(?:end|start|beginning)\sof\s(?:the|this)|weekend|boxing|halloween|valentine's|fourth|final"
    r"|first|second|third|armistice|twent"
    r"|thirties|forties|fifties|sixties"
    r"|sevent|eight|nine|sixteenth|fiscal|financial|fy|[qh][1-4]\b|the\sday\s(?:before\syest|after\stom))"
    r"|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\s])?"
    rf"(?:an?|{'|'.join(SMALL_NUMBERS)})\s(?:day|week|fortnight|month|year|decade)s?\s(?:ago|ear|lat|bef|prev)"
    rf"|(?:(?:{'|'.join(SMALL_NUMBERS)}|[1-9]\d?)\smonths|year|quarter)\s(?:to|ended|ending|through)\s"
    r"|(?<=the )(?:day|week|month|year)\sbefore|(?<=since )then\b|(?:(?<=has )|(?<=have )|(?<=ever ))since\b"
    rf"|that\s(?:da|night|mo|aft|ev|year|{'|'.join(name for name in MONTHS if len(name) > 2)})"
    r")"
)
_IN_LIST = re.compile(r",\s(?:and\s|or\s)?|\s(?:and|or)\s")
_YEAR = re.compile(r"\d{4}(?=-)")
_SHIFTED_YEAR = re.compile(r",?\s(?:of\s)?(?P<shift>last|this|next|that)\syear\b")
_ABOUT = re.compile(r"\b(?:about|around|circa|c\.|ca\.|roughly|approximately)\s$")
_ABOUT_CHARS = 15


class DateExpression(NamedTuple):
    """`start` and `end` count from the beginning of the sentence; `edtf` is None where the day cannot be known.

    `relative`: the day of publication is needed to know it (`last week`, `on July 17th`).
    """

    start: int
    end: int
    edtf: str | None
    relative: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def looks_ahead(words: str) -> bool:
    """Do the words speak of what is to come?"""
    return bool(_FUTURE.search(words))


def find_dates(
    sentence: str, published_on: date | None = None, is_ahead: Callable[[int], bool] | None = None
) -> list[DateExpression]:
    """In order, never overlapping, without the preposition before them; an interval is one expression as written.

    `is_ahead` tells of a place in the sentence whether the talk there is of what is to come; without it the whole
    sentence is asked.

    EDTF: `2021-12`, `2024-01-10`, `2024-01-15/2024-01-21`, `2024-01-04~`, `199X`, `2023-22` (summer), `XXXX-07-17` (a
    day without a year, where `published_on` is not known). `10/01/2024` is read day first.
    """
    text = fold(sentence)
    found: list[DateExpression] = []
    is_ahead = is_ahead or (lambda place: looks_ahead(sentence))
    end = 0
    for match in _STARTER.finditer(text):
        if match.start() < end or len(found) == _MAX_DATES:
            continue
        expression = _Scan(sentence, text, published_on, is_ahead(match.start())).read(match, end)
        if expression:
            found.append(expression)
            end = expression.end
    days = [day for day in found if not is_hour(text, day)]
    return tell_from_others(sentence, _join_neighbours(text, _share_years(text, days or found)))


def is_hour(sentence: str, day: DateExpression) -> bool:
    """`5.30am`, `4 p.m.`"""
    return bool(HOUR.fullmatch(sentence, day.start, day.end))


def _share_years(text: str, found: list[DateExpression]) -> list[DateExpression]:
    """`in March, April and May 2023`: a point without a year has that of the next in the list."""
    shared = found[-1:]
    for here in reversed(found[:-1]):
        after = shared[0]
        point = (
            read_point(text, here.start) if here.relative and _IN_LIST.fullmatch(text, here.end, after.start) else None
        )
        year = _YEAR.match(after.edtf or "") if point and not after.relative else None
        if point and year and point.end == here.end:
            here = DateExpression(here.start, here.end, point.in_year(int(year[0])).edtf(None, False))
        shared.insert(0, here)
    return shared


def _join_neighbours(text: str, found: list[DateExpression]) -> list[DateExpression]:
    """`in July and August`, `in 2022-23 and 2023-24`: one stretch."""
    joined = found[:1]
    for here in found[1:]:
        before = joined[-1]
        is_pair = text[before.end : here.start] == " and " and not text[: before.start].endswith(", ")
        stretch = join_stretch(before.edtf, here.edtf) if is_pair else None
        if stretch:
            joined[-1] = DateExpression(before.start, here.end, stretch, before.relative or here.relative)
        else:
            joined.append(here)
    return joined


def tell_from_others(sentence: str, found: list[DateExpression], before: str | None = None) -> list[DateExpression]:
    """`a year earlier`, `since then` are told from the date before them; `before` is that of another sentence."""
    told: list[DateExpression] = []
    text = fold(sentence)
    for here in found:
        base = next((day.edtf for day in reversed(told) if day.edtf), before)
        edtf = shift_from(base, text[here.start : here.end]) if base and here.edtf is None else here.edtf
        told.append(here._replace(edtf=edtf))
    return told


def fold(sentence: str) -> str:
    """Small letters, plain hyphens, apostrophes and spaces, every character at its own place."""
    text = sentence.lower()
    if len(text) != len(sentence):
        text = "".join(small if len(small := char.lower()) == 1 else char for char in sentence)
    return text if text.isascii() else text.translate(_PLAIN)


class _Scan(NamedTuple):
    sentence: str
    text: str
    published_on: date | None
    future: bool

    def read(self, match: re.Match[str], last_end: int) -> DateExpression | None:
        """The expression that begins where a starter stands; `last_end` is where the one before it ended."""
        if match["opening"]:
            return self._read_form(match.start()) or self._read_interval(match.start())
        if match["prefix"]:
            return self._read_part(match.start(), match.end())
        start = match.start()
        if read_weekday_point(self.text, start):
            return self._read_point(start, last_end)
        return self._read_form(start) or self._read_interval(start) or self._read_point(start, last_end)

    def _read_part(self, start: int, at: int) -> DateExpression | None:
        """`early 2021`, `mid-March`, `late last year`: in it. The words before a day belong to the day no more."""
        whole = self._read_form(at) or self._read_interval(at) or self._read_point(at, start, lone=True)
        is_day = whole is not None and len(whole.edtf or "") == len("2021-12-31")
        return whole if is_day else whole and whole._replace(start=start)

    def _read_form(self, at: int) -> DateExpression | None:
        form = read_form(self.text, at)
        if not form or is_name(self.sentence, self.text, *form[0].span()):
            return None
        match, read = form
        month = match.groupdict().get("period")
        if month in MONTHS and self.sentence[match.start("period")].islower():
            return None
        if not read:
            return DateExpression(*match.span(), None)
        known = is_absolute(match, read)
        if not self.published_on and not known:
            return DateExpression(*match.span(), undated(match), relative=True)
        edtf = read(match, self.published_on or date.min, self.future)
        if is_roughly_said(read):
            edtf = self._about(match.start(), edtf)
        return DateExpression(*match.span(), edtf, relative=not known)

    def _read_interval(self, at: int) -> DateExpression | None:
        read = read_interval(self.text, at)
        if not read or is_name(self.sentence, self.text, at, read.end):
            return None
        is_years = read.last and read.first.month is None and read.last.month is None
        if is_years and not is_lone_year(self.sentence, self.text, at, read.end, opened=True):
            return None
        return self._finish(read, at)

    def _read_point(self, at: int, last_end: int, *, lone: bool = False) -> DateExpression | None:
        read = read_point(self.text, at)
        if not read or is_name(self.sentence, self.text, at, read.end):
            return None
        point, context = read.first, (self.sentence, self.text, at, read.end)
        if point.month is None:
            is_date = is_lone_year(*context, opened=lone)
        elif point.day is None and point.year is None:
            is_date = is_lone_month(*context, listed=0 < last_end >= at - len(" and "), opened=lone)
        else:
            is_date = point.year is not None or is_plain_day(*context)
            if not is_date and self.sentence[at].isupper():  # `In May 12 people died`
                read, is_date = ReadPoint(self.text.index(" ", at), Point(None, point.month)), True
        return self._finish(read, at) if is_date else None

    def _finish(self, read: ReadPoint, at: int) -> DateExpression:
        if not read.needs_year:
            return DateExpression(at, read.end, self._about(at, read.edtf(None, self.future)))
        year = _SHIFTED_YEAR.match(self.text, read.end)
        if year and year["shift"] == "that" and not read.last:
            return DateExpression(at, year.end(), None)
        if year and year["shift"] != "that":
            shift = {"last": -1, "this": 0, "next": 1}[year["shift"]]
            read = read.in_year(self.published_on.year + shift if self.published_on else None)
        end = year.end() if year and year["shift"] != "that" else read.end
        return DateExpression(at, end, read.edtf(self.published_on, self.future), relative=True)

    def _about(self, at: int, edtf: str | None) -> str | None:
        if not edtf or "/" in edtf or "~" in edtf or not _ABOUT.search(self.text[max(0, at - _ABOUT_CHARS) : at]):
            return edtf
        return f"{edtf}~"
