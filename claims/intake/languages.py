"""Which language a text is in, by a vote of its commonest words. Pure Python."""

import re
from collections import Counter

UNSURE = "und"

_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_LETTER = re.compile(r"[^\W\d_]")
_SAMPLE_CHARS = 20_000

_STOP_WORDS = {
    "en": "the and of to was were is are that with for from has have had which by this their at its it been will",
    "de": "der die das und nicht ist ein eine einer mit dem den von auf für im wurde sind hat auch sich bei nach",
    "fr": "le les et est une dans des du pas pour qui sur avec sont au aux cette ont été plus par ce il elle",
    "es": "el los las y una del por con para es que se su han fue más en lo como pero según son al",
    "pt": "o os as e um uma do da dos das não com para em no na que foi são mais por ao pelo segundo também",
}
_VOTES: dict[str, list[str]] = {}
for _language, _words in _STOP_WORDS.items():
    for _word in _words.split():
        _VOTES.setdefault(_word, []).append(_language)


def guess_language(text: str) -> str:
    """ISO 639-1 code among en, de, fr, es, pt and ar; `und` where the vote is open."""
    sample = text[:_SAMPLE_CHARS]
    if _is_arabic(sample):
        return "ar"
    return _winner(_count_votes(sample))


def _is_arabic(sample: str) -> bool:
    letters = len(_LETTER.findall(sample))
    return letters > 0 and len(_ARABIC.findall(sample)) * 2 > letters


def _count_votes(sample: str) -> Counter[str]:
    votes: Counter[str] = Counter()
    for word in _WORD.findall(sample.lower()):
        for language in _VOTES.get(word, ()):
            votes[language] += 1
    return votes


def _winner(votes: Counter[str]) -> str:
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return UNSURE
    return ranked[0][0]
