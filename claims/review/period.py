"""Periods that figures are about: whole days at the desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.exceptions import DeskError

FIRST_DAY = date(2000, 1, 1)
LONGEST = timedelta(days=5 * 366)
USUAL = timedelta(days=90)


@dataclass(frozen=True)
class Period:
    """Whole days at the desk, the first and the last one included."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return _begin(self.first)

    @property
    def until(self) -> datetime:
        """The moment after it."""
        return _begin(self.last + timedelta(days=1))

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def as_query(self) -> dict[str, str]:
        """As `choose_period` is told of it, in an address."""
        return {"since": self.first.isoformat(), "until": self.last.isoformat()}

    def holds(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.since, f"{field}__lt": self.until})


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def choose_period(since: date | None = None, until: date | None = None) -> Period:
    """From `since` to `until`, both included, and no further than today; 90 days unless they say otherwise.

    Raises DeskError (`period`) where that is no day at all, or more than five years.
    """
    today = timezone.localdate()
    last = min(until or today, today)
    first = since or FIRST_DAY + max(last - FIRST_DAY - USUAL + timedelta(days=1), timedelta(0))
    if first > last:
        words = _("The period begins after it ends, or in the future. Choose another first day.")
        raise DeskError(words, code="period")
    if first < FIRST_DAY or last - first > LONGEST:
        raise DeskError(_("Choose a period of at most five years, from the year 2000 on."), code="period")
    return Period(first, last)
