"""`71p`, `44 cents a share`: what is told in hundredths of a currency that the sentence names."""

import re
from dataclasses import replace

from claims.extraction.facts import Amount

_NAMED = re.compile(r"(?P<EUR>€|\beuros?\b)|(?P<USD>\$|\bdollars?\b)")
_HUNDREDTHS = 100


def in_whole_units(amount: Amount, sentence: str) -> Amount:
    """Pence are of the pound; of which currency cents are, the sentence must say."""
    code = _code_of(amount.unit.lower(), sentence)
    if not code or amount.value is None:
        return amount
    most = amount.value_max / _HUNDREDTHS if amount.value_max is not None else None
    return replace(amount, value=amount.value / _HUNDREDTHS, value_max=most, unit="", currency=code)


def _code_of(unit: str, sentence: str) -> str:
    if unit in ("p", "pence"):
        return "GBP"
    named = _NAMED.search(sentence) if unit in ("cent", "cents") else None
    return (named.lastgroup or "") if named else ""
