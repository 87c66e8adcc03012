"""What the extractor understood of a claim, as short lines for a person."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

Facts = Mapping[str, Any]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_MONEY = re.compile(r"\W")  # $, € and the like stand before their amount


def describe_facts(facts: Facts) -> list[tuple[str, str]]:
    """(what, in words) pairs, as ("Amount", "about 2,500 troops"). Facts not known here are shown as they are."""
    return list(_lines(facts))


def _lines(facts: Facts) -> Iterator[tuple[str, str]]:
    for name, fact in facts.items():
        if name == "quantity" and isinstance(fact, Mapping):
            yield _("Amount"), describe_quantity(fact)
        elif name == "date" and isinstance(fact, str):
            yield _("Date"), describe_date(fact)
        elif fact not in (None, "", [], {}):
            yield name.replace("_", " ").capitalize(), _plain(fact)


def describe_quantity(quantity: Facts) -> str:
    """{"value": 2500, "unit": "troops", "approximate": True} as "about 2,500 troops"."""
    if "value" not in quantity:
        return " ".join(str(quantity[name]) for name in ("record", "unit", "since") if quantity.get(name))
    return _qualify(_amount(quantity), quantity)


def _amount(quantity: Facts) -> str:
    unit, value = str(quantity.get("unit") or ""), quantity["value"]
    if quantity.get("share") and unit not in ("", "%") and isinstance(value, int | float):
        # A share of something comes as a fraction, "two-thirds of the pieces", or in per cent.
        value, unit = (value * 100 if value <= 1 else value), _("%% of %(whole)s") % {"whole": unit}
    number = _number(value)
    if quantity.get("value_max") is not None:
        number = _("%(low)s to %(high)s") % {"low": number, "high": _number(quantity["value_max"])}
    if _MONEY.fullmatch(unit) and unit != "%":
        return f"{unit}{number}"
    return f"{number}{'' if unit.startswith('%') else ' '}{unit}".strip()


def _qualify(words: str, quantity: Facts) -> str:
    if quantity.get("bound") == "at_least":
        return _("at least %(amount)s") % {"amount": words}
    if quantity.get("bound") == "at_most":
        return _("at most %(amount)s") % {"amount": words}
    return _("about %(amount)s") % {"amount": words} if quantity.get("approximate") else words


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    rounded = round(value, 2) if abs(value) >= 1 else round(value, 4)
    return number_format(int(rounded) if rounded == int(rounded) else rounded, force_grouping=True, use_l10n=True)


def describe_date(edtf: str) -> str:
    """`2021-12` as "December 2021"; `/` is a span, a trailing `~` or `?` makes it uncertain."""
    if "/" in edtf:
        start, end = edtf.split("/", 1)
        return _("%(start)s to %(end)s") % {"start": describe_date(start), "end": describe_date(end)}
    if edtf.endswith(("~", "?", "%")):
        return _("around %(date)s") % {"date": describe_date(edtf[:-1])}
    return _day_or_month(edtf) if edtf else _("open")


def _day_or_month(edtf: str) -> str:
    try:
        if _DAY.fullmatch(edtf):
            return date_format(date.fromisoformat(edtf), "j F Y")
        if _MONTH.fullmatch(edtf):
            return date_format(date.fromisoformat(f"{edtf}-01"), "F Y")
    except ValueError:  # a season, as 2021-23, or no date at all
        pass
    return edtf


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    return ", ".join(_plain(one) for one in value) if isinstance(value, list) else _number(value)
