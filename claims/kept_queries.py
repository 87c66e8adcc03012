"""Statements that are asked at every step of everybody: written once, and then only filled in.

Django takes longer to write such a statement than PostgreSQL to answer it.
"""

from collections.abc import Callable
from functools import cache, cached_property
from inspect import signature
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=Model)


class KeptQuery(Generic[Row]):
    """What `build` builds of its values. It is called once, and may put them only where a filter compares.

    Rows come with their annotations and what `select_related` names; prefetching is not for it.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self.build = build

    def __call__(self, *values: Any) -> list[Row]:
        written = self._written
        if written.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("A lock needs a transaction.")
        filled = [values[one.number] if isinstance(one, _Slot) else one for one in written.parameters]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, filled)
            found = cursor.fetchall()
        return [self._build(row) for row in written.apply_converters(found, written.converters)]

    def get(self, *values: Any) -> Row:
        """The first row. Raises the model's DoesNotExist."""
        for row in self(*values):
            return row
        model: Any = self._written.query.model
        raise model.DoesNotExist

    def _build(self, row: list[Any]) -> Row:
        """As Django's ModelIterable, which finds out anew each time what goes where."""
        written = self._written
        made: Any = written.query.model.from_db(connection.alias, written.names, row[written.own])
        for related in written.related:
            related.populate(row, made)
        for name, place in written.annotation_col_map.items():
            setattr(made, name, row[place])
        return made

    @cached_property
    def _written(self) -> Any:
        """Django's compiler of the query when it has done its work, with what it has made, for all threads."""
        rows = self.build(*map(_Slot, range(len(signature(self.build).parameters))))
        compiler: Any = rows.query.get_compiler(connection.alias)
        compiler.sql, compiler.parameters = compiler.as_sql()
        compiler.converters = compiler.get_converters([one[0] for one in compiler.select])
        places = compiler.klass_info["select_fields"]
        compiler.own = slice(places[0], places[-1] + 1)
        compiler.names = [one[0].target.attname for one in compiler.select[compiler.own]]
        told = compiler.klass_info, compiler.select, connection.alias
        compiler.related = get_related_populators(*told)  # type: ignore[call-arg]  # the stubs know a later Django
        compiler.connection = connection
        return compiler


class _Slot(Expression):
    """Stands where a value will."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


def save_fields(row: Model, *names: str) -> None:
    """As `row.save(update_fields=names)`, for a row that is there: nobody is told of it by a signal."""
    sql, fields = _write_update(type(row), names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])


@cache
def _write_update(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s', fields  # noqa: S608  names of ours
