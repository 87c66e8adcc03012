"""Sentences that the desk itself has stored, in English, in the reader's language.

What is stored stays the same whoever caused it; what it says is read back from its pattern when it is shown.
"""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.marked import STORED

_TRANSLATED_TOO = {"language", "script"}  # what is put in is words of the desk, and no data
_SCRIPTS = (  # the commonest of those that the extractor names
    gettext_noop("Armenian"),
    gettext_noop("Bengali"),
    gettext_noop("Chinese"),
    gettext_noop("Cyrillic"),
    gettext_noop("Devanagari"),
    gettext_noop("Georgian"),
    gettext_noop("Greek"),
    gettext_noop("Hebrew"),
    gettext_noop("Japanese"),
    gettext_noop("Korean"),
    gettext_noop("Tamil"),
    gettext_noop("Thai"),
)
_PLACE = re.compile(r"%\\?\((\w+)\\?\)s")


def say_stored(words: str) -> str:
    """The same sentence in the reader's language; what the desk did not write itself is left as it is."""
    return next(_readings(words), words)


def _readings(words: str) -> Iterator[str]:
    for sentence in sorted(STORED, key=len, reverse=True):  # a short one may be the beginning of a longer one
        if found := _pattern(sentence).fullmatch(words):
            known = {name: _(part) if name in _TRANSLATED_TOO else part for name, part in found.groupdict().items()}
            yield _(sentence) % known


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)
