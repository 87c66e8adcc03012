"""Dates told from another date: `41 in May, up from 30 a year earlier`, `since then`, `that year`."""

import re
from datetime import date

from claims.extraction.calendar import MONTHS, make_date, shift_days, shift_months
from claims.extraction.number_words import SMALL_NUMBERS

_FROM = re.compile(
    r"(?P<count>\d{1,3}|[a-z]+)\s(?P<unit>day|week|month|year)s?\s(?P<way>earlier|later|before|previously)"
    r"|(?P<near>day|week|month|year)\sbefore|(?P<side>previous|following|next)\s(?P<beside>day|week|month|year)"
)
_SAME = re.compile(r"that\s(?P<unit>day|night|morning|afternoon|evening|month|year)")
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_IN_THAT_YEAR = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?{_MONTH}\.?(?:\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)?,?\s(?:of\s)?that\syear"
)
_THAT_MONTH = re.compile(rf"that\s{_MONTH}")
HOUR = re.compile(r"\d[\d.:]*\s?[ap]\.?m\.?", re.IGNORECASE)
_LENGTHS = {"year": 4, "month": 7} | dict.fromkeys(("day", "night", "morning", "afternoon", "evening"), 10)
_PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_LAST_MONTH = 12
_DAYS = {"day": 1, "week": 7}


def shift_from(base: str, words: str) -> str | None:
    """`base` in EDTF, `words` in small letters -> EDTF; None where the words are no distance or the sum is unknown."""
    if words == "then":
        return base
    if words == "since":  # `has since been sold`
        return f"{base}/.." if _PART.fullmatch(base) else None
    named = _IN_THAT_YEAR.fullmatch(words) or _THAT_MONTH.fullmatch(words)
    if named:
        return _in_year_of(base, named.groupdict()) if _PART.fullmatch(base) else None
    if HOUR.fullmatch(words):  # `at 4am`: on the day that was spoken of
        return base if _PART.fullmatch(base) and len(base) == _LENGTHS["day"] else None
    same = _SAME.fullmatch(words)
    if same:
        return base[: _LENGTHS[same["unit"]]] if _PART.fullmatch(base) and len(base) >= _LENGTHS[same["unit"]] else None
    found = _FROM.fullmatch(words)
    if not found:
        return None
    count = _count_of(found["count"] or "a")
    way = 1 if found["way"] == "later" or found["side"] in ("following", "next") else -1
    unit = found["unit"] or found["near"] or found["beside"]
    parts = [_shift(part, unit, way * count) for part in base.split("/")] if count else [None]
    return "/".join(part for part in parts if part) if all(parts) else None


def _in_year_of(base: str, named: dict[str, str | None]) -> str:
    month, day = MONTHS[named["month"] or ""], int(named.get("d1") or named.get("d2") or 0)
    is_possible = day and make_date(int(base[:4]), month, day)
    return f"{base[:4]}-{month:02d}" + (f"-{day:02d}" if is_possible else "")


def join_stretch(first: str | None, last: str | None) -> str | None:
    """A month and the next, or years and those that follow at once; None of any others."""
    begun, over = (first or "").partition("/"), (last or "").partition("/")
    if begun[2] and begun[2] == over[0]:
        return f"{begun[0]}/{over[2]}" if over[2] else None
    is_next = first and _PART.fullmatch(first) and len(first) == _LENGTHS["month"] and _shift(first, "month", 1) == last
    return f"{first}/{last}" if is_next else None


def _count_of(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else int(SMALL_NUMBERS.get(word, 0))


def _shift(part: str, unit: str, count: int) -> str | None:
    found = _PART.fullmatch(part)
    if not found:
        return None
    year, month, day = int(found["year"]), found["month"], found["day"]
    if unit == "year":
        return f"{year + count:04d}{part[4:]}" if 1 <= year + count <= date.max.year and part[5:] != "02-29" else None
    if not month or int(month) > _LAST_MONTH:
        return None
    if unit == "month":
        return shift_months(date(year, int(month), 1), count)
    shifted = shift_days(date(year, int(month), int(day)), count * _DAYS[unit]) if day else None
    return shifted.isoformat() if shifted else None
