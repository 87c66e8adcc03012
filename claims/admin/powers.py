"""The back office's rules of access, once, for every model in it."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from claims.admin.doorway import person_of
from claims.models import Reviewer
from claims.permissions import Power, can

_FILTERS_BY = ("", "__exact", "__isnull", "__id__exact", "__gte", "__lt")  # what links of Django's filters ask for
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
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False

    def visible(self, person: Reviewer) -> QuerySet[Any]:
        return self.model._default_manager.all()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.visible(person_of(request)).order_by(*self.get_ordering(request) or self.model._meta.ordering)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What the list's own filters ask for: any other lookup may be slow, or not even be one."""
        filters = self.get_list_filter(request)
        names = [one[0] if isinstance(one, tuple) else one for one in filters]
        fields = {f"{name}{by}" for name in names if isinstance(name, str) for by in _FILTERS_BY}
        own = fields | {getattr(one, "parameter_name", "") for one in filters}
        return lookup in own and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(self.model._meta.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        try:
            for ticked in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(ticked)
        except ValidationError as error:
            raise BadRequest("What is ticked is no row.") from error
        return super().response_action(request, *args, **kwargs)

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
