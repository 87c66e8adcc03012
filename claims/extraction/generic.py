"""The claims of one sentence in a language without rules of its own: figures and whole dates, nothing cleverer."""

from datetime import date

from claims.enums import ClaimKind
from claims.extraction.candidates import Draft
from claims.extraction.dates import DateExpression
from claims.extraction.headlines import label_phrase
from claims.extraction.local_dates import find_local_dates
from claims.extraction.local_quantities import find_local_quantities
from claims.extraction.tokens import Span, strip_span

_MIN_WORDS, _MAX_WORDS = 4, 40
_QUESTION_MARKS = ("?", "؟")
_SHORTEST_DATE = len("2021-12")


def draft_claims(sentence: str, published_on: date | None, language: str) -> list[Draft]:
    """`language` is a BCP 47 tag; any text is accepted. A sentence with a figure has its figures, else its date."""
    dates = find_local_dates(sentence, published_on, language)
    quantities = find_local_quantities(sentence, [day.span for day in dates], language)
    drafts = [
        _draft(sentence, found.span, ClaimKind.QUANTITY, {"quantity": found.amount.as_dict()}, {"quantity"})
        for found in quantities
    ]
    return drafts or _draft_event(sentence, dates)


def _draft_event(sentence: str, dates: list[DateExpression]) -> list[Draft]:
    """The whole sentence, if it holds a date of a month or finer and is neither a scrap nor a question."""
    day = next((day for day in dates if day.edtf and len(day.edtf) >= _SHORTEST_DATE), None)
    if not day or sentence.endswith(_QUESTION_MARKS) or not _MIN_WORDS <= len(sentence.split()) <= _MAX_WORDS:
        return []
    whole = strip_span(sentence, Span(0, len(sentence)), ' .!…“”"«»')
    return [_draft(sentence, whole, ClaimKind.EVENT, {"date": day.edtf}, {"event", "dated"})]


def _draft(sentence: str, span: Span, kind: ClaimKind, facts: dict[str, object], features: set[str]) -> Draft:
    """No claimant: who speaks is not read in these languages."""
    return Draft(
        span=span,
        headline=label_phrase(sentence, span),
        kind=kind,
        facts=facts,
        claimant=None,
        features=frozenset(features),
    )
