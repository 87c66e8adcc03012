"""Dated events: date + event noun phrase, the verb turned into a noun where one exists."""

from typing import NamedTuple

from claims.extraction.clauses import Clause
from claims.extraction.dates import DateExpression
from claims.extraction.event_phrases import Phrase, is_date_phrase, read_phrase, skip_determiners
from claims.extraction.nominals import ANNOUNCING, EVENT_NOUNS, NOMINALS
from claims.extraction.tokens import Span, Token, squeeze
from claims.extraction.words import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    looks_finite,
    word_set,
)

_PREPOSITIONS_KEPT = word_set("from to on into with against for over between")
_PARTICLES = word_set("down up out off back away")
_FUTURE = word_set("will would could may might should")


class Event(NamedTuple):
    """`span` covers the date and the words of the event, within the sentence."""

    headline: str
    span: Span


def find_event(sentence: str, clauses: list[Clause], at: int, day: DateExpression) -> Event | None:
    """The event that the date in clause `at` dates; None where no noun for it is known.

    Looked for in this order: a noun right after the date, a clause `when …` right after it, the verb of its own clause.
    """
    clause = clauses[at]
    following = clauses[at + 1] if at + 1 < len(clauses) else None
    phrase = _noun_after_date(clause, day)
    if not phrase and following and following.lead == "when" and _ends_with(clause, day):
        phrase = _announced(following) or _nominalise(sentence, following, None)
    if not phrase and not _is_open_ended(clause, day):
        phrase = _announced(clause, day) or _nominalise(sentence, clause, day)
    if not phrase:
        return None
    span = Span(min(day.start, phrase.span.start), max(day.end, phrase.span.end))
    return Event(squeeze(f"{sentence[day.start : day.end]} {phrase.text}"), span)


def _ends_with(clause: Clause, day: DateExpression) -> bool:
    return clause.span.end == day.end


def _is_open_ended(clause: Clause, day: DateExpression) -> bool:
    """`since 2021` and `until May` date a state, and what `will` happen is a prediction."""
    before = [token for token in clause.tokens if token.end <= day.start]
    return bool(before and before[-1].lower in ("since", "until", "till", "from", "by")) or any(
        token.lower in _FUTURE for token in clause.tokens
    )


def _noun_after_date(clause: Clause, day: DateExpression) -> Phrase | None:
    """`the March 2022 invasion of Ostrava`: the noun may have one word before it."""
    for index, token in enumerate(clause.tokens):
        if token.start >= day.end:
            nouns = clause.tokens[index : index + 2]
            has_noun = nouns[0].lower in EVENT_NOUNS or (len(nouns) == 2 and nouns[1].lower in EVENT_NOUNS)
            adjoins = nouns[0].is_word and nouns[0].lower not in PREPOSITIONS | DETERMINERS | CONJUNCTIONS | AUXILIARIES
            phrase = read_phrase(clause.tokens, index, day) if has_noun and adjoins else None
            return phrase if phrase and " " in phrase.text else None
    return None


def _announced(clause: Clause, day: DateExpression | None = None) -> Phrase | None:
    """`announced the end of its mission`: what was announced is the event."""
    for index, token in enumerate(clause.tokens[:-1]):
        if token.lower in ANNOUNCING:
            first = skip_determiners(clause.tokens, index + 1)
            if any(token.lower in EVENT_NOUNS for token in clause.tokens[first : first + 2]):
                return read_phrase(clause.tokens, first, day)
    return None


def _nominalise(sentence: str, clause: Clause, day: DateExpression | None) -> Phrase | None:
    verb = _find_verb(clause, day)
    if verb is None or clause.tokens[verb].lower not in NOMINALS:
        return None
    noun, preposition = NOMINALS[clause.tokens[verb].lower]
    tokens = _without_particle(clause.tokens, verb)
    if clause.is_about_object:
        return _with_antecedent(sentence, clause, verb, f"{noun} {preposition}".strip())
    if _is_passive(tokens, verb) or _is_intransitive(tokens, verb, day):
        return _with_subject(clause, verb, noun, day)
    return _with_complement(tokens, verb, noun, preposition, day)


def _without_particle(tokens: list[Token], verb: int) -> list[Token]:
    """`shut down its plants` reads as `shut its plants`."""
    has_particle = verb + 1 < len(tokens) and tokens[verb + 1].lower in _PARTICLES
    return tokens[: verb + 1] + tokens[verb + 2 :] if has_particle else tokens


def _find_verb(clause: Clause, day: DateExpression | None) -> int | None:
    """The last main verb before the date, or the first of all."""
    verbs = [at for at in range(len(clause.tokens)) if _is_main_verb(clause.tokens, at)]
    before = [at for at in verbs if day and clause.tokens[at].end <= day.start]
    return before[-1] if before else next(iter(verbs), None)


def _with_antecedent(sentence: str, clause: Clause, verb: int, noun: str) -> Phrase | None:
    """`the bridge, which the town opened`: opening of bridge."""
    if not clause.subject:
        return None
    antecedent = sentence[clause.subject.start : clause.subject.end]
    return Phrase(f"{noun} {antecedent}", Span(clause.subject.start, clause.tokens[verb].end))


def _is_main_verb(tokens: list[Token], index: int) -> bool:
    word = tokens[index].lower
    return index > 0 and word not in AUXILIARIES and (looks_finite(tokens[index].text) or word in NOMINALS)


def _is_passive(tokens: list[Token], verb: int) -> bool:
    return any(token.lower in BE for token in tokens[max(0, verb - 2) : verb])


def _is_intransitive(tokens: list[Token], verb: int, day: DateExpression | None) -> bool:
    """Nothing follows that the verb could act on: the clause ends, or a place, a time, a mark comes."""
    first = skip_determiners(tokens, verb + 1)
    if first >= len(tokens) or not tokens[first].text[0].isalnum():
        return True
    if day and (is_date_phrase(tokens, verb + 1, day) or day.start <= tokens[first].start < day.end):
        return True
    return tokens[first].lower in (PREPOSITIONS - _PREPOSITIONS_KEPT) | CONJUNCTIONS


def _with_complement(
    tokens: list[Token], verb: int, noun: str, preposition: str, day: DateExpression | None
) -> Phrase | None:
    following = tokens[verb + 1].lower
    own = following in _PREPOSITIONS_KEPT
    first = verb + 1 if own else skip_determiners(tokens, verb + 1)
    if (not own and not preposition) or tokens[first].lower in ADVERBS:
        return None
    rest = read_phrase(tokens, first, day)
    if not rest or (rest.text in PRONOUNS):
        return None
    words = [noun, rest.text] if own else [noun, preposition, rest.text]
    return Phrase(" ".join(words), Span(tokens[verb].start, rest.span.end))


def _with_subject(clause: Clause, verb: int, noun: str, day: DateExpression | None) -> Phrase | None:
    """`The port was closed`: closure of port."""
    end = verb
    while end > 0 and clause.tokens[end - 1].lower in AUXILIARIES | ADVERBS:
        end -= 1
    first = _subject_start(clause.tokens, end, day)
    rest = read_phrase(clause.tokens[:end], skip_determiners(clause.tokens, first), day)
    if not rest or rest.text.lower() in PRONOUNS or rest.span.end != clause.tokens[end - 1].end:
        return None
    return Phrase(f"{noun} of {rest.text}", Span(rest.span.start, clause.tokens[verb].end))


def _subject_start(tokens: list[Token], end: int, day: DateExpression | None) -> int:
    """After a date or a comma that comes before the subject."""
    first = 0
    for index in range(end):
        if tokens[index].text == "," or (day and day.start <= tokens[index].start < day.end):
            first = index + 1
    return first
