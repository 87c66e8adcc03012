"""Queries that are asked at every step of everybody: written once, and then only filled in.

Django takes longer to write such a query than PostgreSQL to answer it.
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property
from inspect import signature
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=Model)


class KeptQuery(Generic[Row]):
    """What `build` builds of its values. It is called once, and may put them only where a filter compares.

    Rows come with their annotations and what `select_related` names; prefetching is not for it.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self.build = build

    def __call__(self, *values: Any) -> list[Row]:
        compiler = self._fill_in(values)
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        rows: Any = SimpleNamespace(query=query, db=connection.alias, _known_related_objects={})
        return list(ModelIterable(rows))

    def get(self, *values: Any) -> Row:
        """The first row. Raises the model's DoesNotExist."""
        for row in self(*values):
            return row
        model: Any = self._written.query.model
        raise model.DoesNotExist

    def _fill_in(self, values: tuple[Any, ...]) -> Any:
        compiler = copy(self._written)
        if compiler.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("A lock needs a transaction.")
        filled = tuple(values[one.number] if isinstance(one, _Slot) else one for one in compiler.parameters)
        compiler.connection = connection
        compiler.as_sql = lambda: (compiler.sql, filled)
        return compiler

    @cached_property
    def _written(self) -> Any:
        """Django's compiler of the query when it has done its work, with what it has made."""
        rows = self.build(*map(_Slot, range(len(signature(self.build).parameters))))
        compiler: Any = rows.query.get_compiler(connection.alias)
        compiler.sql, compiler.parameters = compiler.as_sql()
        converters = compiler.get_converters([one[0] for one in compiler.select])
        compiler.get_converters = lambda expressions: converters
        return compiler


class _Slot(Expression):
    """Stands where a value will."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)
