"""What the desk has published, as a list to search. It changes only on the review page of its claim."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from claims.admin.doorway import person_of, typed_number
from claims.admin.powers import DeskModelAdmin
from claims.models import FactCheck, Reviewer
from claims.permissions import Power, can, visible_fact_checks
from claims.publishing.listing import with_corrected


class LiveFilter(admin.SimpleListFilter):
    title = _("publication")
    parameter_name = "live"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Live")), ("no", _("Withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[FactCheck]) -> QuerySet[FactCheck]:
        value = self.value()
        return queryset.filter(withdrawn_at__isnull=value == "yes") if value in ("yes", "no") else queryset


@admin.register(FactCheck)
class FactCheckAdmin(DeskModelAdmin):
    view_power = Power.SEE_DESK
    list_display = ["title", "rating", "claim", "published_by", "published_at", "corrected", "withdrawn_at"]
    list_filter = [LiveFilter, "rating"]
    list_select_related = ["rating", "claim", "published_by"]
    search_fields = ["title"]

    def visible(self, person: Reviewer) -> QuerySet[FactCheck]:
        return with_corrected(visible_fact_checks(person))

    @admin.display(description=_("corrections"))
    def corrected(self, fact_check: Any) -> int:
        return int(fact_check.corrected)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The claim's review page; for who may not see that, what readers see."""
        person = person_of(request)
        fact_check = visible_fact_checks(person).filter(pk=typed_number(object_id)).first()
        if fact_check is None:
            raise Http404
        if can(person, Power.SEE_REVIEW):
            return redirect("admin:review_claim", fact_check.claim_id)
        return redirect("fact_check", fact_check.slug)
