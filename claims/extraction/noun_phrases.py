"""Where the noun phrase that begins at a token ends, told by small words and word endings alone."""

from claims.extraction.tokens import Token
from claims.extraction.words import DETERMINERS, NOUN_STOPS, looks_past, looks_plural, word_set

_MEASURES = word_set(
    "tonnes tons kilograms kilos kilogrammes pounds litres liters gallons barrels bushels acres hectares miles metres",
    "meters kilometres kilometers feet square cubic kg km ha pairs pieces cases cans bottles packs copies doses",
    "shipments cubic-metres loads containers boxes bags sacks groups types kinds sets counts reports deaths",
)
_RATE_NOUNS = word_set(
    "second minute hour day night week weekend fortnight month quarter season year decade head person household capita",
    "patient pupil student child family litre gallon barrel tonne ton kilo kilogram square mile kilometre hectare acre",
)
_STOPS = NOUN_STOPS | word_set("last next")
_RATE_WORDS = word_set("a an per each every")
_MAX_WORDS = 5


def read_noun_phrase(tokens: list[Token], index: int) -> int:
    """Index after the phrase: up to its first plural noun or the next word that cannot be inside."""
    end = index
    while end < min(len(tokens), index + _MAX_WORDS) and _may_be_inside(tokens, index, end):
        end += 1
        if looks_plural(tokens[end - 1].lower) and not _modifies_next(tokens, end):
            break
    return end


def _may_be_inside(tokens: list[Token], first: int, index: int) -> bool:
    token = tokens[index]
    after_adverb = index > first and tokens[index - 1].lower.endswith("ly")
    if after_adverb and looks_past(token.lower):
        return True
    if not token.is_word or (token.lower in _STOPS and not token.is_acronym):
        return False
    is_modifier = token.lower.endswith("ly") or looks_past(token.lower)
    return not is_modifier or index == first


def _modifies_next(tokens: list[Token], index: int) -> bool:
    """`Texas counties`, `sales managers`: a plural follows that can only be the head."""
    if index >= len(tokens) or not tokens[index].is_word:
        return False
    return tokens[index - 1].is_capitalised and looks_plural(tokens[index].lower)


def has_plural(tokens: list[Token], start: int, end: int) -> bool:
    return any(looks_plural(token.lower) for token in tokens[start:end])


def read_of_phrase(tokens: list[Token], index: int) -> int:
    """Index after `of` and a phrase with its determiners (`of the city's hospitals`); `index` if there is none."""
    if index + 1 >= len(tokens) or tokens[index].lower != "of":
        return index
    start = index + 1
    while start < len(tokens) and (tokens[start].lower in DETERMINERS or tokens[start].lower == "all"):
        start += 1
    end = read_noun_phrase(tokens, start)
    return end if end > start else index


def read_measured(tokens: list[Token], start: int, end: int) -> int:
    """Index after what a measure measures: `tonnes` -> `tonnes of grain`."""
    if end > start and tokens[end - 1].lower in _MEASURES:
        return read_of_phrase(tokens, end)
    return end


def read_rate(tokens: list[Token], index: int) -> int:
    """Index after `a day`, `per 100,000 people`, `per capita`; `index` if none follows."""
    if index + 1 >= len(tokens) or tokens[index].lower not in _RATE_WORDS:
        return index
    following = tokens[index + 1]
    if following.lower in _RATE_NOUNS:
        return index + 2
    if tokens[index].lower == "per" and following.text[0].isdigit():
        return read_noun_phrase(tokens, index + 2)
    return index
