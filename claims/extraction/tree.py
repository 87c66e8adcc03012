"""A parsed sentence: its words and who depends on whom."""

from collections.abc import Callable, Container, Iterator

from claims.extraction.tokens import Span, Token, squeeze

_JOINTS = frozenset(("and", "but", "while", "whereas", ";"))
NOTHING: frozenset[int] = frozenset()


class Tree:
    """`words[i].head` leads up, `kids[i]` down; indexes count words."""

    def __init__(self, text: str, words: list[Token]) -> None:
        self.text, self.words = text, words
        self.kids: list[list[int]] = [[] for _ in words]
        for index, word in enumerate(words):
            if word.head >= 0:
                self.kids[word.head].append(index)

    def children(self, index: int, *relations: str) -> Iterator[int]:
        """Dependents by relation; `nsubj` means `nsubj:pass` too, `nsubj:pass` itself alone."""
        words = self.words
        return (kid for kid in self.kids[index] if words[kid].dep in relations or words[kid].rel in relations)

    def child(self, index: int, *relations: str) -> int | None:
        return next(self.children(index, *relations), None)

    def descend(self, index: int, without: Container[int] = NOTHING) -> list[int]:
        """The word and everything below it in order of place, but not below the words in `without`."""
        found, waiting = [], [index]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(kid for kid in self.kids[at] if kid not in without)
        return sorted(found)

    def described_by(self, verb: int) -> int | None:
        """`The stadium, opened in 1911, belongs …`: the noun before a participle set off by a comma; None elsewhere."""
        word = self.words[verb]
        is_bare = word.dep == "advcl" and word.xpos == "VBN" and self.child(verb, "nsubj", "aux", "mark") is None
        if not is_bare or verb < 2 or self.words[verb - 1].text != ",":
            return None
        noun = verb - 2
        while self.words[noun].dep in ("compound", "flat") and self.words[noun].head >= 0:
            noun = self.words[noun].head
        return noun if self.words[noun].upos in ("NOUN", "PROPN") else None

    def asides(self, index: int) -> frozenset[int]:
        """The relative clauses and appositions below a noun."""
        return frozenset(i for i in self.descend(index) if i != index and self.words[i].dep in ("acl", "appos"))

    def block(self, index: int, without: Container[int] = NOTHING) -> tuple[int, int]:
        """First word and word after the last of the unbroken run around the word within what it governs."""
        inside = set(self.descend(index, without))
        first = end = index
        while first - 1 in inside:
            first -= 1
        while end + 1 in inside:
            end += 1
        return first, end + 1

    def unbroken(self, noun: int) -> list[int]:
        """The phrase of a noun up to a comma behind it: no side remarks."""
        inside = self.descend(noun, self.asides(noun))
        return [i for i in inside if not any(word.text == "," for word in self.words[noun:i])]

    def span(self, first: int, end: int) -> Span:
        return Span(self.words[first].start, self.words[end - 1].end)

    def reattach_subjects(self, content: Container[int], outside: Container[int]) -> None:
        """What was said goes to what was said, where the parse hung it on the saying.

        A subject goes to the first verb without one; a clause to that before it (`They fled, he said, because`).
        """
        for index, word in enumerate(self.words):
            if index in content and word.dep == "advcl" and word.head in outside and word.head < index:
                below = set(self.descend(index))
                verbs = (i for i in range(word.head) if i in content and i not in below)
                verb = next((i for i in verbs if self.words[i].upos == "VERB"), None)
                if verb is not None:
                    self._move(index, verb)
            if index in content and word.dep in ("obl", "advmod") and word.head in outside and index < word.head:
                before = [i for i in range(index) if i in content and self.words[i].upos == "VERB"]
                if before:  # `fire killed 14 people on Tuesday, officials said`
                    self._move(index, before[-1])
            is_lost = word.dep == "parataxis" and word.upos in ("NOUN", "PROPN") and index < word.head
            if index in content and (word.dep == "nsubj" or is_lost) and word.head in outside:
                below = set(self.descend(index))
                verbs = (
                    i for i in range(index + 1, len(self.words)) if i not in below and self._lacks_subject(i, content)
                )
                verb = next(verbs, None) or self._rise_verb(index, below, content)
                if verb is not None:
                    self._move(index, verb)
                    word.rel = word.dep = "nsubj"

    def close_span(self, first: int, end: int) -> None:
        """`the three months | ended | June 30` is a time, not a clause; what the parse hung on its verb goes above."""
        for at in range(first, end):
            word = self.words[at]
            if word.upos == "VERB" and word.head >= 0 and not first <= word.head < end:
                for kid in [kid for kid in self.kids[at] if kid >= end]:
                    self._move(kid, word.head)
                word.upos, word.xpos, word.rel, word.dep = "NOUN", "NN", "obl", "obl"

    def lead_with(self, first: int, end: int) -> None:
        """`It had 40 in 1989 and | in 2024 | it had 60`: a time before the subject is of what that one does."""
        words = self.words
        opening = first - (first > 0 and words[first - 1].upos == "ADP")
        if opening < 1 or end >= len(words) - 1 or words[opening - 1].lower not in _JOINTS:
            return
        after = end + (words[end].text == ",")
        subjects = (i for i in range(after, len(words)) if words[i].dep == "nsubj" and self.descend(i)[0] == after)
        subject = next(subjects, None)
        head = next((i for i in range(first, end) if not first <= words[i].head < end), first)
        if subject is not None and words[head].head >= 0 and words[subject].head >= 0:
            self._move(head, words[subject].head)

    def _rise_verb(self, index: int, below: set[int], content: Container[int]) -> int | None:
        """`Schools that ban phones | have calm classrooms`: a main verb that the parse took for a relative clause."""
        for at in sorted(below):
            word = self.words[at]
            if word.head == index and word.dep == "acl" and self._lacks_subject(at, content):
                self._move(at, self.words[index].head)
                word.rel = word.dep = "ccomp"
                return at
        return None

    def _move(self, index: int, head: int) -> None:
        """Nothing goes below itself."""
        if head == index or index in self.ancestors(head):
            return
        self.kids[self.words[index].head].remove(index)
        self.kids[head].append(index)
        self.kids[head].sort()
        self.words[index].head = head

    def _lacks_subject(self, index: int, content: Container[int]) -> bool:
        is_finite = self.words[index].is_finite or self.child(index, "aux") is not None
        return (
            index in content and is_finite and self.words[index].upos == "VERB" and self.child(index, "nsubj") is None
        )

    def string(self, first: int, end: int) -> str:
        """The words as they stand, on one line."""
        return squeeze(self.text[self.words[first].start : self.words[end - 1].end]) if first < end else ""

    def join(self, kept: list[int], text_of: Callable[[int], str] | None = None) -> str:
        """Words in order of place, with the space that stands between neighbours; a gap is one space."""
        parts: list[str] = []
        for position, index in enumerate(kept):
            word = self.words[index]
            glued = position > 0 and kept[position - 1] == index - 1 and self.words[index - 1].end == word.start
            glued = glued or word.text in ",;:.)"
            parts.append(("" if glued or not parts else " ") + (text_of(index) if text_of else word.text))
        return "".join(parts)

    def ancestors(self, index: int) -> Iterator[int]:
        """From the word's head upward."""
        at = self.words[index].head
        while at >= 0:
            yield at
            at = self.words[at].head

    def within(self, span: Span) -> tuple[int, int]:
        """First word and word after the last that lie in the span; equal where none does."""
        inside = [i for i, word in enumerate(self.words) if span.start <= word.start and word.end <= span.end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)
