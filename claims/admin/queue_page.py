"""The review queue: what waits, and who holds what."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.admin.queue_rows import QueueFilter, find_rows, waiting_outlets
from claims.admin.words import KINDS, STATUSES
from claims.permissions import Power, can, people_who_can


class Choice(NamedTuple):
    query: str
    name: str
    is_chosen: bool


@require_safe
@needs(Power.SEE_REVIEW)
def review_queue(request: HttpRequest) -> HttpResponse:
    wanted = QueueFilter.from_query(request.GET)
    person = person_of(request)
    rows, after = find_rows(person, wanted)
    context = {
        "title": _("Review queue"),
        "rows": rows,
        "filters": list(_filters(request, wanted)),
        "next_query": _query(request, after=after) if after else "",
        "first_query": _query(request, after="") if wanted.after else "",
        "can_review": can(person, Power.REVIEW),
        "people": list(people_who_can(Power.REVIEW)) if can(person, Power.ASSIGN) else [],
    }
    return show(request, "queue", context)


def _filters(request: HttpRequest, wanted: QueueFilter) -> Iterator[tuple[str, list[Choice]]]:
    statuses = [("", _("Queued and in review")), *STATUSES.items()]
    outlets = waiting_outlets(person_of(request), wanted.statuses)
    if wanted.outlet and wanted.outlet not in outlets:
        outlets.append(wanted.outlet)
    yield _("Status"), _choices(request, "status", statuses)
    yield _("Kind"), _choices(request, "kind", [("", _("All")), *KINDS.items()])
    if outlets:
        yield _("Outlet"), _choices(request, "outlet", [("", _("All")), *zip(outlets, outlets, strict=True)])


def _choices(request: HttpRequest, name: str, values: Iterable[tuple[str, object]]) -> list[Choice]:
    values = list(values)
    asked = request.GET.get(name, "")
    chosen = asked if any(asked == value for value, _name in values) else ""
    return [Choice(_query(request, **{name: value, "after": ""}), str(word), value == chosen) for value, word in values]


def _query(request: HttpRequest, **changes: str) -> str:
    """This page's query with some of it changed; an empty value drops the name."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = str(value)
    return f"?{query.urlencode()}"
