"""What one article's sentences mean together: who speaks, across quotations, pronouns and short names."""

import re

from claims.extraction.cast import Cast
from claims.extraction.dating import Label
from claims.extraction.names import is_name, is_person, name_of
from claims.extraction.people import PERSONAL
from claims.extraction.quotes import has_quotes, mark_left_open, opens_quoted
from claims.extraction.readings import Reading
from claims.extraction.standalone import Referents
from claims.extraction.tree import Tree

_TURN = re.compile(r"^(Q|A|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}):$")
_LABEL = re.compile(r"^([A-Z][\w.’'-]+(?: [a-z]+){0,3}(?: [A-Z][\w.’'-]+){0,4}): ?(?=[“\"A-Z])")
_LONGEST_QUOTE = 20
_INTERVIEW = 2  # questions of the outlet without a quotation between them
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
_TELLING = frozenset({"told", "said", "confessed", "claimed", "admitted", "believed", "thought", "heard"})
_MET_AS = frozenset({"root", "nsubj", "obj", "obl", "nmod", "appos", "parataxis"})
_PLACED = frozenset({"in", "at", "near", "of", "on", "into", "across", "over", "around", "under", "'s", "’s"})


class Article:
    """Reads an article from its beginning to its end, sentence by sentence."""

    def __init__(self) -> None:
        self.cast = Cast()
        self._open_mark = ""
        self._group: list[Reading] = []
        self._group_speaker: str | None = None
        self._turn: str | None = None
        self._answerer: str | None = None
        self._asked: str | None = None
        self._answer: list[Reading] = []
        self._questions = 0
        self._date: str | None = None
        self._label: Label | None = None

    def attribute(self, readings: list[Reading]) -> None:
        """Set each reading's `claimant` and `referents`. A speaker named later is not carried back over two calls."""
        for reading in readings:
            self.cast.meet(reading.tree)
            self._follow_label(reading)
            self._follow_date(reading)
            before = Referents(self.cast.last_person, self.cast.last_body)
            self._attribute(reading)
            reading.speaks_privately = bool(reading.claimant) and self.cast.is_private(reading.claimant or "")
            reading.referents = self._referents_of(reading, before)
            self._notice_subject(reading)

    def _follow_label(self, reading: Reading) -> None:
        """`June 2022:` dates what follows in its line."""
        if reading.opens_paragraph:
            self._label = None
        reading.label = self._label
        day = reading.dates[0] if reading.dates else None
        if day and reading.sentence == f"{reading.sentence[day.start : day.end]}:":
            self._label = Label(reading.sentence[:-1], day.edtf) if day.edtf else None

    def _follow_date(self, reading: Reading) -> None:
        """A sentence of one date says what `then` means in the next."""
        if self._date:
            reading.tell_dates_from(self._date)
        dates = {day.edtf for day in reading.dates if day.edtf}
        if reading.label and not dates:
            dates = {reading.label.edtf}
        self._date = dates.pop() if len(dates) == 1 else None

    def _attribute(self, reading: Reading) -> None:
        """A label (`A:`) gives the word to someone until the next label."""
        turn = _TURN.match(reading.sentence)
        if turn and not reading.dates:
            self._turn = self._speaker_of_turn(turn[1])
            return
        self._attribute_sentence(reading)
        self._follow_answer(reading)
        if reading.claimant is None and self._turn and not reading.attribution:
            reading.claimant = self._turn

    def _follow_answer(self, reading: Reading) -> None:
        """Who answers the outlet's own questions in the first person has the word until the next question."""
        words = reading.tree.words
        if self._open_mark or reading.attribution or has_quotes(reading.sentence):
            self._answer, self._asked, self._questions = [], None, 0
            self._turn = None if reading.attribution else self._turn
            return
        if reading.sentence.endswith("?"):
            self._questions += 1
            self._answer, self._turn = [], self.cast.interviewee
            self._asked = self.cast.last_person if self._questions >= _INTERVIEW else None
            return
        if self._asked and not reading.attribution:
            self._answer = [*self._answer[-_LONGEST_QUOTE:], reading]
            if any(word.lower in _FIRST_PERSON and not word.is_acronym for word in words):
                self._turn = self._asked
                for earlier in self._answer:
                    earlier.claimant = earlier.claimant or self._asked

    def _speaker_of_turn(self, label: str) -> str | None:
        """A person by full name or surname; the label of a place or a body gives no one the word."""
        if label == "A":  # the same person to the end, whoever is spoken of between
            self._answerer = self._answerer or self.cast.interviewee or self.cast.last_person
            return self._answerer
        name = self.cast.full.get(label.lower(), label)
        is_named = label.lower() in (name.lower(), name.lower().split()[-1])
        return name if is_named and is_person(name) else None

    def _attribute_sentence(self, reading: Reading) -> None:
        if reading.opens_paragraph and not opens_quoted(reading.sentence):
            self._open_mark = ""
        continues = bool(self._open_mark)
        starts_quote = opens_quoted(reading.sentence)
        if not continues:
            self._group = []
            self._group_speaker = self.cast.last_speaker if starts_quote else None
        self._open_mark = mark_left_open(reading.sentence, self._open_mark)
        speaker = self._speaker_of(reading)
        if speaker:
            self.cast.speak(speaker, _saying_of(reading))
            self._group_speaker = speaker
            for earlier in self._group:
                if not earlier.attribution:
                    earlier.claimant = speaker
            self._group = []
        elif (continues or starts_quote) and not (reading.attribution and reading.attribution.is_pronoun):
            speaker = self._group_speaker
        reading.claimant = speaker
        if continues or starts_quote or self._open_mark:
            self._group_speaker = self._group_speaker or speaker
            self._group = [*self._group[-_LONGEST_QUOTE:], reading]

    def _referents_of(self, reading: Reading, before: Referents) -> Referents:
        """In what someone says of themselves in the third person, the speaker; else who was spoken of before."""
        speaker = reading.claimant
        if sum(word.lower in ("said", "says", "say", "claimed") for word in reading.tree.words) > 1:
            return Referents()
        if not reading.attribution or not speaker or reading.attribution.is_pronoun:
            return before
        is_quoted = has_quotes(reading.sentence)
        if is_quoted:
            return before
        if not is_person(speaker):
            return Referents(before.person, speaker)
        is_own = reading.speaks_privately and before.person in (None, speaker) and _speaks_of_self(reading)
        return Referents(speaker if is_own else None, before.body)

    def _speaker_of(self, reading: Reading) -> str | None:
        label = _LABEL.match(reading.sentence)
        name = self.cast.name_in(label[1]) if label else None
        if name:
            return name
        attribution = reading.attribution
        if not attribution:
            return None
        if attribution.is_pronoun:
            if attribution.claimant in PERSONAL:
                return self.cast.people.meant_by(attribution.claimant)
            return (
                (self.cast.last_body_speaker or self.cast.last_body or self.cast.last_speaker)
                if attribution.claimant == "it"
                else self.cast.last_speaker
            )
        return self.cast.resolve(attribution.claimant)

    def _notice_subject(self, reading: Reading) -> None:
        """`he` and `she` mean who was last spoken of as acting."""
        tree = reading.tree
        root = next((i for i, word in enumerate(tree.words) if word.head < 0), None)
        subject = tree.child(root, "nsubj") if root is not None else None
        if subject is None or tree.words[subject].upos != "PROPN":
            self._notice_newcomer(reading, subject)
            return
        name = self.cast.resolve(name_of(tree, subject))
        if is_person(name):
            self.cast.people.think_of(name)
        elif is_name(name):
            self.cast.last_body = self.cast.last_body_speaker = name

    def _notice_newcomer(self, reading: Reading, subject: int | None) -> None:
        """`Among them is Ida Holm`, `The mayor, Ida Holm, prefers …`: whom the next words are of."""
        words = reading.tree.words
        if reading.attribution or (subject is not None and words[subject].lower in PERSONAL):
            return
        met = [name for name in self.cast.newcomers if _is_met(reading.tree, name)]
        if len(met) == 1:
            self.cast.people.think_of(met[0])


def _is_met(tree: Tree, name: str) -> bool:
    """A person of the sentence itself, and no place or part of a longer name in it."""
    first = name.split()[0]
    at = next((i for i, word in enumerate(tree.words) if word.text == first and word.dep in _MET_AS), None)
    ties = {tree.words[kid].lower for kid in tree.children(at, "case")} if at is not None else _PLACED
    return not ties & _PLACED


def _speaks_of_self(reading: Reading) -> bool:
    """Is the first that is spoken of `he` or `she`, and nobody else's telling between?"""
    tree, content = reading.tree, reading.attribution.content if reading.attribution else ()
    inside = [(i, tree.words[i]) for i in sorted(content)]
    subjects = [word for _, word in inside if word.dep == "nsubj"]
    tells = any(word.lower in _TELLING for _, word in inside)
    others = any(word.dep == "obj" and word.lower in ("him", "her") for _, word in inside)
    return bool(subjects) and subjects[0].lower in PERSONAL and not tells and not others


def _saying_of(reading: Reading) -> str:
    return reading.words_of(sorted(reading.attribution.outside)) if reading.attribution else ""
