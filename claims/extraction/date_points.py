"""Days, months and years as English writes them: `Tuesday, 3 May 2022`, `March 3-5`, `2013-2023`, `2022-05-03`."""

import re
from datetime import date
from typing import NamedTuple

from claims.extraction.calendar import MONTHS, WEEKDAYS, make_date, place_in_year

_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?:(?:1[5-9]|20)\d\d|2100)(?![\w%]|[.,/]\d|-\d)"
_OLD_YEAR = r"(?:1\d|20)\d\d(?![\w%]|[.,/]\d|-\d)"  # after a month
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d|[.,:/]\d|%)(?:st|nd|rd|th)?(?![^\W_])"
_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)}),?\s(?:the\s)?)?"
_STOP = r"(?:\.(?=,?\s\d|,?\sthe\s\d))?"  # of an abbreviation, not of the sentence
_NO_DAY = r"(?!\s?(?:%|percent|per\scent|pc\b|[ap]\.?m\b|million|billion|bn\b))"
_POINT = re.compile(
    rf"(?P<y1>(?:1[5-9]|20)\d\d)(?P<s>[-/])(?P<m1>[01]\d)(?P=s)(?P<d1>[0-3]\d)(?!\d)"
    rf"|(?P<d2>[0-3]?\d)(?P<t>[./])(?P<m2>[01]?\d)(?P=t)(?P<y2>{YEAR})"
    rf"|{_WEEKDAY}(?P<d3>{_DAY})\s(?:(?:day\s)?of\s)?(?P<m3>{_MONTH_NAMES})\b{_STOP}(?:,?\s(?:of\s)?(?P<y3>{_OLD_YEAR}))?"
    rf"|{_WEEKDAY}(?P<m4>{_MONTH_NAMES})\b{_STOP}\s(?:the\s)?(?P<d4>{_DAY}){_NO_DAY}(?:,?\s(?P<y4>{_OLD_YEAR}))?"
    rf"|(?P<m5>{_MONTH_NAMES})\b{_STOP},?\s(?:of\s)?(?P<y5>{_OLD_YEAR})"
    rf"|(?P<m6>{_MONTH_NAMES})\b(?!-(?!(?:{_MONTH_NAMES})\b)[a-z])"
    rf"|(?P<y7>{YEAR})"
)
_DAY_RANGE = re.compile(
    rf"(?:(?:between|from)\s)?(?P<d1>{_DAY})(?P<j1>\s?-\s?|\sto\s|\suntil\s|\sand\s|\sor\s)(?P<d2>{_DAY})\s(?:of\s)?"
    rf"(?P<m1>{_MONTH_NAMES})\b{_STOP}(?:,?\s(?P<y1>{YEAR}))?"
    rf"|(?:(?:between|from)\s)?(?P<m2>{_MONTH_NAMES})\b{_STOP}\s(?P<d3>{_DAY})(?P<j2>\s?-\s?|\sto\s|\suntil\s|\sand\s)"
    rf"(?P<d4>{_DAY})(?:,?\s(?P<y2>{YEAR}))?"
)
_YEAR_RANGE = re.compile(
    r"(?P<from>(?:1[5-9]|20)\d\d)\s?[-/]\s?(?P<to>(?:1[5-9]|20)\d\d|\d\d)(?![\w%]|[-.,/]\d)"
    r"(?P<name>\s(?:season|(?:financial|fiscal|academic|school)\syear))?"
)
_JOINTS = {
    "": re.compile(r"\s?-\s?|\s(?:to|until|till|through)\s"),
    "from": re.compile(r"\s?-\s?|\s(?:to|until|till|through|up\sto)\s"),
    "between": re.compile(r"\sand\s"),
}
_BOUND_TO = re.compile(r"(?P<word>from|between)\s(?:the\s)?")


class Point(NamedTuple):
    """A day, a month or a year; what is not written is None."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def is_possible(self) -> bool:
        """30 February and month 13 are not; 29 February is, as long as no year speaks against it."""
        return not self.day or bool(self.month and make_date(self.year or 2000, self.month, self.day))

    def edtf(self) -> str:
        """`XXXX-07-17` where the year is not known."""
        year = f"{self.year:04d}" if self.year is not None else "XXXX"
        return year + "".join(f"-{part:02d}" for part in (self.month, self.day) if part)

    def in_year_of(self, published_on: date | None, future: bool) -> "Point":
        if self.year is not None or not published_on or not self.month:
            return self
        year = place_in_year(self.month, self.day, published_on, future)
        leap = (back for back in range(year, year - 9, -1) if not self.day or make_date(back, self.month, self.day))
        return self._replace(year=next(leap, None))


class ReadPoint(NamedTuple):
    """One point, or two of an interval (`last`); `end` is the place after its words."""

    end: int
    first: Point
    last: Point | None = None

    @property
    def needs_year(self) -> bool:
        """Is the day of publication needed?"""
        return (self.last or self.first).year is None

    def in_year(self, year: int | None) -> "ReadPoint":
        """A 29 February that the year does not have falls back to the month."""
        point = (self.last or self.first)._replace(year=year)
        point = point if point.is_possible else point._replace(day=None)
        return self._replace(last=point) if self.last else self._replace(first=point)

    def edtf(self, published_on: date | None, future: bool) -> str | None:
        if not self.last:
            return self.first.in_year_of(published_on, future).edtf()
        last = self.last.in_year_of(published_on, future=True)
        if not future and not self._is_running(last, published_on):
            last = self.last.in_year_of(published_on, future)
        first = _complete(self.first, last)
        return f"{first.edtf()}/{last.edtf()}" if last.year is not None else None

    def _is_running(self, last: Point, published_on: date | None) -> bool:
        """`from July 22 to Aug. 30`, told in between; `last` is its next end."""
        begun = _complete(self.first, last).edtf()
        return published_on is not None and bool(last.day) and begun <= published_on.isoformat()


def read_point(text: str, at: int) -> ReadPoint | None:
    """`text` in small letters with plain hyphens and spaces."""
    match = _POINT.match(text, at)
    if not match:
        return None
    groups = match.groupdict()
    kind = next(name[1] for name in ("y1", "y2", "m3", "m4", "m5", "m6", "y7") if groups[name])
    day, month, year = (groups.get(f"{part}{kind}") for part in "dmy")
    point = Point(int(year) if year else None, _month(month), int(day.rstrip("stndrh")) if day else None)
    if kind == "2" and not point.is_possible:  # 10/13/2023 as the United States write it
        point = Point(point.year, point.day, point.month)
    is_date = point.is_possible and (point.month is None or 1 <= point.month <= 12)
    return ReadPoint(match.end(), point) if is_date else None


def read_weekday_point(text: str, at: int) -> ReadPoint | None:
    """`Tuesday, 3 May`: a weekday with its date."""
    return read_point(text, at) if text.startswith(tuple(WEEKDAYS), at) else None


def read_interval(text: str, at: int) -> ReadPoint | None:
    """`between 2013 and 2023`, `from March to June 2021`, `March 3-5, 2022`, `2021/22`, `2013-2023`."""
    return _read_day_range(text, at) or _read_year_range(text, at) or _read_two_points(text, at)


def _read_day_range(text: str, at: int) -> ReadPoint | None:
    match = _DAY_RANGE.match(text, at)
    if not match:
        return None
    first, last = (int((match[a] or match[b]).rstrip("stndrh")) for a, b in (("d1", "d3"), ("d2", "d4")))
    is_pair = "and" in (match["j1"] or match["j2"]) or "or" in (match["j1"] or match["j2"])
    if first >= last or (is_pair and not match[0].startswith("between") and last != first + 1):
        return None
    year, month = match["y1"] or match["y2"], _month(match["m1"] or match["m2"])
    points = [Point(int(year) if year else None, month, day) for day in (first, last)]
    return ReadPoint(match.end(), *points) if all(point.is_possible for point in points) else None


def _read_year_range(text: str, at: int) -> ReadPoint | None:
    """`2021-12` is a month, since no range of years runs backward."""
    match = _YEAR_RANGE.match(text, at)
    if not match:
        return None
    first, to = int(match["from"]), match["to"]
    last = int(to) if len(to) == 4 else first - first % 100 + int(to) + (100 if first % 100 == 99 and to == "00" else 0)
    if last <= first:
        is_month = len(to) == 2 and 1 <= int(to) <= 12 and not match["name"] and "-" in match[0]
        return ReadPoint(match.end("to"), Point(first, int(to))) if is_month else None
    return ReadPoint(match.end(), Point(first), Point(last))


def _read_two_points(text: str, at: int) -> ReadPoint | None:
    opening = _BOUND_TO.match(text, at)
    first = read_point(text, opening.end() if opening else at)
    joint = _JOINTS[opening["word"] if opening else ""].match(text, first.end) if first else None
    last = read_point(text, joint.end()) if joint else None
    if not first or not last or not joint:
        return None
    from_year_alone = first.first.month is None
    if from_year_alone != (last.first.month is None) and not (opening and first.first.year):
        return None
    if not opening and from_year_alone and "-" not in joint[0] and joint[0].strip() == "through":
        return None
    start = first.first
    end = last.first if last.first.year is not None else last.first._replace(year=_year_after(start, last.first))
    runs_on = start.year is None or end.year is None or _complete(start, end).edtf() <= end.edtf()
    return ReadPoint(last.end, start, end) if runs_on else None


def _year_after(first: Point, last: Point) -> int | None:
    if first.year is None or not last.month:
        return None
    return first.year + (1 if (last.month, last.day or 31) < (first.month or 0, first.day or 0) else 0)


def _complete(first: Point, last: Point) -> Point:
    """The first point of an interval in the year of the last, or in the one before where it would come after it."""
    if first.year is not None or last.year is None:
        return first
    later = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 31)
    point = first._replace(year=last.year - 1 if later else last.year)
    return point if point.is_possible else point._replace(day=None)


def _month(name: str | None) -> int | None:
    return (int(name) if name.isdigit() else MONTHS[name]) if name else None
