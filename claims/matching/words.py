"""The words and numbers of a claim that tell it from others. Pure Python, for any language that separates its words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from claims.matching.small_words import SMALL_WORDS

MOST_READ = 2_000  # characters; a claim is a sentence
_MOST_LETTERS = 40  # of a word
_LETTERS_OF_A_STEM = 6  # what is left of a long word: its ending turns with the grammar
_SHORTEST_PLURAL = 5

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"  # stand on letters, and belong to the word
_TOKEN = re.compile(
    r"(?P<number>(?<![\w.,])(?:\d{1,3}(?:[.,٬'’\u00a0\u202f ]\d{3})+|\d+)(?:[.,٫]\d+)?(?!\d))"
    rf"|(?P<word>(?:[^\W\d_]\.){{2,}}|[^\W_](?:[^\W_]|[{_MARKS}])*)"  # U.S. is one word
)
_SENTENCE_END = re.compile(r"[.!?:;“”\"]\s*$")
_DAY = re.compile(r"(?<!\d)(\d{4})-\d\d(?:-\d\d)?(?!\d)")
_GROUPED = re.compile(r"\d{1,3}(?:[.,٬'’\u00a0\u202f ]\d{3})+(?!\d)")


@dataclass(frozen=True)
class Said:
    """What a text says, by keys that meet across its forms, each with the form in the text, in the text's order.

    Words are stems without accents, numbers are digits with a decimal point. `names` are the keys of words with a
    capital letter where none has to be; `openings` those that have it at the beginning of a text or sentence.
    """

    words: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()


def read_words(*texts: str) -> Said:
    said = Said()
    names: set[str] = set()
    openings: set[str] = set()
    for text in texts:
        for form, is_number, begins in _read(text[:MOST_READ]):
            key = normalise_number(form) if is_number else stem(form)
            if is_number:
                said.numbers.setdefault(key, form)
            elif fold(form) not in _NO_WORDS and (len(key) > 1 or not form.isascii()):
                said.words.setdefault(key, form)
                if form[0].isupper():
                    (openings if begins else names).add(key)
    return Said(said.words, said.numbers, frozenset(names), frozenset(openings - names))


def is_year(number: str) -> bool:
    return len(number) == 4 and number.isdecimal() and number.startswith(("18", "19", "20"))


def _read(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Each word or number, whether it is a number, and whether a sentence begins with it."""
    text = _DAY.sub(r"\1", unicodedata.normalize("NFC", text))  # the 12 of 2024-02-12 is no figure
    for found in _TOKEN.finditer(text):
        before = text[max(0, found.start() - 3) : found.start()]
        yield (
            found[0][:_MOST_LETTERS],
            found["number"] is not None,
            not before.strip() or bool(_SENTENCE_END.search(before)),
        )


@lru_cache(20_000)  # words come again and again
def fold(word: str) -> str:
    """In small letters, without accents, vowel signs and full stops."""
    parts = unicodedata.normalize("NFKD", word.replace(".", "").casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(20_000)
def stem(word: str) -> str:
    """What a word has in common with its other forms, more or less, in most languages that inflect at the end."""
    key = fold(word).removeprefix("ال") if len(word) > _SHORTEST_PLURAL else fold(word)
    if len(key) >= _SHORTEST_PLURAL and key.endswith("s") and not key.endswith("ss"):
        key = key[:-1]
    return key[:_LETTERS_OF_A_STEM]


_NO_WORDS = frozenset(fold(word) for words in SMALL_WORDS.values() for word in words.split())


def normalise_number(form: str) -> str:
    """`2,500`, `2.500`, `2 500` and `٢٬٥٠٠` are 2500; `4.3` and `4,3` are 4.3."""
    grouped = _GROUPED.match(form)
    whole, rest = (grouped[0], form[grouped.end() :]) if grouped else (form, "")
    if not grouped:
        whole, _, rest = re.sub("[,٫]", ".", form).partition(".")
    whole, rest = _digits(whole).lstrip("0") or "0", _digits(rest).rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def _digits(form: str) -> str:
    """In ASCII, and nothing else."""
    return "".join(str(unicodedata.digit(sign)) for sign in form if sign.isdigit())
