"""Which of a sentence's dates is that of a clause or a figure in it."""

import re
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from claims.extraction.claimants import Attribution
from claims.extraction.clauses import Clause, clause_of, whole_clause
from claims.extraction.dates import DateExpression
from claims.extraction.number_words import SMALL_NUMBERS
from claims.extraction.quantities import Quantity
from claims.extraction.time_phrases import find_tie
from claims.extraction.tokens import Span
from claims.extraction.tree import Tree
from claims.extraction.words import word_set

EARLIER = re.compile(r"\b(?:earlier|before|previously)$|^(?:that |then$|since$)", re.IGNORECASE)
_ADJOINS = re.compile(r"\s(?:(?:in|on|during|since|by|of) )?(?:the )?")
_SINCE = re.compile(r"\bsince (?:the |early |mid-|late )?(?:(?:start|beginning|end) of )?$", re.IGNORECASE)
# a side remark that nothing closes, and how long something lasts (`troops who have served there since 2021`)
_OPEN_RELATIVE = re.compile(r", (?:who|which|whose)\b[^,]*$|\b(?:who|which|that) (?:has|have)\b[^,]*\bsince\s$")
# the date of what a figure is compared with: `20% more than in | 2023`, `nearly double the rate in | 2019`
_BASE = re.compile(
    r"\b(?:than|as (?:many|much|high|large|big) as) (?:in )?(?:the same \w+ (?:of|in) )?$"
    r"|\b(?:double|twice|triple|half|third|quarter)\b[^,]*\b(?:rate|level|peak|number|figure|total) (?:in|of) $"
)
_SURVEYS = word_set("poll survey census headcount")
_ON_BEFORE = re.compile(r" on (?:the |a )?")  # `up 12% on | the year before`
_TELLING = word_set("published released issued presented commissioned")
_GROUNDS = frozenset(("since", "when"))
_LIMITS = word_set("if unless until once before")
_UNTIL = re.compile(
    r"\b(?:through (?:at least )?|(?:until|till) (?:at least |the |early |late )?(?:(?:noon|midnight|dawn) on )?)$",
    re.IGNORECASE,
)
PUT_OFF = word_set("postponed adjourned delayed moved rescheduled deferred put")
_OTHER_TIMES = word_set("before until till ahead")
_COMPARED = re.compile(
    r"\b(?:than(?! (?:\W?\d|one|two|three|half|an? (?:third|quarter|fifth|tenth|dozen|hundred|thousand|million)))"
    r"|same (?:period|time|month|quarter|week|day)|compared|as in|above|below|including"
    r"|most recently|notably|among them|double|twice|triple|half"
    r"|against(?! (?:the |other )?(?:dollar|euro|pound|yen|sterling|rouble|currencies))"
    rf"|from\W+(?:a |an |about |nearly |some )?(?:[a-z]{{0,3}}\W?\d|(?:{'|'.join(SMALL_NUMBERS)})\b)"
    r"|from\W*(?:(?:a|an|the)\W+)?(?:(?:record|high|low|peak|level|base|figure|average)\b.*)?$)"
)
_A_DAY, _A_YEAR = len("2024-01-25"), len("2024")


class Label(NamedTuple):
    """`June 2022:` before an entry of a timeline: its words, and the date in EDTF."""

    words: str
    edtf: str


class DatedSentence:
    """A parsed sentence whose clauses and dates are known; `_outside` are the words that say who says it."""

    tree: Tree
    sentence: str
    published_on: date | None
    label: Label | None = None  # set by the article
    attribution: Attribution | None
    dates: list[DateExpression]
    quantities: list[Quantity]
    clauses: list[Clause]
    _outside: frozenset[int]

    def is_ahead(self, clause: Clause) -> bool:
        """Is the clause dated after the day of publication?"""
        today = self.published_on.isoformat() if self.published_on else "9999"
        return any(str(day.edtf or "") > today for day in self.dates_in(clause))

    def _is_outside(self, span: Span) -> bool:
        """Is it the date of the saying rather than of what was said? `On Saturday, she said, …` is not."""
        words = self.tree.words
        first, end = self.tree.within(span)
        leads = first <= 1 and end + 1 < len(words) and words[end].text == "," and words[end + 1].upos == "PRON"
        return first in self._outside and not leads

    def is_reported(self, clause: Clause) -> bool:
        """Is it part of what the sentence says that someone said?"""
        return self.attribution is not None and clause.verb in self.attribution.content

    def clause_at(self, index: int) -> Clause:
        """The clause that holds the word; where the parse knows of none, all that is said."""
        return clause_of(self.clauses, index) or whole_clause(self.tree, index, self._outside)

    def dates_in(self, clause: Clause) -> list[DateExpression]:
        """Those that hang on its verb first, then others (`under a law passed in May`)."""
        days = [day for day in self._own_dates if self.clause_at(self.tree.within(day.span)[0]).verb == clause.verb]
        own = sorted(days, key=lambda day: self._verb_above(day) != clause.verb) or self._dates_below(clause)
        found = own or [day for day in self._own_dates if self._is_inside(day, clause) or self._leads(day, clause)]
        return found or self._dates_before_when(clause) or (self._own_dates if self._is_only(clause) else [])

    def _tie_above(self, day: DateExpression) -> str:
        """`before` of `before the war in 2022`; "" where the date tells the time of what is said."""
        tie = find_tie(self.tree, self.tree.within(day.span)[0])
        return "" if tie is None else self.tree.words[tie].lower

    @cached_property
    def _own_dates(self) -> list[DateExpression]:
        """Those that may be the date of a clause or a figure."""
        records = [quantity.span for quantity in self.quantities if quantity.amount.record]
        days = (day for day in self.dates if not any(span.overlaps(day.span) for span in records))
        return [day for day in days if self._tie_above(day) not in _OTHER_TIMES]

    def _is_only(self, clause: Clause) -> bool:
        """One date and one clause in the sentence belong together."""
        is_one = len(self._own_dates) == 1 and len(self.clauses) == 1 and self.clauses[0].verb == clause.verb
        return is_one and not self._is_outside(self._own_dates[0].span)

    def _is_inside(self, day: DateExpression, clause: Clause) -> bool:
        """`must pay if it withdraws before 2030`"""
        at = self.tree.within(day.span)[0]
        inner = self.clause_at(at)
        is_other = self.tree.words[inner.verb].dep == "advcl" and inner.mark not in _LIMITS
        return at in clause.words and not is_other

    def _dates_before_when(self, clause: Clause) -> list[DateExpression]:
        """`I left in 2019, | when the mill shut`"""
        if clause.mark != "when" or not clause.words:
            return []
        tie = self.tree.words[clause.words[0] - 1]
        is_behind = tie.lower == "when"
        return [day for day in self._own_dates if is_behind and self.sentence[day.end : tie.start] == ", "]

    def _leads(self, day: DateExpression, clause: Clause) -> bool:
        """`By 2030, she predicts, eels will return`"""
        words = self.tree.words
        first, end = self.tree.within(day.span)
        is_main = bool(self.clauses) and clause.verb == self.clauses[0].verb
        is_first = is_main and first <= 1 and end < len(words) and words[end].text == ","
        return is_first and self.attribution is not None and end + 1 in self._outside and self.is_reported(clause)

    def _dates_below(self, clause: Clause) -> list[DateExpression]:
        """`It has grown since the mill opened in 1992`: what says when, a clause of its own."""
        words = self.tree.words
        below = [one for one in self.clauses if words[one.verb].head == clause.verb and one.mark in _GROUNDS]
        ties = ((one.verb, kid) for one in below for kid in self.tree.kids[one.verb] if words[kid].lower == one.mark)
        starts = {verb: tie for verb, tie in ties if words[verb].dep == "advcl"}
        firsts = [(day, self.tree.within(day.span)[0]) for day in self._own_dates]
        return [day for day, first in firsts if first > starts.get(self.clause_at(first).verb, len(words))]

    def _verb_above(self, day: DateExpression) -> int | None:
        above = self.tree.ancestors(self.tree.within(day.span)[0])
        return next((i for i in above if self.tree.words[i].upos == "VERB"), None)

    def dates_near(self, clause: Clause, quantity: Quantity) -> list[DateExpression]:
        """The dates of the clause that are not part of the figure itself, the nearest to the figure first."""
        days = [day for day in self._own_dates if self._follows(day, quantity) and not self._dates_base(day, quantity)]
        days = days or [day for day in self.dates_in(clause) if self._dates(day, quantity)]
        if not days and clause.is_shared and self.tree.words[clause.verb].dep == "conj":
            days = [
                day
                for day in self.dates_in(self.clause_at(self.tree.words[clause.verb].head))
                if day.end < quantity.span.start
            ]
        if not days and self.tree.words[clause.verb].dep != "acl":
            others = [day for day in self._own_dates if self._dates(day, quantity) and self._dates_above(day, quantity)]
            main = [
                day
                for day in others
                if self.tree.words[self.clause_at(self.tree.within(day.span)[0]).verb].dep != "acl"
            ]
            days = main if len(main) == 1 else []
        days = days or [day for day in self._dates_below(clause) if self._dates(day, quantity)]
        days = days or self._dates_joined(clause) or self._dates_of_doing(quantity) or self._periods_before(clause)
        days = days or self._dates_of_survey(clause) or self._dates_before(quantity)
        return sorted(days, key=lambda day: (day.start < quantity.span.start, abs(day.start - quantity.span.end)))

    def _dates_joined(self, clause: Clause) -> list[DateExpression]:
        """`killed 14 people and | wounded others on Tuesday`: news of one day."""
        words = self.tree.words
        joined = [kid for kid in self.tree.children(clause.verb, "conj") if words[kid].xpos == words[clause.verb].xpos]
        joined = [kid for kid in joined if self.tree.child(kid, "nsubj", "aux", "aux:pass", "cop") is None]
        days = [day for day in self._own_dates if self._verb_above(day) in joined]
        return [day for day in days if day.relative and len(day.edtf or "") == _A_DAY]

    def _dates_before(self, quantity: Quantity) -> list[DateExpression]:
        """`122 cases last year, | twice as many as in 2019`"""
        return [day for day in self._own_dates if self.sentence[day.end : quantity.span.start] == ", "]

    def _dates_of_survey(self, clause: Clause) -> list[DateExpression]:
        """`A poll taken in May found that | 57% …`, but not `a poll published in May`."""
        words, found = self.tree.words, []
        for day in self._own_dates if self.is_reported(clause) else ():
            above = list(self.tree.ancestors(self.tree.within(day.span)[0]))
            asked = next((place for place, i in enumerate(above) if words[i].lower in _SURVEYS), None)
            is_told = asked is not None and any(words[i].lower in _TELLING for i in above[:asked])
            if asked is not None and above[asked] in self._outside and not is_told:
                found.append(day)
        return found

    def _dates_of_doing(self, quantity: Quantity) -> list[DateExpression]:
        """`860,000 people | who have fled since war broke out in 2023`, but not `people, | who fled`."""
        words = self.tree.words
        doing = [kid for kid in self.tree.children(quantity.end - 1, "acl") if words[kid].rel == "acl:relcl"]
        is_apart = quantity.end < len(words) and words[quantity.end].text == ","
        told = [] if is_apart else [one for one in self.clauses if one.verb in doing]
        return [day for one in told for day in self.dates_in(one)]

    def _periods_before(self, clause: Clause) -> list[DateExpression]:
        """`They shipped 36m tonnes last year, and | two fifths came from Ukraine`: no day lasts so long."""
        words = self.tree.words
        verb = words[clause.verb]
        is_joined = verb.dep == "conj" or (verb.dep == "advcl" and clause.mark in ("while", "whereas"))
        if not is_joined or verb.head > clause.verb or not verb.xpos == words[verb.head].xpos == "VBD":
            return []
        days = [day for day in self._own_dates if self._verb_above(day) == verb.head and day.end <= verb.start]
        return [day for day in days if len(day.edtf or "") == _A_YEAR or "/" in (day.edtf or "")]

    def _follows(self, day: DateExpression, quantity: Quantity) -> bool:
        """`171,000 tonnes in 2023`."""
        between = self.sentence[quantity.span.end : day.start]
        is_base = _ON_BEFORE.fullmatch(between) and EARLIER.search(self.sentence[day.start : day.end])
        return bool(_ADJOINS.fullmatch(between)) and not is_base

    def _dates_above(self, day: DateExpression, quantity: Quantity) -> bool:
        """Does the date hang on a verb that governs the figure, or lead the clause that the figure's is joined to?"""
        above = self.clause_at(self.tree.within(day.span)[0])
        own = self.clause_at(quantity.end - 1)
        is_joined = self.tree.words[own.verb].dep == "conj" and not own.is_shared
        leads = above.subject is None or self.tree.within(day.span)[0] < above.subject
        path = [own.verb, *takewhile(lambda i: i != above.verb, self.tree.ancestors(own.verb))]
        is_aside = any(self.tree.words[i].rel == "acl:relcl" for i in path)
        is_aside = is_aside or self.sentence[day.start : day.end] == "since"  # `has since been sold`
        governs = above.verb in self.tree.ancestors(quantity.end - 1) and not is_aside
        return governs and (leads or not is_joined) and not self._is_outside(day.span)

    def _dates(self, day: DateExpression, quantity: Quantity) -> bool:
        """Is it the figure's date, and not part of it or of what it is compared with?"""
        between = self.sentence[quantity.span.end : day.start].lower()
        is_apart = _COMPARED.search(between) or _OPEN_RELATIVE.search(between) or _ON_BEFORE.fullmatch(between)
        return not quantity.span.overlaps(day.span) and not is_apart and not self._dates_base(day, quantity)

    def _dates_base(self, day: DateExpression, quantity: Quantity) -> bool:
        return bool(_BASE.search(self.sentence[quantity.span.start : day.start]))

    def since_of(self, record: Quantity) -> str | None:
        """`lowest level since | March 2020`: the time of the record, an open interval."""
        days = (day for day in self.dates if day.edtf and record.span.start < day.start and day.end <= record.span.end)
        return next((f"{day.edtf}/.." for day in days if _SINCE.search(self.sentence[: day.start])), None)

    def date_fact(self, days: list[DateExpression], clause: Clause) -> dict[str, object]:
        """What the first of the days says in EDTF; `since 2019` is an open interval."""
        day = next((day for day in days if day.edtf), None)
        if day is None:
            return {"date": self.label.edtf} if self.label and not days else {}
        if "/" in str(day.edtf):
            return {"date": day.edtf}
        closes = _UNTIL.search(self.sentence[: day.start]) and not self._begins_then(clause.verb)
        is_open = self._opens(day, clause)
        return {"date": f"../{day.edtf}" if closes else f"{day.edtf}/.." if is_open else day.edtf}

    def _begins_then(self, verb: int) -> bool:
        """`will not open until June`, `no ship will sail until June`, `postponed until June`: only then it comes."""
        words = self.tree.words
        heads = (verb, *self.tree.children(verb, "nsubj"))
        return words[verb].lower in PUT_OFF or any(words[kid].negates for at in heads for kid in self.tree.kids[at])

    def _opens(self, day: DateExpression, clause: Clause) -> bool:
        """`since 2019`, `since war broke out in 2019`; the outbreak itself is no lasting state."""
        if _SINCE.search(self.sentence[: day.start]) or self._tie_above(day) == "since":
            return True
        ground = self.clause_at(self.tree.within(day.span)[0])
        return ground.mark == "since" and ground.verb != clause.verb
