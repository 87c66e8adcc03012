"""A quantity among a claim's facts as a person says it. Its keys are those of `claims.extraction.facts.Amount`."""

from collections.abc import Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

Quantity = Mapping[str, Any]
_SCALES = ((10**12, _("%(number)s trillion")), (10**9, _("%(number)s billion")), (10**6, _("%(number)s million")))
_BOUNDS = {
    "about": _("about %(amount)s"),
    "at_least": _("at least %(amount)s"),
    "at_most": _("at most %(amount)s"),
}
_CHANGED = {
    "up": _("%(amount)s, up"),
    "down": _("%(amount)s, down"),
    "more": _("%(amount)s more"),
    "less": _("%(amount)s less"),
    "same": _("%(amount)s, the same"),
}
_COMPARED = {
    "up": _("%(amount)s, up compared with %(base)s"),
    "down": _("%(amount)s, down compared with %(base)s"),
    "more": _("%(amount)s more than %(base)s"),
    "less": _("%(amount)s less than %(base)s"),
    "times": _("%(amount)s, compared with %(base)s"),
    "same": _("%(amount)s, the same as %(base)s"),
}
_SPANS = {
    "record": _("on record"),
    "year": _("in a year"),
    "decade": _("in a decade"),
    "century": _("in a century"),
}
_A_UNIT_OF_TIME = {
    "second": _("a second"),
    "minute": _("a minute"),
    "hour": _("an hour"),
    "day": _("a day"),
    "night": _("a night"),
    "week": _("a week"),
    "month": _("a month"),
    "quarter": _("a quarter"),
    "year": _("a year"),
}
_EARLIEST_YEAR = 1000  # a record's span of more years than this is the year since which it holds


def describe_amount(quantity: Quantity) -> str:
    """{"value": 2500, "bound": "about", "unit": "troops"} as "about 2,500 troops"; empty if nothing is said."""
    if quantity.get("record"):  # it says itself where it went
        return _qualify(_record(quantity), quantity.get("bound"))
    return _compare(_qualify(_rate(quantity), quantity.get("bound")), quantity.get("comparison"))


def describe_number(value: Any) -> str:
    """`4300000000` as "4.3 billion", `2500` as "2,500"; what is no number as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    for size, words in _SCALES:
        scaled = round(value / size, 2)
        if abs(scaled) >= 1 and scaled * size == value:
            return str(words % {"number": _digits(scaled)})
    return _digits(round(value, 2) if abs(value) >= 1 else round(value, 4))


def _digits(value: float) -> str:
    return number_format(int(value) if value == int(value) else value, force_grouping=True, use_l10n=True)


def _record(quantity: Quantity) -> str:
    """`lowest in 50 years`, `highest since 1998`, `hottest on record`."""
    record, unit, value = quantity["record"], quantity.get("unit", ""), quantity.get("value")
    if value is None:
        span = _SPANS.get(unit) or (_("in %(unit)s") if unit else "")
    else:
        span = _("since %(year)s") if unit == "year" and value >= _EARLIEST_YEAR else _("in %(number)s %(unit)s")
    return f"{record} {span % {'unit': unit, 'year': value, 'number': describe_number(value)}}".strip()


def _rate(quantity: Quantity) -> str:
    words, base = _amount(quantity), quantity.get("per")
    if not base:
        return words
    return f"{words} {_A_UNIT_OF_TIME.get(base, _('per %(base)s')) % {'base': base}}"


def _amount(quantity: Quantity) -> str:
    """The currency stands before its number and the unit after it."""
    unit = str(quantity.get("unit") or "")
    if quantity.get("share"):
        return _share(quantity, unit)
    return " ".join(part for part in (quantity.get("currency"), _number(quantity), unit) if part)


def _share(quantity: Quantity, unit: str) -> str:
    """In per cent: with the unit `%` it comes so, else as a fraction ("two-thirds of the pieces") or in per cent."""
    ends = {name: quantity[name] for name in ("value", "value_max") if quantity.get(name) is not None}
    if unit != "%" and all(end <= 1 for end in ends.values()):
        ends = {name: end * 100 for name, end in ends.items()}
    words = _("%(number)s%%") % {"number": _number(ends)}
    return words if unit in ("", "%") else str(_("%(share)s of %(whole)s") % {"share": words, "whole": unit})


def _number(quantity: Quantity) -> str:
    low, high = quantity.get("value"), quantity.get("value_max")
    if low is None:
        return ""
    if quantity.get("ordinal"):
        return str(ordinal(low))
    if high is None:
        return describe_number(low)
    return str(_("%(low)s to %(high)s") % {"low": describe_number(low), "high": describe_number(high)})


def _qualify(words: str, bound: Any) -> str:
    return str(_BOUNDS[bound] % {"amount": words}) if bound in _BOUNDS else words


def _compare(words: str, comparison: Any) -> str:
    """`12%, up compared with a year earlier`."""
    if not isinstance(comparison, Mapping):
        return words
    patterns = _COMPARED if comparison.get("base") else _CHANGED
    pattern = patterns.get(str(comparison.get("direction")))
    return str(pattern % {"amount": words, "base": comparison.get("base")}) if pattern else words
