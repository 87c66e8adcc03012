"""What the extractor understood of a claim, as short lines for a person."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from claims.admin.amounts_in_words import describe_amount, describe_number
from claims.admin.dates_in_words import describe_date

Facts = Mapping[str, Any]


def describe_facts(facts: Facts) -> list[tuple[str, str]]:
    """(what, in words) pairs, as ("Amount", "about 2,500 troops"). Facts not known here are shown as they are."""
    return list(_lines(facts))


def _lines(facts: Facts) -> Iterator[tuple[str, str]]:
    for name, fact in facts.items():
        if name == "quantity" and isinstance(fact, Mapping):
            yield _("Amount"), describe_amount(fact)
        elif name == "date" and isinstance(fact, str):
            yield _("Date"), describe_date(fact)
        elif fact not in (None, "", [], {}):
            yield name.replace("_", " ").capitalize(), _plain(fact)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    return ", ".join(_plain(one) for one in value) if isinstance(value, list) else describe_number(value)
