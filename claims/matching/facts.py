"""Which of two claims' facts say the same, and which contradict; what cannot be compared does neither. Pure Python."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from claims.matching.words import stem

Facts = Mapping[str, Any]
_ABOUT = 0.02  # how far apart, as a share of the larger, two values may be if one of them is only about
_UNSURE = re.compile(r"[~?%]")
_DATE = re.compile(r"\d{4}")


def compare_facts(one: Facts, other: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of those that are the same, and of those that differ."""
    compared = {name: compare(one.get(name), other.get(name)) for name, compare in _COMPARISONS.items()}
    same, differing = (tuple(name for name, found in compared.items() if found is wanted) for wanted in (True, False))
    return same, differing


def _same_quantity(one: Any, other: Any) -> bool | None:
    """Of the same unit; None where they cannot be compared."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping) or _measure(one) != _measure(other):
        return None
    values = [[_number(quantity.get(name)) for name in ("value", "value_max")] for quantity in (one, other)]
    if values[0][0] is None or values[1][0] is None:
        return None
    is_about = "about" in (one.get("bound"), other.get("bound"))
    return all(_is_equal(*pair, is_about=is_about) for pair in zip(*values, strict=True))


def _measure(quantity: Facts) -> tuple[str, ...]:
    """What is counted, and how."""
    said = (quantity.get(name) or "" for name in ("unit", "currency", "per", "share", "record", "ordinal"))
    unit, *how = map(str, said)
    return stem(unit), *how


def _number(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None


def _is_equal(one: float | None, other: float | None, *, is_about: bool) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= (_ABOUT * max(abs(one), abs(other)) if is_about else 0)


def _same_date(one: Any, other: Any) -> bool | None:
    """A year is the same as a day in it."""
    if not isinstance(one, str) or not isinstance(other, str) or not _DATE.match(one) or not _DATE.match(other):
        return None
    first, second = _UNSURE.sub("", one), _UNSURE.sub("", other)
    return first.startswith(second) or second.startswith(first)


_COMPARISONS: dict[str, Callable[[Any, Any], bool | None]] = {"quantity": _same_quantity, "date": _same_date}
