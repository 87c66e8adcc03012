"""Values that stand in the text of a statement, for what PostgreSQL plans by them."""

from typing import Any

from django.db.models import Value
from psycopg import sql


class Literal(Value):
    """Quoted, in the text of the statement: beside it, one plan would serve rare and common words."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        connection.ensure_connection()
        return sql.Literal(self.value).as_string(connection.connection).replace("%", "%%"), ()
