"""Queries that are asked at every step of everybody: written once, and then only filled in.

Django takes longer to write such a query than PostgreSQL to answer it.
"""

from collections.abc import Callable
from functools import cache, cached_property
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db.models import Expression, Model, QuerySet

Row = TypeVar("Row", bound=Model)


class KeptQuery(Generic[Row]):
    """What `build` builds of its values. It is called once, and may put them only where a filter compares.

    Rows come with their annotations; `select_related` and prefetching are not for it.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self.build = build

    def __call__(self, *values: Any) -> list[Row]:
        model, sql, parameters = self._written
        filled = [values[one.number] if isinstance(one, _Slot) else one for one in parameters]
        return list(model._base_manager.raw(sql, filled))

    def get(self, *values: Any) -> Row:
        """The first row. Raises the model's DoesNotExist."""
        for row in self(*values):
            return row
        model: Any = self._written[0]
        raise model.DoesNotExist

    @cached_property
    def _written(self) -> tuple[type[Row], str, tuple[Any, ...]]:
        rows = self.build(*map(_Slot, range(len(signature(self.build).parameters))))
        return rows.model, *rows.query.sql_with_params()


class _Slot(Expression):
    """Stands where a value will."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


def read_related(row: Model, *names: str) -> None:
    """Fetch the rows that these foreign keys of a row point to, each by a kept query."""
    for name in names:
        field: Any = row._meta.get_field(name)
        key = getattr(row, field.attname)
        setattr(row, name, None if key is None else _by_key(field.related_model).get(key))


@cache
def _by_key(model: type[Model]) -> KeptQuery[Any]:
    return KeptQuery(lambda key: model._base_manager.filter(pk=key))
