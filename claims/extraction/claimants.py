"""Who says it: `according to the Pentagon`, `officials said`, `Maria Keller, the mayor, told reporters that`."""

import re

from claims.extraction.attributions import BEFORE_SAYING, MAX_CLAIMANT_WORDS, Attribution, clean_claimant, shorten
from claims.extraction.tokens import Span, Token
from claims.extraction.words import ADVERBS, AUXILIARIES, DETERMINERS, PREPOSITIONS, looks_finite, word_set

_SAYING = word_set(
    "said says say told tells argued argues claimed claims stated states warned warns confirmed confirms insisted",
    "insists estimated estimates noted notes explained explains denied denies acknowledged admitted admits",
    "wrote tweeted added adds reported reports predicted predicts maintained maintains alleged alleges",
)
_SAYING_WITH_THAT = _SAYING | word_set(
    "announced announces found finds showed shows show suggests suggest believes believe thinks expects expect",
    "declared",
    "revealed reveals concluded concludes indicated indicates argue claim warn estimate report agreed",
)
_INVERTED = word_set("said says added adds wrote explained warned noted argued")
_EDGES = frozenset(',;:()[]“”"—–')
_ACCORDING = re.compile(
    r",?\s?\b(?:according to|as reported by|citing|per the)\s+"
    r"(?P<who>[^,;:.()“”\"—–]{2,90}(?:\.(?=[^\s,;:.()“”\"—–])[^,;:.()“”\"—–]{0,60}){0,3})",
    re.IGNORECASE,
)
_WHO_DETAILS = re.compile(
    r"\s(?:published|released|issued|seen by|obtained|conducted|on (?=\w+day\b)|in (?=(?:19|20)[0-9]{2}\b)).{0,200}",
    re.IGNORECASE | re.DOTALL,
)
_WHO_ENDS = re.compile(
    r"\s(?:said|says|and that|but|while|which|who (?:was|were|is|are)|amid|as)\b.{0,200}", re.IGNORECASE | re.DOTALL
)
_NAME_AFTER = re.compile(r",\s([A-Z][\w'’-]{1,30}(?:\s[A-Z][\w'’-]{1,30}){1,3})(?=[,.]|$)")
_MAX_TAIL_WORDS = 9


def find_attribution(sentence: str, tokens: list[Token]) -> Attribution | None:
    """The first saying of the sentence; a pronoun is given as it stands."""
    return _find_according(sentence) or _find_saying(sentence, tokens)


def _find_according(sentence: str) -> Attribution | None:
    match = _ACCORDING.search(sentence)
    if not match:
        return None
    said = _WHO_ENDS.sub("", match["who"])
    claimant, end = clean_claimant(_WHO_DETAILS.sub("", said)), match.start("who") + len(said)
    if not claimant:
        return None
    name = _NAME_AFTER.match(sentence, end)
    if name and claimant[0].islower():
        claimant, end = name[1], name.end()
    return Attribution(shorten(claimant), Span(match.start(), end))


def _find_saying(sentence: str, tokens: list[Token]) -> Attribution | None:
    for index, token in enumerate(tokens):
        if token.lower in _SAYING_WITH_THAT:
            found = _read_saying(sentence, tokens, index)
            if found:
                return found
    return None


def _read_saying(sentence: str, tokens: list[Token], verb: int) -> Attribution | None:
    first = _subject_start(tokens, verb)
    if first == verb:
        return _read_apposition(sentence, tokens, verb) or _read_inverted(sentence, tokens, verb)
    subject = _trim_subject(tokens, first, verb)
    if not subject or not _is_subject(subject):
        return None
    if first > 0 and _is_tail(tokens, verb):
        return _attribute(sentence, tokens, first, subject, len(sentence))
    return _read_leading(sentence, tokens, first, subject, verb)


def _subject_start(tokens: list[Token], verb: int) -> int:
    """Index after the nearest mark before the verb."""
    return next((index + 1 for index in range(verb - 1, -1, -1) if tokens[index].text in _EDGES), 0)


def _trim_subject(tokens: list[Token], first: int, verb: int) -> list[Token]:
    end = verb
    while end > first and tokens[end - 1].lower in BEFORE_SAYING:
        end -= 1
    return tokens[first:end]


def _is_subject(subject: list[Token]) -> bool:
    words = [token for token in subject if not token.is_acronym]
    if len(subject) > MAX_CLAIMANT_WORDS or subject[-1].lower in AUXILIARIES | word_set("to not who which that"):
        return False
    return not any(looks_finite(token.text) for token in words) and not {"who", "which"} & {t.lower for t in words}


def _is_tail(tokens: list[Token], verb: int) -> bool:
    """Nothing of weight follows the verb: `…, officials said on Monday.`"""
    rest = tokens[verb + 1 :]
    if rest and not (tokens[verb].lower in ("told", "tells") or _is_circumstance(rest[0])):
        return False
    return sum(token.is_word for token in rest) <= _MAX_TAIL_WORDS and not any(
        token.text in '“":' or token.lower in ("that", "would", "will", "had", "was", "were", "is", "are")
        for token in rest
    )


def _is_circumstance(token: Token) -> bool:
    """What may follow `…, officials said`: when, where, a mark, but no object."""
    return not token.is_word or token.is_capitalised or token.lower in PREPOSITIONS | ADVERBS


def _read_apposition(sentence: str, tokens: list[Token], verb: int) -> Attribution | None:
    """`Maria Keller, the mayor of Nordhafen, said`; `its director, Maria Keller, told the Echo`."""
    second_start = _subject_start(tokens, verb - 1)
    if second_start < 2 or tokens[verb - 1].text != "," or tokens[second_start - 1].text != ",":
        return None
    first_start = _subject_start(tokens, second_start - 1)
    first, second = tokens[first_start : second_start - 1], tokens[second_start : verb - 1]
    if not (first and second and _is_subject(first) and _is_subject(second)):
        return None
    claimant = second if _is_name(second) and not _is_name(first) else first
    if claimant is first and second[0].lower not in DETERMINERS and not _is_name(first):
        return None
    if _is_tail(tokens, verb) and first_start > 0:
        return _attribute(sentence, tokens, first_start, claimant, len(sentence))
    return _read_leading(sentence, tokens, first_start, claimant, verb)


def _is_name(tokens: list[Token]) -> bool:
    return len(tokens) <= 5 and all(token.is_capitalised for token in tokens) and tokens[0].lower not in DETERMINERS


def _read_leading(
    sentence: str, tokens: list[Token], first: int, subject: list[Token], verb: int
) -> Attribution | None:
    """`Officials said (that) …`, `The mayor told reporters that …`."""
    after = verb + 1
    if tokens[verb].lower in ("told", "tells"):
        after = next((at for at in range(after, min(len(tokens), after + 6)) if _opens_speech(tokens[at])), after)
    has_that = after < len(tokens) and tokens[after].lower == "that"
    if after >= len(tokens) or not (has_that or (tokens[verb].lower in _SAYING and _can_follow(tokens, verb))):
        return None
    return _attribute(sentence, tokens, first, subject, tokens[after].end if has_that else tokens[after].start)


def _opens_speech(token: Token) -> bool:
    return token.lower == "that" or token.text in '“":,'


def _can_follow(tokens: list[Token], verb: int) -> bool:
    """Does a clause follow, not a mere object (`claims damages`, `reported losses`)?"""
    rest = tokens[verb + 1 :]
    return any(token.text in '“":' for token in rest[:2]) or any(looks_finite(token.text) for token in rest)


def _read_inverted(sentence: str, tokens: list[Token], verb: int) -> Attribution | None:
    """`…, said Maria Keller, the mayor.`"""
    if verb == 0 or tokens[verb].lower not in _INVERTED:
        return None
    end = verb + 1
    while (
        end < len(tokens) and (tokens[end].is_word or tokens[end].text in "'’") and not looks_finite(tokens[end].text)
    ):
        end += 1
    who = tokens[verb + 1 : end]
    if not 0 < len(who) <= MAX_CLAIMANT_WORDS or not (who[0].is_capitalised or who[0].lower in DETERMINERS):
        return None
    claimant = clean_claimant(sentence[who[0].start : who[-1].end])
    return Attribution(claimant, Span(tokens[verb - 1].start, len(sentence))) if claimant else None


def _attribute(sentence: str, tokens: list[Token], first: int, subject: list[Token], end: int) -> Attribution | None:
    start = tokens[first - 1].start if first else 0
    claimant = clean_claimant(sentence[subject[0].start : subject[-1].end])
    return Attribution(shorten(claimant), Span(start, end)) if claimant else None
