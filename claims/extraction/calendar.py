"""English names of months, days and seasons, and arithmetic on days. EDTF strings out."""

from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
SATURDAY = 5
_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASON_CODES = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SEASONS = tuple(_SEASON_STARTS)
_FEBRUARY = 2
_MONTHS_IN_YEAR = 12


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def place_in_year(month: int, day: int | None, published_on: date, future: bool) -> int:
    """The year that a month without one means: the last time it came round, or the nearest where the talk is of later.

    A day that only leap years have falls back to the month.
    """
    years = [published_on.year + offset for offset in (-1, 0, 1)]
    distances = {year: (_day_near(year, month, day) - published_on).days for year in years}
    if future:
        now = (published_on.year, published_on.month)
        to_come = (year for year in years if distances[year] >= 0 or (not day and (year, month) >= now))
        return next(to_come, years[-1])
    return max((year for year in years if distances[year] <= 0), default=years[0])


def _day_near(year: int, month: int, day: int | None) -> date:
    return make_date(max(1, min(year, date.max.year)), month, day or 1) or date(max(1, min(year, 9999)), month, 28)


def shift_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date, months: int) -> str | None:
    """The month so many months away, as `2023-12`."""
    year, month = divmod(day.year * _MONTHS_IN_YEAR + day.month - 1 + months, _MONTHS_IN_YEAR)
    return f"{year:04d}-{month + 1:02d}" if 1 <= year <= date.max.year else None


def shift_years(day: date, years: int) -> str | None:
    year = day.year + years
    return f"{year:04d}" if 1 <= year <= date.max.year else None


def week_of(day: date, weeks: int) -> str | None:
    """The week so many weeks away as an interval, Monday to Sunday."""
    monday = shift_days(day, 7 * weeks - day.weekday())
    return interval(monday, shift_days(monday, 6) if monday else None)


def weekend_of(day: date, weeks: int) -> str | None:
    saturday = shift_days(day, 7 * weeks - day.weekday() + SATURDAY)
    return interval(saturday, shift_days(saturday, 1) if saturday else None)


def interval(first: date | None, last: date | None) -> str | None:
    return f"{first.isoformat()}/{last.isoformat()}" if first and last else None


def nearest_weekday(weekday: int, published_on: date, future: bool) -> date | None:
    """The last such day, today included; the next one where the talk is of later."""
    offset = (weekday - published_on.weekday()) % 7 if future else -((published_on.weekday() - weekday) % 7)
    return shift_days(published_on, offset)


def shifted_weekday(weekday: int, shift: int, published_on: date) -> date | None:
    """`last` (-1) and `next` (1) Tuesday are never today; `this` (0) one is the next, today included."""
    days = (weekday - published_on.weekday()) % 7
    return shift_days(published_on, (days or 7) if shift > 0 else days - 7 if shift < 0 else days)


def season_of(season: str, year: int) -> str:
    """`2023-22` is the summer of 2023; a winter has the year in which it begins."""
    return f"{year:04d}-{_SEASON_CODES[season]}"


def shifted_season(season: str, shift: int, published_on: date) -> str | None:
    """`last` (-1), `this` (0) or `next` (1) summer, autumn …"""
    begun = published_on.month >= _SEASON_STARTS[season]
    if shift < 0:
        over = published_on.month >= _SEASON_STARTS[season] + 3
        is_still_on = season == "winter" and published_on.month <= _FEBRUARY
        year = shift_years(published_on, 0 if over else -1 - is_still_on)
    else:
        year = shift_years(published_on, 1 if shift > 0 and begun else 0)
    return season_of(season, int(year)) if year else None


def quarter_of(year: int, quarter: int) -> str:
    return f"{year:04d}-{3 * quarter - 2:02d}/{year:04d}-{3 * quarter:02d}"


def shifted_quarter(published_on: date, shift: int) -> str | None:
    quarters = published_on.year * 4 + (published_on.month - 1) // 3 + shift
    return quarter_of(quarters // 4, quarters % 4 + 1) if 4 <= quarters < 4 * (date.max.year + 1) else None


def shifted_decade(published_on: date, shift: int) -> str | None:
    year = shift_years(published_on, 10 * shift)
    return f"{year[:3]}X" if year else None
