"""Everything the rules see in one sentence, read once."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from claims.enums import ClaimKind
from claims.extraction.claimants import find_attribution
from claims.extraction.clauses import Clause, find_clauses
from claims.extraction.dates import DateExpression, find_dates, is_hour, looks_ahead, tell_from_others
from claims.extraction.dating import EARLIER, PUT_OFF, DatedSentence
from claims.extraction.encoder import Encoded
from claims.extraction.events import Event, find_entry, find_event
from claims.extraction.kinds import classify_clause
from claims.extraction.names import name_of
from claims.extraction.nominals import SCHEDULED
from claims.extraction.quantities import Quantity, find_quantities
from claims.extraction.standalone import Referents
from claims.extraction.tokens import Span, strip_span
from claims.extraction.tree import Tree
from claims.extraction.verbs import SAYING
from claims.extraction.words import word_set

_NO_MEASURES = word_set("average total percentage combination number")
_FEWEST, _MOST = 3, 32
_CHANGED = word_set(
    "rose fell dropped grew climbed cut lowered raised reduced increased decreased shrank slipped declined jumped",
    "widened narrowed risen fallen grown shrunk lengthened shortened",
)
_COMPLETING = word_set("when while since after before until once as because if unless")
_MOVED = PUT_OFF | word_set("extended suspended")
_SET = word_set("set listed scheduled slated booked planned")
_RUNNING = word_set(
    "runs run lasts last takes rises falls goes close open begin start end expire travel travels host hosts",
) | set(SCHEDULED)
_GOVERNED = ("xcomp", "ccomp", "advcl")
_DEADLINE = 20  # characters before a date that may say `by` or `until`
TOLD_WHOLE = (ClaimKind.PREDICTION, ClaimKind.RULE, ClaimKind.EXPERIENCE)


class Reading(DatedSentence):
    """One sentence. What stands before `__init__` is set by the article, which knows more than the sentence."""

    claimant: str | None = None
    speaks_privately = False  # one person speaks, and of no office is said that they hold it
    referents = Referents()
    opens_paragraph = False

    def __init__(self, tree: Tree, published_on: date | None, encoded: Encoded) -> None:
        self.tree, self.sentence, self.logit = tree, tree.text, encoded.logit
        self._states = encoded.states
        self.attribution = find_attribution(tree)
        self._outside = outside = self.attribution.outside if self.attribution else frozenset()
        if self.attribution:
            tree.reattach_subjects(self.attribution.content, outside)
        self.published_on = published_on
        self.dates = find_dates(tree.text, published_on, self._is_ahead)
        for day in self.dates:
            tree.close_span(*tree.within(day.span))
            tree.lead_with(*tree.within(day.span))
        self.clauses = find_clauses(tree, outside)
        found = find_quantities(tree, self.dates)
        found = [one._replace(needs_context=one.needs_context or self._is_change(one)) for one in found]
        self.quantities = [one for one in found if one.end - 1 not in outside or self._counts_aside(one)]
        self._kinds: dict[int, ClaimKind] = {}

    @cached_property
    def events(self) -> list[tuple[DateExpression, Event]]:
        days = (day for day in self.dates if not (self._is_outside(day.span) or self._is_base(day)))
        days = (day for day in days if not self._is_usual_hour(day))
        found = ((day, find_event(self.tree, day)) for day in days)
        figures = (quantity for quantity in self.quantities if not quantity.amount.record)
        counted = {i for quantity in figures for i in range(quantity.first, quantity.end)}
        told = [(day, event) for day, event in found if event and event.verb not in counted]
        if told or not self.label:
            return told
        entry = find_entry(self.tree, self.label.words)
        return [(DateExpression(0, 0, self.label.edtf), entry)] if entry else []

    def tell_dates_from(self, before: str) -> None:
        """`since then`: the date of the sentence before."""
        told = tell_from_others(self.sentence, self.dates, before)
        self.dates = [old if self._is_usual_hour(old) else new for old, new in zip(self.dates, told, strict=True)]

    def _is_usual_hour(self, day: DateExpression) -> bool:
        """`The market opens | at 9am`: every day, not on the day that was spoken of."""
        verb = self._verb_above(day)
        return is_hour(self.sentence, day) and (verb is None or not self._is_past(verb))

    def _is_base(self, day: DateExpression) -> bool:
        """`a profit of €12 million a year earlier`: the date of what is compared with."""
        return bool(EARLIER.search(self.sentence[day.start : day.end]))

    def _is_ahead(self, place: int) -> bool:
        """Does the clause around the place, and what governs it, speak of what is to come?"""
        words = self.tree.words
        at = next((i for i, word in enumerate(words) if word.end > place), len(words) - 1)
        verbs = [i for i in self.tree.ancestors(at) if self._is_predicate(i)]
        if not verbs:
            return looks_ahead(self.tree.text)
        kept = verbs[:1]
        while kept[-1] != verbs[-1] and words[kept[-1]].dep in _GOVERNED and not self._is_past(kept[-1]):
            kept.append(verbs[len(kept)])
        helpers = [words[kid].lower for verb in kept for kid in self.tree.children(verb, "aux")]
        is_past = self._is_past(kept[0])
        forms = {words[kid].lower for verb in kept for kid in self.tree.children(verb, "aux:pass", "cop")}
        was, is_now = forms & {"was", "were"}, forms & {"is", "are"}
        before = self.tree.text[max(0, place - _DEADLINE) : place]
        if words[kept[0]].lower in _MOVED and before.endswith((" until ", " to ")):
            return True
        if words[kept[0]].lower in _SET and before.endswith(" for ") and is_now:
            return True
        if not is_past and (
            words[kept[0]].lower in _RUNNING or {"must", "may", "shall", "could", "might"} & set(helpers)
        ):
            return True
        is_deadline = looks_ahead(self.tree.text[max(0, place - _DEADLINE) : place + 2])
        if was and not set(helpers) & {"will", "would"} and words[kept[0]].lower != "likely":
            return False  # `was scheduled for May`
        said = " ".join([*(words[i].lower for i in kept), *helpers])
        return looks_ahead(said) or (is_deadline and not is_past)

    def _is_predicate(self, index: int) -> bool:
        word = self.tree.words[index]
        return word.upos in ("VERB", "AUX") or word.lower == "due" or self.tree.child(index, "cop") is not None

    def _is_past(self, index: int) -> bool:
        words = self.tree.words
        helpers = self.tree.children(index, "aux", "cop")
        return words[index].xpos == "VBD" or any(words[kid].xpos == "VBD" for kid in helpers)

    def _is_change(self, quantity: Quantity) -> bool:
        """`fees rose by | €12`, `lowered the lake by | six feet`: it says little without what changed."""
        tree = self.tree
        at = quantity.end - 1
        ties = {tree.words[kid].lower for kid in tree.children(at, "case")}
        head = tree.words[at].head
        return ties == {"by"} and head >= 0 and tree.words[head].lower in _CHANGED

    def _counts_aside(self, quantity: Quantity) -> bool:
        """`Makers, 60% of whom have a plant, said` tells more than who said it; `The 40 makers said` does not."""
        tree = self.tree
        above = (
            i for i in (quantity.end - 1, *tree.ancestors(quantity.end - 1)) if tree.words[i].dep in ("acl", "appos")
        )
        starts = (tree.descend(i)[0] for i in above)
        is_aside = any(first > 0 and "," in (tree.words[first].text, tree.words[first - 1].text) for first in starts)
        described = tree.words[quantity.end - 1].dep in ("nmod", "obj", "obl") or is_aside
        return described and not quantity.is_minor and not quantity.needs_context

    def is_saying(self, index: int) -> bool:
        return index in self._outside

    def whole(self) -> Clause | None:
        """All that is said, as one clause; None of a mere phrase."""
        words = self.tree.words
        said = [i for i in range(len(words)) if i not in self._outside]
        while said and (words[said[0]].upos in ("PUNCT", "CCONJ") or words[said[0]].lower == "that"):
            said = said[1:]
        while said and words[said[-1]].upos == "PUNCT":
            said = said[:-1]
        verb = next((i for i in said if words[i].has_tense or words[i].xpos == "MD"), None)
        if verb is None or not _FEWEST <= len(said) <= _MOST:
            return None
        subject = next((i for i in said if i < verb and words[i].upos in ("NOUN", "PROPN", "PRON")), None)
        self._kinds.pop(verb, None)
        return Clause(verb, said, frozenset(said), subject, "", False, False)

    def claimant_of(self, index: int) -> str | None:
        """Who says the word: the outlet itself what stands outside of the words attributed."""
        if self.attribution and index not in self.attribution.content:
            return None
        saying = next((i for i in self.tree.ancestors(index) if self.is_second_saying(i)), None)
        return self.claimant if saying is None else name_of(self.tree, next(self.tree.children(saying, "nsubj")))

    def is_second_saying(self, verb: int) -> bool:
        """`40 people fled, he said, and the army | says | that …`: another takes the word."""
        word = self.tree.words[verb]
        subject = self.tree.child(verb, "nsubj")
        is_beside = word.dep == "conj" and word.head in self._outside and word.lower in SAYING
        return is_beside and subject is not None and self.tree.words[subject].upos != "PRON"

    def kind_of(self, clause: Clause) -> ClaimKind:
        if clause.verb not in self._kinds:
            self._kinds[clause.verb] = classify_clause(self, clause)
        return self._kinds[clause.verb]

    @cached_property
    def told_clauses(self) -> list[Clause]:
        """The clauses; what one person tells of what they did in one breath (`I left and came back`) is one.

        So is an experience or a rule with the time or case that it is told of (`when the wall came in`).
        """
        told: list[Clause] = []
        for clause in self.clauses:
            before = told[-1] if told else None
            if before and (self._goes_on(before, clause) or self._completes(before, clause)):
                words = sorted({*before.words, *range(before.words[-1] + 1, clause.words[-1] + 1)})
                told[-1] = before._replace(words=words, whole=before.whole | clause.whole)
            elif not self._is_told_in(clause, told):
                told.append(clause)
        return told

    def is_told_whole(self, index: int, clause: Clause) -> bool:
        """Does the word belong to a claim that is told whole, such as a rule?"""
        whole = (one for one in self.told_clauses if self.kind_of(one) is ClaimKind.RULE)
        return self.kind_of(clause) in TOLD_WHOLE or any(index in one.words for one in whole)

    def _goes_on(self, before: Clause, clause: Clause) -> bool:
        both = self.kind_of(before) is ClaimKind.EXPERIENCE and self.kind_of(clause) in (
            ClaimKind.EXPERIENCE,
            ClaimKind.OTHER,
        )
        is_joined = self.tree.words[clause.verb].dep == "conj" and self.tree.words[clause.verb].head == before.verb
        between = range(before.words[-1] + 1, clause.words[-1] + 1) if before.words and clause.words else range(0)
        return both and is_joined and clause.is_shared and not any(i in self._outside for i in between)

    def _is_told_in(self, clause: Clause, told: list[Clause]) -> bool:
        """`I told him it was late | and went home`: the second half of an experience that is told already."""
        is_half = clause.is_shared and self.tree.words[clause.verb].dep == "conj"
        return is_half and any(clause.verb in one.words and self.kind_of(one) is ClaimKind.EXPERIENCE for one in told)

    def _completes(self, before: Clause, clause: Clause) -> bool:
        words = self.tree.words
        is_timed = words[clause.verb].dep == "advcl" and clause.mark in _COMPLETING
        follows = is_timed and before.verb < clause.verb and words[clause.verb].head in before.whole
        first = self.tree.descend(clause.verb)[0]
        is_apart = words[first].text in ",—–" or words[first - 1].text in ",—–"
        return follows and not is_apart and self.kind_of(before) in (ClaimKind.EXPERIENCE, ClaimKind.RULE)

    def is_told(self, clause: Clause) -> bool:
        """Do a figure or an event already say what the clause asserts?"""
        figures = any(quantity.end - 1 in clause.whole for quantity in self.quantities)
        return figures or any(event.verb == clause.verb for _, event in self.events)

    def span_of_measured(self, quantity: Quantity) -> Span | None:
        """`a record turnout of | 72%`: what it is the measure of, with it; None of other figures."""
        words = self.tree.words
        of = next((i for i, word in enumerate(words) if word.start >= quantity.span.start), 0) - 1
        noun = of - 1
        is_measure = quantity.amount.share and quantity.needs_context and noun >= 0 and words[of].lower == "of"
        if not is_measure or words[noun].upos != "NOUN" or words[noun].lower in _NO_MEASURES:
            return None
        first = self.tree.block(noun, set(self.tree.kids[noun]) - set(self._adjectives(noun)))[0]
        return Span(words[first].start, quantity.span.end)

    def _adjectives(self, noun: int) -> list[int]:
        return [kid for kid in self.tree.children(noun, "amod", "compound") if kid < noun]

    def cut_after(self, clause: Clause, quantity: Quantity) -> list[int]:
        """`Prices rose by 18% | in May`: nothing after the figure, if the verb came before it."""
        figure = range(quantity.first, quantity.end)
        kept = sorted({i for i in clause.words if i < quantity.end} | set(figure))
        return kept if clause.verb < quantity.end or not clause.words else clause.words

    def state_of(self, words: list[int]) -> Any:
        """The mean of the words' states, [384]; the root's where the encoder read none of them."""
        rows = [i + 1 for i in words if i + 1 < len(self._states)]
        return self._states[rows or [0]].mean(0)

    def span_of(self, words: list[int]) -> Span:
        return strip_span(self.sentence, self.tree.span(words[0], words[-1] + 1))

    def words_of(self, words: Iterable[int]) -> str:
        return " ".join(self.tree.words[i].text for i in words)
