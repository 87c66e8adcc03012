"""`71p`, `44 cents a share`: what is told in hundredths of the one currency that the sentence names."""

import re
from dataclasses import replace

from claims.extraction.facts import Amount

_NAMED = re.compile(
    r"(?P<EUR>€|\beuros?\b)|(?P<other>[A-Za-z]\$|\b(?:[A-Z][a-z]+ dollars?|rands?|shillings?|R[0-9]|K?[Ss]h ?[0-9]))"
    r"|(?P<USD>\$|\bdollars?\b)"
)
_HUNDREDTHS = 100
_LINES = frozenset((240, 360, 480, 576, 720, 1080, 1440, 2160))  # of a screen


def in_whole_units(amount: Amount, sentence: str) -> Amount:
    """Pence are of the pound; of which currency cents are, the sentence must say."""
    code = _code_of(amount.unit.lower(), sentence)
    if not code or amount.value is None or (amount.unit == "p" and amount.value in _LINES):
        return amount
    most = amount.value_max / _HUNDREDTHS if amount.value_max is not None else None
    return replace(amount, value=amount.value / _HUNDREDTHS, value_max=most, unit="", currency=code)


def _code_of(unit: str, sentence: str) -> str:
    if unit in ("p", "pence"):
        return "GBP"
    named = {found.lastgroup or "" for found in _NAMED.finditer(sentence)} if unit in ("cent", "cents") else set()
    return named.pop() if len(named) == 1 and "other" not in named else ""
