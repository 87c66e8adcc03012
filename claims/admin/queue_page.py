"""The review queue: what waits, and who holds what."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.admin.priority_form import BOOSTS
from claims.admin.queue_filter import QueueFilter, change_query, offered_filters, offered_views
from claims.admin.queue_rows import find_among, find_rows
from claims.admin.queue_search import MOST_FOUND
from claims.admin.review_page import OFFERED_DISMISSALS
from claims.admin.words import DISMISSALS
from claims.models import Reviewer
from claims.permissions import Power, can, people_who_can
from claims.review.queue import EVERYTHING


@require_safe
@needs(Power.SEE_REVIEW)
def review_queue(request: HttpRequest) -> HttpResponse:
    """The page; with `live` in its address the list alone, for the script that keeps the page as it should be."""
    wanted, person = QueueFilter.from_query(request.GET), person_of(request)
    among = find_among(person, wanted)
    rows, after = find_rows(person, wanted, among)
    context = {"rows": rows, "next_query": change_query(request.GET, after=after) if after else "", **_tools(person)}
    if "live" in request.GET:
        return show(request, "queue_list", context)
    context |= {
        "title": _("Review queue"),
        "views": offered_views(person, request.GET),
        "filters": list(offered_filters(person, request.GET, wanted)),
        "wanted": {name: value for name, value in vars(wanted.wanted).items() if value},
        "words": wanted.words,
        "is_narrowed": bool(wanted.words or wanted.view or wanted.wanted != EVERYTHING),
        "no_words_query": change_query(request.GET, q="", after=""),
        "asked_besides": _asked_besides(request),
        "most_found": MOST_FOUND if among is not None and len(among) > MOST_FOUND else None,
        "first_query": change_query(request.GET, after="") if wanted.after else "",
        "here": request.GET.urlencode(),
        "live_query": change_query(request.GET, live="1"),
    }
    return show(request, "queue", context)


def _tools(person: Reviewer) -> dict[str, Any]:
    """What reviewers do with a row, and editors with many."""
    tools: dict[str, Any] = {"can_review": can(person, Power.REVIEW)}
    if can(person, Power.ASSIGN):
        dismissals = [(value, word) for value, word in DISMISSALS.items() if value in OFFERED_DISMISSALS]
        tools |= {"people": list(people_who_can(Power.REVIEW)), "boosts": BOOSTS, "dismissals": dismissals}
    return tools


def _asked_besides(request: HttpRequest) -> list[tuple[str, str]]:
    """What a search keeps of the address: all but the page, which would be one of another list."""
    return [(name, str(value)) for name, value in request.GET.items() if name not in ("q", "after", "live")]
