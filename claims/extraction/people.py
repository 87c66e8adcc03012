"""Whom `he` and `she` mean: who was spoken of last, among those who are known for it or for neither."""

import re
from collections.abc import Mapping
from itertools import islice

from claims.extraction.words import word_set

EITHER = "he or she"  # `the 34-year-old`
PERSONAL = frozenset(("he", "she", EITHER))
_WORDS = {
    "he": word_set("mr sir lord king prince father brother son husband uncle nephew grandfather widower spokesman"),
    "she": word_set(
        "mrs ms miss lady dame queen princess mother sister daughter wife aunt niece grandmother widow spokeswoman"
    ),
}
_PRONOUNS = {word: pronoun for pronoun, words in _WORDS.items() for word in words}
_CALLED = re.compile(
    rf"\b(?P<word>(?i:{'|'.join(sorted(_PRONOUNS))}))\.?,? (?:[A-Z][\w’'-]* )*(?P<surname>[A-Z][\w’-]*)"
)
_WORD = re.compile(r"\w+")
_REMEMBERED = 30  # people; `she` is nobody of an hour ago
_ENDINGS = (("woman", "she"), ("man", "he"))


class People:
    """The people of one article, by full name or by what they are called instead (`nurse at the port`)."""

    def __init__(self) -> None:
        self._latest_first: list[str] = []
        self._pronouns: dict[str, str] = {}

    @property
    def last(self) -> str | None:
        return next(iter(self._latest_first), None)

    def think_of(self, person: str) -> None:
        """The article speaks of the person now."""
        others = (name for name in self._latest_first if name != person)
        self._latest_first = [person, *islice(others, _REMEMBERED)]
        if person[:1].islower():  # `spokeswoman for the port`, not `Lena Bergman`
            ends = (pronoun for word in person.split() for ending, pronoun in _ENDINGS if word.endswith(ending))
            self._pronouns.update((person, pronoun) for pronoun in islice(ends, 1))

    def learn(self, text: str, full: Mapping[str, str]) -> None:
        """`Mr Beck` is a `he`, `her sister, Ida Holm` a `she`; `full` has the names by surname in lower case."""
        if _PRONOUNS.keys().isdisjoint(_WORD.findall(text.lower())):
            return
        for match in _CALLED.finditer(text):
            name = full.get(match["surname"].lower())
            if name:
                self._pronouns[name] = _PRONOUNS[match["word"].lower()]

    def meant_by(self, pronoun: str) -> str | None:
        """`pronoun` is one of `PERSONAL`. What it is found to mean stays known for it."""
        if pronoun == EITHER:
            return self.last
        found = next((name for name in self._latest_first if self._pronouns.get(name, pronoun) == pronoun), None)
        if found:
            self._pronouns[found] = pronoun
        return found
