"""Periods and relative dates of English, a pattern and its reader each: `last summer`, `Q3 2023`, `two years ago`."""

import re
from collections.abc import Callable
from datetime import date

from claims.extraction.calendar import (
    MONTHS,
    SATURDAY,
    SEASONS,
    WEEKDAYS,
    interval,
    nearest_weekday,
    place_in_year,
    quarter_of,
    season_of,
    shift_days,
    shift_months,
    shift_years,
    shifted_decade,
    shifted_quarter,
    shifted_season,
    shifted_weekday,
    week_of,
    weekend_of,
)
from claims.extraction.date_points import YEAR
from claims.extraction.number_words import SMALL_NUMBERS

_SHIFTS = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_COUNTS = {word: value for word, value in SMALL_NUMBERS.items() if value > 0} | {"a": 1, "an": 1}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8}
_DECADES["nineties"] = 9
_CENTURIES = (
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first 16th 17th 18th 19th 20th 21st".split()  # noqa: SIM905
)
_HOLIDAYS = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
    "christmas": (12, 25), "boxing day": (12, 26), "valentine's day": (2, 14), "halloween": (10, 31),
    "may day": (5, 1), "fourth of july": (7, 4), "july fourth": (7, 4), "armistice day": (11, 11),
}  # fmt: skip
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
_YEARS_IN = {"year": 1, "decade": 10}


Reader = Callable[[re.Match[str], date, bool], str | None]


def _read_shifted(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`last summer`, `next week`, `this month`."""
    shift, unit = _SHIFTS[match["shift"]], match["period"]
    if unit in WEEKDAYS:
        day = shifted_weekday(WEEKDAYS[unit], shift, published_on)
        return day.isoformat() if day else None
    if unit in SEASONS:
        return shifted_season(unit, shift, published_on)
    if unit in MONTHS:
        return _shifted_month(MONTHS[unit], shift, published_on)
    if unit in ("morning", "afternoon", "evening", "night"):
        day = shift_days(published_on, shift)
        return day.isoformat() if day else None
    return _SHIFTED[unit](published_on, shift)


_SHIFTED: dict[str, Callable[[date, int], str | None]] = {
    "week": week_of,
    "weekend": weekend_of,
    "month": shift_months,
    "year": shift_years,
    "decade": shifted_decade,
    "quarter": shifted_quarter,
}


def _shifted_month(month: int, shift: int, published_on: date) -> str:
    turn = {-1: month >= published_on.month, 0: False, 1: month <= published_on.month}[shift]
    return f"{published_on.year + shift * turn:04d}-{month:02d}"


def _read_ago(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`two years ago`, `ten days ago`; a count of weeks names a day only roughly."""
    count, unit = _count(match), match["unit"]
    if unit in _DAYS_IN:
        day = shift_days(published_on, -count * _DAYS_IN[unit])
        return (day.isoformat() + ("~" if unit != "day" else "")) if day else None
    if unit == "month":
        return shift_months(published_on, -count)
    return shift_years(published_on, -count * _YEARS_IN[unit])


def _read_years_until(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`between 2018 and last year`"""
    first, last = int(match["since"]), published_on.year + _SHIFTS[match["until"]]
    return f"{first:04d}/{last:04d}" if first < last else None


def _read_stretch(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`the past five years`, `the next three days`: from or to the day of publication, as exact as its unit."""
    count, unit = _count(match), match["unit"]
    count = count if match["way"] in ("next", "coming", "following") else -count
    if unit in _DAYS_IN:
        other = shift_days(published_on, count * _DAYS_IN[unit])
        return interval(*sorted((other, published_on))) if other else None
    if unit == "month":
        ends = (shift_months(published_on, count), shift_months(published_on, 0))
    else:
        ends = (shift_years(published_on, count * _YEARS_IN[unit]), shift_years(published_on, 0))
    return "/".join(sorted(end for end in ends if end)) if all(ends) else None


def _count(match: re.Match[str]) -> int:
    words = match["count"] or "one"
    return int(words) if words.isdigit() else sum(_COUNTS[word] for word in words.replace("-", " ").split())


def _read_named_day(match: re.Match[str], published_on: date, future: bool) -> str | None:
    name = match["name"]
    if name in WEEKDAYS:
        day = nearest_weekday(WEEKDAYS[name], published_on, future)
    else:
        day = shift_days(published_on, _NAMED_DAYS[name])
    return day.isoformat() if day else None


_NAMED_DAYS = {
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "the day after tomorrow": 2,
}  # fmt: skip


def _read_quarter(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`the third quarter of 2023`, `Q3`, `the first half of last year`; a lone quarter is the last that began."""
    year, number = _year_of(match, published_on), int(match["q"] or _ORDINALS[match["nth"]])
    if not year and not match["of"]:
        begun, over = (number - 1) * 3 + 1 <= published_on.month, number * 3 < published_on.month
        year = published_on.year + (over if future else begun - 1)
    return quarter_of(year, number) if year and number <= 4 else None


def _read_half(match: re.Match[str], published_on: date, future: bool) -> str | None:
    year, number = _year_of(match, published_on), int(match["h"] or _ORDINALS[match["nth"]])
    return f"{year:04d}-{6 * number - 5:02d}/{year:04d}-{6 * number:02d}" if year and number <= 2 else None


def _read_months(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`the first nine months of 2023`, `the first 11 months`: the last that are over"""
    months = int(match["months"]) if match["months"].isdigit() else _COUNTS[match["months"]]
    is_said = match["year"] or match["of"] or _A_YEAR.search(match.string)
    year = _year_of(match, published_on) if is_said else published_on.year - (months > published_on.month)
    first = 1 if match["nth"] == "first" else 13 - months
    return f"{year:04d}-{first:02d}/{year:04d}-{first + months - 1:02d}" if year else None


def _read_months_to(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`the three months to September`, `the year to June 2023`"""
    count, month = {"year": 12, "quarter": 3}.get(match["span"] or "") or _count(match), MONTHS[match["last"]]
    year = int(match["year"]) if match["year"] else place_in_year(month, None, published_on, future)
    first = year * 12 + month - count
    return f"{first // 12:04d}-{first % 12 + 1:02d}/{year:04d}-{month:02d}" if count and first >= 12 else None


def _year_of(match: re.Match[str], published_on: date) -> int | None:
    if match["year"]:
        return int(match["year"])
    shift = {"last year": -1, "the previous year": -1, "next year": 1, "this year": 0, "the year": 0}.get(
        match["of"] or ""
    )
    year = shift_years(published_on, shift) if shift is not None else None
    return int(year) if year else None


def _read_long_year(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`last season`, `this school year`: two calendar years, the first of which begins in July."""
    begun = published_on.year - (published_on.month < _JULY) + {"last": -1, "this": 0, "next": 1}[match["long"]]
    return f"{begun:04d}/{begun + 1:04d}" if 1 <= begun < date.max.year else None


def _read_beginning(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`the start of the year`: its first month; of the month: its first day."""
    year, month = published_on.year, published_on.month
    return f"{year:04d}-01" if match["beginning"] == "year" else f"{year:04d}-{month:02d}-01"


def _read_weekend(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`over the weekend`: the last one that has begun."""
    is_weekend = published_on.weekday() >= SATURDAY
    return weekend_of(published_on, 0 if is_weekend else -1)


def _read_ending(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`the end of the year`: the year, as a deadline is dated."""
    return {"year": shift_years, "month": shift_months, "week": week_of}[match["ending"]](published_on, 0)


def _read_season(match: re.Match[str], published_on: date, future: bool) -> str | None:
    if match["year"]:
        return season_of(match["season"], int(match["year"][:4]))
    begun = shifted_season(match["season"], 1, published_on) != season_of(match["season"], published_on.year)
    over = shifted_season(match["season"], -1, published_on) == season_of(match["season"], published_on.year)
    return shifted_season(match["season"], int(over) if future else begun - 1, published_on)


def _read_decade(match: re.Match[str], published_on: date, future: bool) -> str | None:
    """`the 1990s` -> 199X, `the 1800s` -> 18XX, `the 2000s` -> 200X."""
    decade = match["decade"]
    if not decade:
        return f"19{match['short'] or _DECADES[match['word']]}X"
    return f"{decade[:2]}XX" if decade[2] == "0" and decade != "2000" else f"{decade[:3]}X"


def _read_century(match: re.Match[str], published_on: date, future: bool) -> str | None:
    return f"{15 + _CENTURIES.index(match['nth']) % 6}XX"


def _read_holiday(match: re.Match[str], published_on: date, future: bool) -> str | None:
    month, day = _HOLIDAYS[match["holiday"]]
    year = int(match["year"]) if match["year"] else place_in_year(month, day, published_on, future)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _read_fiscal_year(match: re.Match[str], published_on: date, future: bool) -> str | None:
    return match["year"]


def _read_attack(match: re.Match[str], published_on: date, future: bool) -> str | None:
    return "2001-09-11"


_OF = (
    rf"(?:,?\s(?:of\s|in\s)?(?:(?:fiscal\s)?(?P<year>{YEAR})"
    r"|(?P<of>last\syear|this\syear|next\syear|the\s(?:previous\s)?year)\b))"
)
_AFTER = "|".join(
    f"(?<=\\b{words} )"
    for words in (
        "in",
        "in the",
        "over the",
        "before the",
        "all",
        "by",
        "by the",
        "since",
        "until",
        "during the",
        "through the",
        "after the",
        "from",
    )
)
_COUNT = (
    "(?P<count>[0-9]{1,3}|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\\s])?(?:"
    + "|".join(sorted(_COUNTS, key=len, reverse=True))
    + "))"
)
_JULY = 7
_UNIT = r"(?P<unit>day|week|fortnight|month|year|decade)s?\b"
_PERIOD = (
    "(?P<period>week|weekend|month|year|decade|quarter|morning|afternoon|evening|night|"
    + "|".join((*SEASONS, *WEEKDAYS, *(name for name in MONTHS if len(name) > 2)))
    + r")\b"
)
_SHIFT = r"(?P<shift>last|this|next|coming|current)\s(?:past\s|coming\s)?"
_SHORT_YEARS = r"(?P<year>(?:1[5-9]|20)\d\d(?:[-/]\d\d(?:\d\d)?)?)(?![\w%]|[.,/]\d)"
_A_YEAR = re.compile(rf"\b{YEAR}")
_MONTHS = "(?P<months>two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1[01])"
_NTH = "(?P<nth>first|second|third|fourth|final|last(?= quarter of (?:1|2))|1st|2nd|3rd|4th)"
_PATTERNS: tuple[tuple[str, Reader | None], ...] = (
    (rf"(?:between|from)\s(?P<since>{YEAR})\s(?:and|to|until)\s(?P<until>last|this)\syear\b", _read_years_until),
    (r"9/11\b|sept(?:ember|\.)?\s11(?:th)?(?=,?\s(?:attacks?|terror))", _read_attack),
    (
        rf"(?:past|last|previous|next|coming|following)\s(?:(?:a\s)?few|several|couple\sof|many)\s{_UNIT}",
        None,
    ),
    (
        r"(?<!to )(?<!will )(?<!would )(?<!could )(?<!may )(?<!might )(?<!can )"  # not the verb
        rf"(?P<way>past|last|previous|next|coming|following)\s{_COUNT}\s{_UNIT}(?!\sof\b)",
        _read_stretch,
    ),
    (rf"(?<=the )(?P<way>past|last)\s(?P<count>){_UNIT}(?!\sof\b)", _read_stretch),
    (r"(?<=the )(?:next|previous|following|same)\s(?:day|week|month|year|morning|evening|night|quarter)\b", None),
    (rf"{_SHIFT}{_PERIOD}(?!-(?:old|long)|\sof\b)", _read_shifted),
    (rf"{_COUNT}\s{_UNIT}\sago\b", _read_ago),
    (r"(?<=the )(?:day|week|month|year)\sbefore(?=[.,;]|$)|(?<=since )then\b", None),
    (r"(?:(?<=has )|(?<=have )|(?<=ever ))since\b(?!\s(?:the|a|an|it|he|she|they|\d|last|then)\b)", None),
    (r"(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?\s?(?:[ap]m\b|[ap]\.m\.)", None),
    (
        r"that\s(?:day|night|morning|afternoon|evening|month|year|"
        rf"{'|'.join(name for name in MONTHS if len(name) > 2)})\b(?!['’])",
        None,
    ),
    (rf"{_COUNT}\s{_UNIT}\s(?:earlier|later|before|previously)\b(?! than| tax)", None),
    (rf"(?:{_NTH}[\s-]quarter\b|q(?P<q>[1-4])\b){_OF}?(?!\sof\b)", _read_quarter),
    (rf"(?:{_NTH}\shalf|h(?P<h>[12])\b){_OF}", _read_half),
    (
        r"(?P<long>last|this|next)\s(?:season|(?:school|academic|financial|fiscal)\syear)\b(?!\s?[-'’])",
        _read_long_year,
    ),
    (r"(?:the\s)?(?:start|beginning)\sof\s(?:the|this)\s(?P<beginning>year|month)\b", _read_beginning),
    (r"(?:(?<=over the )|(?<=at the )|(?<=over this ))weekend\b", _read_weekend),
    (r"(?:the\s)?end\sof\s(?:the|this)\s(?P<ending>year|month|week)\b", _read_ending),
    (rf"(?P<nth>first|last|final)\s{_MONTHS}\smonths{_OF}", _read_months),
    (
        r"(?<=the )(?P<nth>first)\s(?P<months>three|six|nine|ten|eleven|[369]|1[01])\smonths(?P<year>)(?P<of>)"
        r"(?=\s?(?:[,.;)]|$|from\b|compared\b|to\b|up\b|down\b|alone\b))",
        _read_months,
    ),
    (
        rf"(?:{_COUNT}\smonths|(?P<span>year|quarter))\s(?:to|ended|ending|through)\s(?:in\s)?(?:the\send\sof\s|[1-3]?\d\s)?"
        rf"(?P<last>{'|'.join(name for name in MONTHS if len(name) > 2)})\b(?:\s[1-3]?\d\b)?(?:,?\s(?P<year>{YEAR}))?",
        _read_months_to,
    ),
    (rf"(?P<season>{'|'.join(SEASONS)})\s(?:of\s)?{_SHORT_YEARS}", _read_season),
    (rf"(?:{_AFTER})(?P<season>spring|summer|autumn|winter)(?P<year>)\b(?!\s(?:of|water|games))", _read_season),
    (
        r"(?P<decade>(?:1[5-9]|20)\d0)s\b|(?:(?<=the )|(?<=the early )|(?<=the late )|(?<=the mid-)|(?='))"
        rf"(?:'?(?P<short>[2-9])0s|(?P<word>{'|'.join(_DECADES)}))\b",
        _read_decade,
    ),
    (rf"(?P<nth>{'|'.join(_CENTURIES)})[\s-]century\b", _read_century),
    (
        rf"(?P<holiday>{'|'.join(_HOLIDAYS)})\b(?:,?\s(?P<year>{YEAR}))?"
        r"(?!\s(?:tree|market|present|card|gift|song|carol|shop|parade))",
        _read_holiday,
    ),
    (rf"(?:fy|(?:fiscal|financial)\s(?:year\s)?)\s?(?P<year>{YEAR})", _read_fiscal_year),
    (
        rf"(?P<name>the\sday\sbefore\syesterday|the\sday\safter\stomorrow|yesterday|today|tonight|tomorrow"
        rf"|(?:{'|'.join(WEEKDAYS)}))\b(?:\s(?:morning|afternoon|evening|night)\b)?(?!\sof\b|-)",
        _read_named_day,
    ),
)  # fmt: skip
FORMS = tuple((re.compile(pattern), read) for pattern, read in _PATTERNS)
_ABSOLUTE = (_read_decade, _read_century, _read_attack)


def read_form(text: str, at: int) -> tuple[re.Match[str], Reader | None] | None:
    """The first form that fits here; `text` in small letters with plain hyphens and spaces."""
    return next(((match, read) for pattern, read in FORMS if (match := pattern.match(text, at))), None)


def is_absolute(match: re.Match[str], read: Reader) -> bool:
    """Is the date known without the day of publication?"""
    return read in _ABSOLUTE or bool(match.groupdict().get("year"))


def is_roughly_said(read: Reader) -> bool:
    """Can `about` before it mean that the date is rough (`about two years ago`), and not what is talked of?"""
    return read in (_read_ago, _read_decade, _read_century)


def undated(match: re.Match[str]) -> str | None:
    """A holiday in an unknown year: `XXXX-12-25`."""
    holiday = match.groupdict().get("holiday")
    return "XXXX-{:02d}-{:02d}".format(*_HOLIDAYS[holiday]) if holiday else None
