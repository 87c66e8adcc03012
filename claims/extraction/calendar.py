"""Names of months, days and seasons, and arithmetic on days. EDTF strings out."""

from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar enero janvier janeiro",
            "february feb februar febrero février fevereiro",
            "march mar märz marzo mars março",
            "april apr abril avril",
            "may mai mayo maio",
            "june jun juni junio juin junho",
            "july jul juli julio juillet julho",
            "august aug agosto août",
            "september sept sep septiembre septembre setembro",
            "october oct oktober octubre octobre outubro",
            "november nov noviembre novembre novembro",
            "december dec dezember diciembre décembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
SEASONS = tuple(_SEASON_STARTS)
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
        return min(years, key=lambda year: (abs(distances[year]), distances[year]))
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
    sunday = shift_days(monday, 6) if monday else None
    return f"{monday.isoformat()}/{sunday.isoformat()}" if monday and sunday else None


def nearest_weekday(weekday: int, published_on: date, future: bool) -> date | None:
    """The last such day, today included; the next one where the talk is of later."""
    offset = (weekday - published_on.weekday()) % 7 if future else -((published_on.weekday() - weekday) % 7)
    return shift_days(published_on, offset)


def season_year(season: str, shift: int, published_on: date) -> str | None:
    """The year of `last` (-1), `this` (0) or `next` (1) summer, autumn …: the one in which it begins."""
    begun = published_on.month >= _SEASON_STARTS[season]
    if shift < 0:
        over = published_on.month >= _SEASON_STARTS[season] + 3
        return shift_years(published_on, 0 if over else -1)
    return shift_years(published_on, 1 if shift > 0 and begun else 0)
