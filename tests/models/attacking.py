"""Writing past all that is not the database itself."""

from datetime import timedelta
from typing import Any

from django.utils import timezone


def change(row: Any, **values: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**values)


def double(row: Any, **values: Any) -> None:
    """Insert the row again, in bulk, with other values where named."""
    content = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    type(row).objects.bulk_create([type(row)(**content | values)])


def tomorrow() -> Any:
    return timezone.now() + timedelta(days=1)
