"""Everything the rules see in one sentence, read once."""

from datetime import date
from typing import NamedTuple

from claims.extraction.attributions import PRONOUNS, is_anonymous
from claims.extraction.claimants import find_attribution
from claims.extraction.clauses import Clause, split_clauses
from claims.extraction.dates import DateExpression, find_dates
from claims.extraction.quantities import Quantity, find_quantities
from claims.extraction.tokens import Span, tokenise

_OPENING_QUOTES = ("“", '"', "«", "‘")


class Reading(NamedTuple):
    """Spans count from the sentence's beginning. `dates[i]` are those that belong to `clauses[i]`."""

    sentence: str
    clauses: list[Clause]
    dates: list[list[DateExpression]]
    quantities: list[Quantity]
    claimant: str | None
    speech: Span | None

    def clause_at(self, span: Span) -> int | None:
        """Index of the clause that holds the span."""
        return next((at for at, clause in enumerate(self.clauses) if clause.span.contains(span)), None)


def read_sentence(sentence: str, published_on: date | None, last_claimant: str | None) -> Reading:
    """`last_claimant` is who spoke before: meant by `he said`, and by a quotation that simply goes on."""
    tokens = tokenise(sentence)
    dates = find_dates(sentence, published_on)
    attribution = find_attribution(sentence, tokens)
    speech = attribution.span if attribution else None
    clauses = split_clauses(sentence, tokens, _without(Span(0, len(sentence)), speech))
    claimant = attribution.claimant if attribution else None
    goes_on = not claimant and sentence.startswith(_OPENING_QUOTES)
    if goes_on or (claimant and claimant.lower() in PRONOUNS):
        claimant = last_claimant if last_claimant and _is_person(last_claimant) else None
    quantities = find_quantities(sentence, tokens, dates)
    outside = [quantity for quantity in quantities if not (speech and quantity.span.overlaps(speech))]
    return Reading(sentence, clauses, _share_out(dates, clauses), outside, claimant, speech)


def _is_person(claimant: str) -> bool:
    """A name that a pronoun, or a quotation that goes on, can stand for."""
    return any(word[:1].isupper() for word in claimant.split()) and not is_anonymous(claimant)


def _without(whole: Span, hole: Span | None) -> list[Span]:
    if not hole:
        return [whole]
    return [span for span in (Span(whole.start, hole.start), Span(hole.end, whole.end)) if span.start < span.end]


def _share_out(dates: list[DateExpression], clauses: list[Clause]) -> list[list[DateExpression]]:
    """A date in a piece without a verb (`On January 10th`) belongs to the next clause that has one."""
    shares: list[list[DateExpression]] = [[] for _ in clauses]
    for day in dates:
        at = next((index for index, clause in enumerate(clauses) if clause.span.contains(day.span)), None)
        if at is not None:
            verbal = (index for index in range(at, len(clauses)) if clauses[index].has_verb)
            shares[next(verbal, at)].append(day)
    return shares
