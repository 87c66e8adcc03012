"""Counting for a page: no further than anybody reads."""

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.formats import number_format

MOST = 1000  # counting stops here


class Figure(NamedTuple):
    """A counted thing with the page that shows it; counting stops at MOST."""

    counted: int
    words: str
    url: str

    @property
    def number(self) -> str:
        return f"{number_format(MOST, force_grouping=True)}+" if self.counted > MOST else str(self.counted)


def count_up(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: MOST + 1].count()
