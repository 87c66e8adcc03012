"""The claims behind a number among the figures."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.admin.figure_query import FigureQuery
from claims.admin.figure_words import moment_of, say_counts, say_kind, say_period, say_times, title_of
from claims.admin.words import say
from claims.enums import ClaimStatus
from claims.models import Claim, Reviewer
from claims.permissions import Power, visible_claims
from claims.review.figure_claims import PAGE, Behind, Selection, Shown, find_behind


class Row(NamedTuple):
    """`claim` is one of `visible_claims`."""

    claim: Any
    shown: Shown
    times: str

    @property
    def kind(self) -> str:
        return say_kind(self.claim.kind)

    @property
    def status(self) -> str:
        return say(ClaimStatus, self.claim.shown_status)


@require_safe
@needs(Power.SEE_FIGURES)
def figure_claims(request: HttpRequest) -> HttpResponse:
    """400 for what is no number among the figures, with the reasons and the way back."""
    person = person_of(request)
    form = FigureQuery(person, request.GET)
    if not form.is_valid():
        told = {"title": _("There is no such figure"), "refusals": list(_refusals(form))}
        return show(request, "figure_refused", told, status=400)
    selection, page = form.selection, form.cleaned_data["page"] or 1
    behind = find_behind(person, selection, page)
    context: dict[str, Any] = {
        "title": title_of(selection),
        "counts": say_counts(selection.figure, behind),
        "moment": moment_of(selection.figure),
        "rows": _rows(person, selection, behind),
        "figures_url": f"{reverse('admin:figures')}?{urlencode(selection.period.as_query())}",
        "period": say_period(selection.period),
        "newer_query": _page(selection, page - 1) if page > 1 else "",
        "older_query": _page(selection, page + 1) if page * PAGE < behind.claims else "",
    }
    return show(request, "figure_claims", context)


def _refusals(form: FigureQuery) -> Iterator[str]:
    """Each with the name in the address that it is about, where it is about one."""
    for name, errors in form.errors.items():
        yield from (error if name == NON_FIELD_ERRORS else f"{name}: {error}" for error in map(str, errors))


def _rows(person: Reviewer, selection: Selection, behind: Behind) -> list[Row]:
    related = visible_claims(person).select_related("article", "rating")
    claims: dict[int, Claim] = related.in_bulk([shown.claim for shown in behind.shown])
    return [
        Row(claims[shown.claim], shown, say_times(selection.figure, shown.times) if shown.times > 1 else "")
        for shown in behind.shown
        if shown.claim in claims
    ]


def _page(selection: Selection, page: int) -> str:
    return f"?{urlencode(selection.as_query() | {'page': str(page)})}"
