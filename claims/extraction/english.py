"""The claims of one English sentence: quantities, dated events, and clauses that stand alone."""

from collections.abc import Iterator

from claims.enums import ClaimKind
from claims.extraction.attributions import is_anonymous
from claims.extraction.candidates import Draft
from claims.extraction.clauses import Clause
from claims.extraction.dates import DateExpression
from claims.extraction.events import find_event
from claims.extraction.headlines import label_clause, label_phrase
from claims.extraction.kinds import classify_clause, is_claimless, is_comparison, is_opinion, is_vague
from claims.extraction.nominals import NOMINALS
from claims.extraction.quantities import Quantity
from claims.extraction.readings import Reading
from claims.extraction.tokens import Span, squeeze
from claims.extraction.words import looks_finite, looks_past, word_set

_KIND_FEATURES = {
    ClaimKind.CAUSATION: "causal",
    ClaimKind.RULE: "rule",
    ClaimKind.PREDICTION: "prediction",
    ClaimKind.EXPERIENCE: "experience",
    ClaimKind.EVENT: "event",
    ClaimKind.QUANTITY: "quantity",
}
_CLAIMANTS_PRONOUNS = word_set("they it he she we")
_MAX_CONTEXT_WORDS = 40
_NEAR_CHARS = 12
_HANDFUL = 12
_FRONTED_CHARS = 4


def draft_claims(reading: Reading) -> list[Draft]:
    """In the order in which they stand. No two have the same span."""
    if is_claimless(reading.sentence):
        return []
    drafts: dict[Span, Draft] = {}
    for draft in (*_draft_quantities(reading), *_draft_events(reading)):
        drafts.setdefault(draft.span, draft)
    covered = [draft.span for draft in drafts.values() if _covers_clause(reading, draft)]
    for draft in _draft_clauses(reading, covered):
        drafts.setdefault(draft.span, draft)
    return [drafts[span] for span in sorted(drafts)]


def _covers_clause(reading: Reading, draft: Draft) -> bool:
    """`The 2020 election | was stolen`: an event without its verb leaves the clause to be told."""
    if draft.kind is not ClaimKind.EVENT:
        return True
    words = reading.sentence[draft.span.start : draft.span.end].split()
    return any(looks_finite(word) or word.lower() in NOMINALS for word in words)


def _draft_quantities(reading: Reading) -> Iterator[Draft]:
    for quantity in reading.quantities:
        at = reading.clause_at(quantity.span)
        clause = reading.clauses[at] if at is not None else None
        facts: dict[str, object] = {"quantity": _ordered(quantity)}
        if at is not None:
            facts |= _date_fact(_dates_near(reading, at, quantity.span))
        if not quantity.needs_context:
            headline = label_phrase(reading.sentence, quantity.span)
            yield _draft(reading, clause, quantity.span, headline, ClaimKind.QUANTITY, facts)
        elif at is not None and clause and _is_worth_a_clause(reading, at, quantity):
            short = _cut_after(clause, quantity, reading.dates[at])
            headline = label_clause(reading.sentence, short)
            yield _draft(reading, clause, _whole(short), headline, ClaimKind.QUANTITY, facts)


def _is_worth_a_clause(reading: Reading, at: int, quantity: Quantity) -> bool:
    """A figure that says little alone; a few days or years beside a real figure say nothing."""
    clause = reading.clauses[at]
    if len(clause.tokens) > _MAX_CONTEXT_WORDS or not clause.stands_alone:
        return False
    others = any(clause.span.contains(other.span) and not other.needs_context for other in reading.quantities)
    return not (others and _is_minor(quantity.facts))


def _cut_after(clause: Clause, quantity: Quantity, dates: list[DateExpression]) -> Clause:
    """`Prices rose by 18% in May | because ...`: nothing after the figure and its date, if the verb came before it."""
    end = quantity.end
    for day in dates:
        end = day.end if 0 <= day.start - end <= _NEAR_CHARS else end
    kept = [token for token in clause.tokens if token.end <= end]
    short = clause._replace(span=Span(clause.span.start, end), tokens=kept)
    has_verb_before = any(looks_finite(token.text) for token in kept if token.start < quantity.start)
    return short if has_verb_before and short.stands_alone else clause


def _dates_near(reading: Reading, at: int, span: Span) -> list[DateExpression]:
    """The dates of the clause that date the figure: before everything else, or with no comma between."""
    outside = [day for day in reading.dates[at] if not span.contains(day.span)]
    return [day for day in outside if day.start <= _FRONTED_CHARS or "," not in _between(reading, day.span, span)]


def _between(reading: Reading, one: Span, other: Span) -> str:
    return reading.sentence[min(one.end, other.end) : max(one.start, other.start)]


def _ordered(quantity: Quantity) -> dict[str, object]:
    """The keys that every quantity has first."""
    first = {key: quantity.facts[key] for key in ("value", "approximate", "unit") if key in quantity.facts}
    return first | quantity.facts


def _draft_events(reading: Reading) -> Iterator[Draft]:
    for at, clause in enumerate(reading.clauses):
        if any(quantity.needs_context and clause.span.contains(quantity.span) for quantity in reading.quantities):
            continue  # the figure's own claim tells the whole clause
        for day in reading.dates[at]:
            event = find_event(reading.sentence, reading.clauses, at, day)
            if event:
                yield _draft(reading, clause, event.span, event.headline, ClaimKind.EVENT, _date_fact([day]))


def _draft_clauses(reading: Reading, known: list[Span]) -> Iterator[Draft]:
    """Clauses that say more than the figures and events already found in them."""
    for at, clause in enumerate(reading.clauses):
        claimant = _claimant_of(reading, clause)
        text = squeeze(reading.sentence[clause.span.start : clause.span.end])
        kind = _kind_of(clause, text, reading.dates[at])
        if not (clause.stands_alone or claimant or (kind is ClaimKind.EXPERIENCE and not clause.is_condition)):
            continue
        is_told = kind is ClaimKind.OTHER or kind is ClaimKind.EVENT
        if (is_told and any(clause.span.overlaps(span) for span in known)) or is_opinion(text):
            continue
        if _is_specific(reading, clause, kind) or reading.dates[at]:
            headline = label_clause(reading.sentence, clause, claimant)
            yield _draft(reading, clause, _whole(clause), headline, kind, _date_fact(reading.dates[at]))


def _is_minor(quantity: object) -> bool:
    """`two plants`; a small share or rate is no small matter."""
    if not isinstance(quantity, dict) or "share" in quantity:
        return False
    value = quantity.get("value")
    return isinstance(value, int) and value <= _HANDFUL


def _whole(clause: Clause) -> Span:
    return Span(min(clause.span.start, clause.subject.start), clause.span.end) if clause.subject else clause.span


def _claimant_of(reading: Reading, clause: Clause) -> str | None:
    """The ministry said *it* would …: the name that the opening pronoun of what was said stands for."""
    follows_speech = bool(reading.speech and clause.span.start >= reading.speech.end and not clause.lead)
    opens = clause.tokens[0].lower in _CLAIMANTS_PRONOUNS and not clause.tokens[0].is_acronym
    return reading.claimant if follows_speech and opens and clause.has_verb else None


def _kind_of(clause: Clause, text: str, dates: list[DateExpression]) -> ClaimKind:
    kind = classify_clause(text)
    happened = any(looks_past(token.lower) for token in clause.tokens)
    return ClaimKind.EVENT if kind is ClaimKind.OTHER and dates and happened else kind


def _is_specific(reading: Reading, clause: Clause, kind: ClaimKind) -> bool:
    """Something to hold on to: a name, a figure, a date, or a source that vouches for it."""
    if kind is ClaimKind.PREDICTION:
        return len(clause.tokens) >= 5 and (_names_something(clause) or bool(reading.claimant))
    vouched = bool(reading.claimant and not is_anonymous(reading.claimant))
    figures = any(token.text[0].isdigit() for token in clause.tokens)
    return _names_something(clause) or figures or vouched or kind in (ClaimKind.CAUSATION, ClaimKind.RULE)


def _names_something(clause: Clause) -> bool:
    return any(token.is_acronym for token in clause.tokens) or any(token.is_capitalised for token in clause.tokens[1:])


def _date_fact(dates: list[DateExpression]) -> dict[str, object]:
    return next(({"date": day.edtf} for day in dates if day.edtf), {})


def _draft(
    reading: Reading, clause: Clause | None, span: Span, headline: str, kind: ClaimKind, facts: dict[str, object]
) -> Draft:
    context = clause.span if clause else span
    text = squeeze(reading.sentence[context.start : context.end])
    present = {
        _KIND_FEATURES.get(kind, ""): True,
        "dated": "date" in facts,
        "attributed": bool(reading.claimant),
        "anonymous": bool(reading.claimant and is_anonymous(reading.claimant)),
        "named": bool(clause and _names_something(clause)),
        "comparison": is_comparison(text),
        "opinion": is_opinion(text),
        "minor": _is_minor(facts.get("quantity")),
        "vague": is_vague(text),
    }
    return Draft(span, headline, kind, facts, frozenset(name for name, is_so in present.items() if is_so))
