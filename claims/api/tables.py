"""Rows of a serializer as a table: a CSV file for people who go on in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would compute, or call out, what begins so


class CSVRenderer(BaseRenderer):
    """A table as it was written; a problem as JSON, which its media type says."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return data.encode() if isinstance(data, str) else JSONRenderer().render(data)


def write_table(serializer: serializers.Serializer, rows: Iterable[Any]) -> str:
    """A header and one line a row. What is nested has columns of its own; what is a list is left out."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(_columns(serializer))
    lines.writerows([_cell(value) for value in _values(serializer, serializer.to_representation(row))] for row in rows)
    return out.getvalue()


def _columns(serializer: serializers.Serializer) -> Iterator[str]:
    for name, field in _shown(serializer):
        if isinstance(field, serializers.Serializer):
            yield from (f"{name}_{inner}" for inner in _columns(field))
        else:
            yield name


def _values(serializer: serializers.Serializer, row: Mapping[str, Any]) -> Iterator[Any]:
    for name, field in _shown(serializer):
        if isinstance(field, serializers.Serializer):
            yield from _values(field, row[name])
        else:
            yield row[name]


def _shown(serializer: serializers.Serializer) -> list[tuple[str, serializers.Field]]:
    fields = serializer.fields.items()
    return [(name, field) for name, field in fields if not isinstance(field, serializers.ListField)]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
