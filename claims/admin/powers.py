"""The back office's rules of access, once, for every model in it."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from claims.admin.doorway import person_of
from claims.models import Reviewer
from claims.permissions import Power, can

MOST_ROWS = 10_000  # a list counts and pages no further; search finds the rest


class BoundedPaginator(Paginator):
    @cached_property
    def count(self) -> int:  # type: ignore[override]
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows[:MOST_ROWS].count()


class DeskModelAdmin(admin.ModelAdmin):
    """Rights follow from powers, rows from `visible`, and nothing that has history is deleted."""

    view_power: ClassVar[Power] = Power.SEE_REVIEW
    add_power: ClassVar[Power | None] = None
    change_power: ClassVar[Power | None] = None
    delete_power: ClassVar[Power | None] = None

    actions: Any = None
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False

    def visible(self, person: Reviewer) -> QuerySet[Any]:
        return self.model._default_manager.all()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.visible(person_of(request)).order_by(*self.get_ordering(request) or self.model._meta.ordering)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(self.model._meta.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may(request, self.view_power)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _may(request, self.add_power)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may(request, self.change_power)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may(request, self.delete_power)


def _may(request: HttpRequest, power: Power | None) -> bool:
    return power is not None and can(person_of(request), power)
