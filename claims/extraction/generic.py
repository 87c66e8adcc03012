"""The claims of one sentence in a language without rules of its own: figures and whole dates, nothing cleverer."""

import re
from datetime import date

from claims.enums import ClaimKind
from claims.extraction.candidates import Draft
from claims.extraction.dates import find_dates
from claims.extraction.headlines import label_phrase
from claims.extraction.tokens import Span, overlaps_any, strip_span
from claims.extraction.words import word_set

_FIGURE = re.compile(
    r"(?<![\w.,/:+#-])(?P<hedge>(?:rund|etwa|circa|ca\.|knapp|fast|environ|près de|presque|unos|unas"
    r"|casi|cerca de|alrededor de|quase|aproximadamente|حوالي|نحو)\s)?(?P<money>[$€£]\s?)?"
    r"(?P<number>\d{1,3}(?:[.,\u00a0\u202f ]\d{3}){1,4}|\d{1,9}(?:[.,]\d{1,2})?)"
    r"(?![\w/:-])(?P<percent>\s?%)?(?P<scale>\s(?:Mio\.?|Mrd\.?|Millionen|Milliarden|millions?|milliards?|millones|millón|mil"
    r"|milhões|bilhões|bi|tausend|مليون|مليار|ألف))?(?:\s(?:de\s|d['’])?(?P<unit>[^\W\d_]{3,30}))?",
    re.IGNORECASE,
)
_SMALL_WORDS = word_set(
    "und der die das des dem den von mit bei für auf aus nach seit bis sind war ist wurden wurde haben hat oder als",
    "et les des une dans pour par sur avec ont est sont était que qui aux plus leur selon",
    "los las una por con para del que fue son han hay más según entre",
    "das dos uma por com para que foi são mais segundo entre",
)
_GROUPS = re.compile(r"[.,\u00a0\u202f ](?=\d{3}(?:\D|$))")
_MIN_WORDS, _MAX_WORDS = 4, 40


def draft_claims(sentence: str, published_on: date | None) -> list[Draft]:
    dates = find_dates(sentence, published_on)
    quantities = _draft_quantities(sentence, [day.span for day in dates])
    whole = strip_span(sentence, Span(0, len(sentence)), ' .!…“”"«»')
    day = next((day for day in dates if day.edtf and len(day.edtf) >= len("2021-12")), None)
    if quantities or not day or not _MIN_WORDS <= len(sentence.split()) <= _MAX_WORDS or sentence.endswith(("?", "؟")):
        return quantities
    headline = label_phrase(sentence, whole)
    return [Draft(whole, headline, ClaimKind.EVENT, {"date": day.edtf}, frozenset({"event", "dated"}))]


def _draft_quantities(sentence: str, dates: list[Span]) -> list[Draft]:
    drafts = []
    for match in _FIGURE.finditer(sentence):
        unit = _unit_of(match)
        if not unit or overlaps_any(Span(*match.span("number")), dates):
            continue
        end = match.end("unit") if match["unit"] == unit else match.end("percent" if match["percent"] else "number")
        span = strip_span(sentence, Span(match.start(), max(end, match.end("scale"))))
        quantity = {"value": _value_of(match), "approximate": bool(match["hedge"]), "unit": unit}
        facts: dict[str, object] = {"quantity": quantity}
        headline = label_phrase(sentence, span)
        drafts.append(Draft(span, headline, ClaimKind.QUANTITY, facts, frozenset({"quantity"})))
    return drafts


def _unit_of(match: re.Match[str]) -> str:
    """What is counted; empty where a number stands alone."""
    if match["percent"]:
        return "%"
    if match["unit"] and match["unit"].lower() not in _SMALL_WORDS:
        return match["unit"]
    return (match["money"] or "").strip()


_SCALES = (
    ("milliard", 10**9), ("mrd", 10**9), ("bi", 10**9), ("مليار", 10**9),
    ("milh", 10**6), ("mill", 10**6), ("mio", 10**6),
    ("مليون", 10**6), ("mil", 10**3), ("tausend", 10**3), ("ألف", 10**3),
)  # fmt: skip


def _value_of(match: re.Match[str]) -> int | float:
    digits = _GROUPS.sub("", match["number"]).replace(",", ".")
    value = float(digits) if "." in digits else int(digits)
    scale = (match["scale"] or "").strip().lower()
    value *= next((factor for name, factor in _SCALES if scale.startswith(name)), 1)
    return int(value) if value == int(value) else value
