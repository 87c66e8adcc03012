"""The review queue: what waits, and who holds what."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.admin.queue_filter import QueueFilter, change_query, offered_filters
from claims.admin.queue_rows import find_rows
from claims.permissions import Power, can, people_who_can


@require_safe
@needs(Power.SEE_REVIEW)
def review_queue(request: HttpRequest) -> HttpResponse:
    wanted, person = QueueFilter.from_query(request.GET), person_of(request)
    rows, after = find_rows(person, wanted)
    context = {
        "title": _("Review queue"),
        "rows": rows,
        "filters": list(offered_filters(person, request.GET, wanted)),
        "wanted": {name: value for name, value in vars(wanted.wanted).items() if value},
        "next_query": change_query(request.GET, after=after) if after else "",
        "first_query": change_query(request.GET, after="") if wanted.after else "",
        "can_review": can(person, Power.REVIEW),
        "people": list(people_who_can(Power.REVIEW)) if can(person, Power.ASSIGN) else [],
    }
    return show(request, "queue", context)
