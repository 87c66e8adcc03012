"""What a quantity says, typed: Decimal inside, JSON values at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_FLOAT_DIGITS = 15  # what every float keeps of a decimal number
_MAX_EXPONENT = 40


class Bound(StrEnum):
    """How a value stands to the truth; none of them where it is exact."""

    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    MORE = "more"
    LESS = "less"
    TIMES = "times"
    SAME = "same"


@dataclass(frozen=True)
class Comparison:
    """`base` is what the value is compared with, in the article's words (`a year earlier`); empty if it is not said."""

    direction: Direction
    base: str = ""

    def as_dict(self) -> dict[str, object]:
        base: dict[str, object] = {"base": self.base} if self.base else {}
        return {"direction": self.direction.value, **base}


@dataclass(frozen=True)
class Amount:
    """A quantity. What is not set is not said.

    `value_max` is the upper end of a range; `unit` the counted noun, or `%` for a bare percentage; `currency` ISO 4217;
    `per` the base of a rate (`day`). A `share` is the number as written: 18 for 18 %, 0.5 for half, 0.2 for one in
    five. A `record` (`lowest`) has the span of the record as its value and unit (50, `years`), if that is said.
    """

    value: Decimal | None = None
    value_max: Decimal | None = None
    bound: Bound | None = None
    unit: str = ""
    currency: str = ""
    share: bool = False
    per: str = ""
    record: str = ""
    comparison: Comparison | None = None
    ordinal: bool = False

    def __post_init__(self) -> None:
        for value in (self.value, self.value_max):
            if value is not None and not (value.is_finite() and value.adjusted() <= _MAX_EXPONENT):
                raise ValueError(f"{value} is no amount that a newspaper prints.")

    def as_dict(self) -> dict[str, object]:
        """JSON values; only what is said. Whole numbers are int, others float with 15 exact digits."""
        stated: dict[str, object] = {
            "value": None if self.value is None else json_number(self.value),
            "value_max": None if self.value_max is None else json_number(self.value_max),
            "bound": self.bound.value if self.bound else None,
            "unit": self.unit,
            "currency": self.currency,
            "share": self.share,
            "per": self.per,
            "record": self.record,
            "comparison": self.comparison.as_dict() if self.comparison else None,
            "ordinal": self.ordinal,
        }
        return {name: value for name, value in stated.items() if not _is_unsaid(value)}

    @classmethod
    def from_dict(cls, facts: Mapping[str, object]) -> "Amount":
        """The inverse of `as_dict`."""
        bound, comparison = facts.get("bound"), facts.get("comparison")
        return cls(
            value=_read_number(facts.get("value")),
            value_max=_read_number(facts.get("value_max")),
            bound=Bound(str(bound)) if bound else None,
            comparison=_read_comparison(comparison) if isinstance(comparison, Mapping) else None,
            share=facts.get("share") is True,
            ordinal=facts.get("ordinal") is True,
            **{name: str(facts.get(name, "")) for name in ("unit", "currency", "per", "record")},
        )


def _is_unsaid(value: object) -> bool:
    """By identity, because 0 == False and a value of 0 is said."""
    return value is None or value is False or value == ""


def json_number(value: Decimal) -> int | float:
    """Whole numbers as int; the others as the float of their first 15 digits."""
    if value == value.to_integral_value():
        return int(value)
    return float(f"{value:.{_FLOAT_DIGITS}g}")


def _read_number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _read_comparison(facts: Mapping[str, object]) -> Comparison:
    return Comparison(Direction(str(facts["direction"])), str(facts.get("base", "")))
