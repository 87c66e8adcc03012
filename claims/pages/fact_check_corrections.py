"""What the desk has corrected and withdrawn, in one place, so that readers find it."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from claims.models import Correction, FactCheck
from claims.pages.changes import Change, describe_changes
from claims.pages.public import public_page, show
from claims.permissions import public_fact_checks

PAGE_SIZE = 50
LATEST = datetime.max.replace(tzinfo=UTC)


class Entry(NamedTuple):
    """`number` is that of the correction, None for a withdrawal; `rating` is how the rating changed by it."""

    at: datetime
    fact_check: FactCheck
    words: str
    number: int | None = None
    rating: Change | None = None


@public_page
def fact_check_corrections(request: HttpRequest) -> HttpResponse:
    """The newest first, from before a time on."""
    before = _read_time(request.GET.get("before", ""))
    entries = [*_find_corrections(before), *_find_withdrawals(before)]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    older = entries[PAGE_SIZE - 1].at if len(entries) > PAGE_SIZE else None
    context = {"entries": entries[:PAGE_SIZE], "older": older and older.isoformat(), "is_first_page": before == LATEST}
    return show("corrections", context)


def _read_time(typed: str) -> datetime:
    """What is no time begins anew."""
    try:
        read = parse_datetime(typed)
    except ValueError:  # as the 31st of February
        read = None
    return read if read and read.tzinfo else LATEST


def _find_corrections(before: datetime) -> list[Entry]:
    """Of what is withdrawn the desk says no more than that."""
    live = Correction.objects.filter(fact_check__in=public_fact_checks().filter(withdrawn_at=None))
    related = live.select_related("fact_check__claim__article").defer("fact_check__text")
    found = related.filter(at__lt=before).order_by("-at", "-id")[: PAGE_SIZE + 1]
    return [Entry(one.at, one.fact_check, one.note, one.number, _find_rating_change(one)) for one in found]


def _find_rating_change(correction: Correction) -> Change | None:
    rating = correction.changes.get("rating")
    return describe_changes({"rating": rating})[0] if rating else None


def _find_withdrawals(before: datetime) -> list[Entry]:
    found = public_fact_checks().filter(withdrawn_at__lt=before).select_related("claim__article").defer("text")
    newest = found.order_by("-withdrawn_at", "-id")[: PAGE_SIZE + 1]
    return [Entry(one.withdrawn_at, one, one.withdrawn_because) for one in newest if one.withdrawn_at]
