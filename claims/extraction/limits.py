"""What the extractor cannot do with a text, as a sentence for whoever wonders where its claims are."""

import re
import unicodedata
from collections import Counter

from claims.marked import marked, stored

READABLE_SCRIPTS = frozenset({"Latin", "Arabic"})
DATED_LANGUAGES = {
    "ar": marked("Arabic"),
    "de": marked("German"),
    "es": marked("Spanish"),
    "fr": marked("French"),
    "it": marked("Italian"),
    "nl": marked("Dutch"),
    "pt": marked("Portuguese"),
}

_UNKNOWN = "und"
# Script and language are the only words put in.
NO_WORDS = stored("The text holds no words, so no claims were found in it.")
UNREADABLE = stored("Most of the text is in %(script)s script, which the extractor cannot read.")
UNCLEAR = stored("The language of the text is not clear; it was read as if it were English.")
FIGURES_AND_DATES = stored(
    "In %(language)s only figures and dates are found, and how much each deserves a check is a rough, "
    "uncalibrated guess."
)
FIGURES = stored(
    "In this language (%(code)s) only figures are found, and how much each deserves a check is a rough, "
    "uncalibrated guess."
)
_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo"})
_SCRIPT_NAMES = {"CJK": "Chinese", "HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}
# A letter's Unicode name begins with its script: CYRILLIC SMALL LETTER A, OLD PERSIAN SIGN A.
_SCRIPT = re.compile(
    r"(.+?) (?:SMALL|CAPITAL|LETTER|SIGN|SYLLABLE|SYLLABICS|CHARACTER|LIGATURE|UNIFIED|COMPATIBILITY)\b"
)


def explain_limits(text: str, language: str) -> str:
    """Within which limits the extractor reads the text; "" for English, which it reads in full.

    `language` is an ISO 639-1 code, perhaps with a region, or `und`.
    """
    scripts = count_scripts(text)
    if not scripts:
        return NO_WORDS
    if unreadable := find_unreadable_script(scripts):
        return UNREADABLE % {"script": unreadable}
    return _explain_language(language.lower().partition("-")[0] or _UNKNOWN)


def _explain_language(language: str) -> str:
    if language == "en":
        return ""
    if language == _UNKNOWN:
        return UNCLEAR
    if language in DATED_LANGUAGES:
        return FIGURES_AND_DATES % {"language": DATED_LANGUAGES[language]}
    return FIGURES % {"code": language}


def count_scripts(text: str) -> Counter[str]:
    """How many letters of the text are of each script, by its name."""
    scripts: Counter[str] = Counter()
    for letter, number in Counter(text).items():
        if unicodedata.category(letter) in _LETTERS:
            scripts[_script_of(letter)] += number
    return scripts


def find_unreadable_script(scripts: Counter[str]) -> str:
    """The script of most letters, if these cannot be read; "" where at least half of the letters can be."""
    unreadable = Counter({name: number for name, number in scripts.items() if name not in READABLE_SCRIPTS})
    if unreadable.total() * 2 <= scripts.total():
        return ""
    # Japanese is written with Chinese letters, too, never the other way round.
    return "Japanese" if unreadable["Japanese"] * 5 > unreadable.total() else unreadable.most_common(1)[0][0]


def _script_of(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)[0]  # a full-width or bold Latin letter is Latin
    name = unicodedata.name(plain, "UNNAMED")
    found = _SCRIPT.match(name)
    script = found[1] if found else name.split()[0]
    return _SCRIPT_NAMES.get(script, script.title())
