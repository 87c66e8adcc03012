"""Cursor pages that stay true while rows come and go: a cursor holds the place of a row, never a count of rows."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

if TYPE_CHECKING:  # REST framework's views import this module while they are made
    from rest_framework.views import APIView

Ordering = tuple[str, ...]


class CursorPages(BasePagination):
    """Pages of a view in one of its `orderings` (the first unless `ordering` asks for another) or its fixed `ordering`.

    The last field of an ordering is unique, so that rows that are otherwise equal keep their places. Cursors are
    signed: what comes back is a place that this desk gave out.
    """

    page_size = 50
    max_page_size = 200

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet, request: Request, view: "APIView | None" = None
    ) -> list[Model]:
        self.url = request.build_absolute_uri()
        self.ordering = self._read_ordering(request, view)
        size, cursor = self._read_page_size(request), self._read_cursor(request)
        backwards, place = cursor or (False, None)
        ordering = reverse_ordering(self.ordering) if backwards else self.ordering
        if place:
            queryset = queryset.filter(rows_after(place, ordering))
        rows = list(queryset.order_by(*ordering)[: size + 1])
        more, self.page = len(rows) > size, rows[:size]
        if backwards:
            self.page.reverse()
        self.has_next, self.has_previous = (True, more) if backwards else (more, cursor is not None)
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        next_url = self._link(False, self.page[-1]) if self.has_next and self.page else None
        previous_url = self._link(True, self.page[0]) if self.has_previous and self.page else None
        return Response({"next": next_url, "previous": previous_url, "results": data})

    def _read_ordering(self, request: Request, view: "APIView | None") -> Ordering:
        allowed = getattr(view, "orderings", ())
        if not allowed:
            return getattr(view, "ordering", ("-id",))
        wanted = request.query_params.get("ordering") or allowed[0]
        if wanted not in allowed:
            raise ValidationError({"ordering": [f"Choose one of {', '.join(allowed)}."]})
        return stable(wanted)

    def _read_page_size(self, request: Request) -> int:
        wanted = request.query_params.get("page_size", self.page_size)
        try:
            size = int(wanted)
        except ValueError:
            size = 0
        if size < 1:
            raise ValidationError({"page_size": [f"Write a number from 1 to {self.max_page_size}."]})
        return min(size, self.max_page_size)

    def _read_cursor(self, request: Request) -> tuple[bool, list[Any]] | None:
        written = request.query_params.get("cursor")
        if not written:
            return None
        try:
            ordering, backwards, place = signing.loads(written, salt="cursor")
        except signing.BadSignature:
            ordering = None
        if ordering != list(self.ordering):
            raise ValidationError({"cursor": ["This cursor is not from here. Follow the links of the first page."]})
        return backwards, place

    def _link(self, backwards: bool, row: Model) -> str:
        place = [_as_json(getattr(row, name.lstrip("-"))) for name in self.ordering]
        return replace_query_param(self.url, "cursor", signing.dumps([self.ordering, backwards, place], salt="cursor"))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "default": self.page_size}
        described = [
            ("cursor", "The place to go on from: follow `next` and `previous`.", {"type": "string"}),
            ("page_size", f"Rows a page; more than {self.max_page_size} are never given.", size),
        ]
        if orderings := getattr(view, "orderings", ()):
            enum = {"type": "string", "enum": list(orderings), "default": orderings[0]}
            described.append(("ordering", "The order of the rows; a minus turns it round.", enum))
        return [
            {"name": name, "in": "query", "required": False, "description": words, "schema": schema}
            for name, words, schema in described
        ]


def stable(field: str) -> Ordering:
    """An ordering by the field in which equal rows follow their ids, in the same direction."""
    return tuple(dict.fromkeys((field, "-id" if field.startswith("-") else "id")))


def reverse_ordering(ordering: Ordering) -> Ordering:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in ordering)


def rows_after(place: list[Any], ordering: Ordering) -> Q:
    """The rows that come after the place: beyond it in one field, and equal in those before."""
    condition, equal = Q(), Q()
    for name, value in zip(ordering, place, strict=True):
        field = name.lstrip("-")
        condition |= equal & Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{field: value})
    return condition


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
