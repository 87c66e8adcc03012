"""Numbers that count nothing: dates, clock times, ages, labels (`Article 5`)."""

from claims.extraction.calendar import MONTHS
from claims.extraction.currencies import currency_code
from claims.extraction.tokens import Span, Token, overlaps_any
from claims.extraction.words import word_set

_LABELS = word_set(
    "weeks lines chapters pages articles sections platform platforms highway no number section article chapter",
    "page phase level type room flight route channel grade line version step part figure table rule act",
    "resolution interstate apollo covid group paragraph clause category aged age row gate ward terminal lot bed",
)
_PEOPLE = word_set("people adults children women men girls boys those anyone everyone patients voters are were is was")
_LIMITS = word_set("under over")
_OLDEST = 99
_AFTER_AGES = frozenset(("PUNCT", "VERB", "AUX", "CCONJ", "ADP", "PART"))

_CLOCK = word_set("am pm a.m. p.m. a.m p.m gmt utc o'clock o’clock")


def counts_nothing(tokens: list[Token], index: int, taken: list[Span]) -> bool:
    token = tokens[index]
    if overlaps_any(Span(token.start, token.end), taken):
        return True
    before = tokens[index - 1] if index else None
    is_year = token.text.isdigit() and "1900" <= token.text <= "2035" and len(token.text) == len("2000")
    if is_year and index + 1 < len(tokens) and tokens[index + 1].xpos == "NN":  # `the alleged 2016 meeting`
        return True
    if before and before.lower == "every":  # `one for every 3,000 people`
        return True
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if (
        token.text.isdigit() and len(token.text) <= 2 and after in MONTHS and tokens[index + 1].is_capitalised
    ):  # `30 Feb`
        return True
    if token.text.isdigit() and before:
        labelled = (
            before.lower in _LABELS
            or before.text in "#+@:"
            or (before.upos == "PROPN" and before.is_capitalised and index > 1)
        )
        age = before.text == "," and index > 1 and tokens[index - 2].is_capitalised and after in (",", "")
        if (labelled and not currency_code(before.text)) or age:
            return True
    if (
        before
        and index > 2
        and before.lower in ("to", "and", "-")
        and tokens[index - 3].lower in ("aged", "ages", "age")
    ):
        return True
    if _limits_age(tokens, index):
        return True
    following = [token.lower for token in tokens[index + 1 : index + 3]]
    is_age = following in (["years", "old"], ["year", "old"], ["months", "old"])
    return is_age or after in _CLOCK or after == ":" or (after == "-" and _is_age(tokens, index + 2))


def is_in_score(words: list[Token], end: int) -> bool:
    """`12-3`."""
    marks = "-–"
    follows = end + 1 < len(words) and words[end].text in marks and words[end + 1].text[0].isdigit()
    precedes = end > 2 and words[end - 2].text in marks and words[end - 3].text[-1].isdigit()
    return follows or precedes


def _limits_age(tokens: list[Token], index: int) -> bool:
    """`adults over | 60`, `half of them are under | 15`, `people older than | 80`."""
    text, before = tokens[index].text, [token.lower for token in tokens[max(0, index - 3) : index]]
    follows = tokens[index + 1].upos if index + 1 < len(tokens) else "PUNCT"
    if not text.isdecimal() or int(text[:4]) > _OLDEST or follows not in _AFTER_AGES:
        return False
    is_old = before[-2:] in (["older", "than"], ["younger", "than"])
    return is_old or (len(before) > 1 and before[-1] in _LIMITS and before[-2] in _PEOPLE)


def _is_age(tokens: list[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].lower.startswith("year-old")
