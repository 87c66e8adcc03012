"""Quantities in an English sentence: approximator, number, unit or head noun, rate, share, range, record."""

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from claims.extraction.bounds import find_approximator, find_bound_after
from claims.extraction.comparisons import end_of_comparison, find_comparison
from claims.extraction.compounds import read_compound, read_hyphened
from claims.extraction.currencies import LETTER_SIGNS, currency_code, lone_letter_code
from claims.extraction.dates import DateExpression
from claims.extraction.exclusions import counts_nothing, is_in_score
from claims.extraction.facts import Amount
from claims.extraction.noun_phrases import (
    end_of_joined,
    end_of_level,
    end_of_measure,
    end_of_noun,
    end_of_of_phrase,
    end_of_percent,
    end_of_price,
    end_of_rate,
    end_of_served,
    end_of_spent,
    end_of_tally,
    skip_determiners,
)
from claims.extraction.number_words import STARTERS
from claims.extraction.numbers import SCALES, ReadNumber, is_attached, read_number
from claims.extraction.ratios import PART_WORDS, read_fraction, read_ratio, read_vague_number
from claims.extraction.records import RECORDS, read_record
from claims.extraction.small_money import in_whole_units
from claims.extraction.tokens import Span, Token
from claims.extraction.tree import Tree
from claims.extraction.words import DEFINITE, word_set

_CONTEXT_UNITS = word_set("points degrees times point percentage")
_LEVELLED_UNITS = _CONTEXT_UNITS | {"c", "f", "celsius", "fahrenheit"}
_VOTING = word_set("voted vote votes approved passed rejected backed")
_CHANGES = word_set(
    "rose rise risen fell fall fallen gained lost narrowed widened jumped dropped climbed slipped grew grown dipped",
    "increased decreased declined surged",
)
_MAX_QUANTITIES = 40  # a sentence with more is a table
_MIN_BARE_FIGURE = 10
_HALF = Decimal("0.5")
_HANDFUL, _OLDEST = 12, 120
_BEGINNINGS = frozenset(("NUM", "SYM", "NOUN", "ADJ", "DET", "PRON", "PROPN", "X", ""))
_MULTIPLES = {"twice": 2, "double": 2, "thrice": 3, "triple": 3}
_FIRST_WORDS = STARTERS | PART_WORDS | RECORDS | frozenset((*SCALES, *_MULTIPLES))


class Quantity(NamedTuple):
    """Words `first` to `end`; `needs_context`: it says little without its clause."""

    first: int
    end: int
    span: Span
    amount: Amount
    needs_context: bool

    @property
    def is_minor(self) -> bool:
        """`two plants`; a small share or rate is no small matter, nor is money."""
        amount = self.amount
        is_plain = not (amount.share or amount.per or amount.currency or amount.record or amount.bound)
        return is_plain and amount.value is not None and amount.value <= _HANDFUL


class _Read(NamedTuple):
    end: int
    amount: Amount
    needs_context: bool = False


def find_quantities(tree: Tree, dates: list[DateExpression]) -> list[Quantity]:
    """In order, never overlapping. Dates, clock times, ages, labels (`Article 5`) and list numbers are none."""
    found: list[Quantity] = []
    index, taken = 0, [day.span for day in dates]
    while index < len(tree.words) and len(found) < _MAX_QUANTITIES:
        read = None
        if _may_begin(tree, index) and not counts_nothing(tree.words, index, taken):
            read = _read_amount(tree, index)
        if read and not _converts(tree, index, found):
            found.append(_finish(tree, index, _before_dates(tree, index, read, taken)))
        index = max(index + 1, read.end if read else 0)
    return found


def _converts(tree: Tree, index: int, found: list[Quantity]) -> bool:
    """`90 km (| 56 miles)`: the figure before it in another unit."""
    return bool(found) and found[-1].end == index - 1 and tree.words[index - 1].text == "("


def _before_dates(tree: Tree, index: int, read: _Read, taken: list[Span]) -> _Read:
    """`41% | four years earlier`: a share runs on into no date but that of what it is compared with."""
    start = tree.words[index].start
    day = next((day for day in taken if start < day.start < tree.words[read.end - 1].end), None)
    is_distance = day is not None and tree.text[day.start : day.end].endswith((" earlier", " before", " ago"))
    if day is None or not (read.amount.share or is_distance):
        return read
    end = next(i for i in range(index, read.end) if tree.words[i].end > day.start)
    if any(word.lower == "than" for word in tree.words[index:end]):
        return read
    if end > index and not read.amount.share:  # `97 | two years earlier`
        return read._replace(end=end, amount=replace(read.amount, unit=""))
    return read._replace(end=end, needs_context=True) if end > index else read


def _may_begin(tree: Tree, index: int) -> bool:
    word = tree.words[index]
    if word.text.isalpha() and not word.text.isupper() and not _may_count(tree.words, index):
        return False
    is_said = word.lower in _MULTIPLES or word.lower == "half" or word.text in LETTER_SIGNS or word.text in "NR"
    return word.upos in _BEGINNINGS or word.text[0].isdigit() or is_said


def _may_count(words: list[Token], index: int) -> bool:
    """`three`, `lowest`, `Rs`, `fr.`: is the word in letters one with which a figure may begin?"""
    word, after = words[index], words[index + 1] if index + 1 < len(words) else None
    is_cut = after is not None and after.text == "." and after.start == word.end
    return word.lower in _FIRST_WORDS or word.text in LETTER_SIGNS or is_cut


def _finish(tree: Tree, index: int, read: _Read) -> Quantity:
    start = _start_of(tree, index, read)
    amount = read.amount
    if start and tree.text[start - 1] in "-−" and (start == 1 or tree.text[start - 2].isspace()) and amount.value:
        start, amount = start - 1, replace(amount, value=-amount.value)
    if tree.text[max(0, start - 6) : start].lower() == "minus " and amount.value:
        start, amount = start - 6, replace(amount, value=-amount.value)
    start, before = find_approximator(tree.text, start)
    end, after = find_bound_after(tree, read.end)
    amount, read = replace(amount, bound=after or before or amount.bound), read._replace(end=end)
    first = next(i for i, word in enumerate(tree.words) if word.end > start)
    comparison = find_comparison(tree, first, read.end)
    amount = replace(in_whole_units(amount, tree.text), comparison=comparison)
    return Quantity(first, read.end, Span(start, tree.words[read.end - 1].end), amount, read.needs_context)


def _start_of(tree: Tree, index: int, read: _Read) -> int:
    """`between` of a range belongs to it."""
    before = tree.words[index - 1] if index else None
    if before is not None and before.lower == "between" and read.amount.value_max is not None:
        return before.start
    return tree.words[index].start


def _read_amount(tree: Tree, index: int) -> _Read | None:
    words = tree.words
    sign, digits = _read_sign(tree, index)
    if sign:
        return _read_money(tree, digits, sign)
    multiple = _read_multiple(tree, index)
    if multiple:
        return multiple
    part = read_ratio(words, index) or read_fraction(words, index) or read_vague_number(words, index)
    if part:
        return _read_part(tree, index, part)
    number = read_number(words, index)
    compound = read_hyphened(tree, index) if number is None else read_compound(tree, number)
    if compound:
        return _Read(*compound)
    if number is None:
        record = read_record(tree, index)
        return _Read(record.end, record.amount) if record else None
    return _read_range(tree, index, number) or _read_vote(tree, index, number) or _read_counted(tree, index, number)


def _read_sign(tree: Tree, index: int) -> tuple[str, int]:
    """ISO 4217 and the index of the figure behind `$`, `US$`, `CHF`; "" where no currency stands before a figure."""
    words = tree.words
    for end in (index + 2, index + 1):
        is_figure = end < len(words) and words[end].text[0].isdigit()
        sign = "".join(word.text for word in words[index:end])
        is_one = end == index + 1 or (end < len(words) and words[index].end == words[index + 1].start)
        is_sign = not sign.isalpha() or sign.isupper() or sign in LETTER_SIGNS
        if is_figure and is_one and not sign[0].isdigit() and is_sign:
            code = currency_code(sign) or lone_letter_code(tree.text, words[index].start)
            if code:
                return code, end
    return "", index


def _read_sign_before(tree: Tree, index: int) -> str:
    return next(
        (sign for at in (index - 1, index - 2) if at >= 0 for sign, end in [_read_sign(tree, at)] if end == index), ""
    )


def _read_multiple(tree: Tree, index: int) -> _Read | None:
    """`twice as many as in 2020`, `three times the price`: with what it is a multiple of, where that is a phrase."""
    words = tree.words
    value, at = Decimal(_MULTIPLES.get(words[index].lower, 0)), index + 1
    number = None if value else read_number(words, index)
    if number and number.end < len(words) and words[number.end].lower == "times":
        value, at = number.value, number.end + 1
    if not value or at + 1 >= len(words):
        return None
    amount = Amount(value=value, unit="times")
    if words[at].lower == "as" or words[at + 1].lower == "than":
        is_phrase = words[at + 1].upos in ("ADJ", "ADV") or words[at].lower in ("more", "higher")
        end = max(end_of_comparison(tree, at), end_of_noun(tree, at + 2)) if is_phrase else at
        return _Read(end, amount, end == at)
    if words[at].lower not in ("the", "that", "its", "their"):
        return None
    noun = end_of_noun(tree, at + 1)
    end = max(noun, end_of_of_phrase(tree, noun)) if noun > at + 1 else at
    return _Read(end, amount, end == at)


def _read_part(tree: Tree, index: int, part: ReadNumber) -> _Read | None:
    """`half of the city's hospitals`, `one in five women`, `tens of thousands of people`; alone it needs its clause."""
    words = tree.words
    before = words[index - 1] if index else None
    after = words[part.end] if part.end < len(words) else None
    upper = _read_upper_part(tree, index, part)
    if upper:
        return upper
    is_third = words[part.end - 1].lower == "third" and part.value < _HALF
    is_ordinal = is_third and after is not None and after.xpos in ("NN", "HYPH")  # `a third man`
    if is_ordinal or (words[part.end - 1].lower == "fourth" and (after is None or after.lower != "of")):
        return None
    is_more = tree.string(max(0, part.end - 3), part.end).lower() == "and a half"  # `a week and a half`
    if is_more or (before is not None and before.upos == "ADJ" and words[index].lower == "half"):
        return None
    parted = next((i for i in range(index + 1, part.end) if words[i].upos == "NOUN" and part.share), None)
    if parted is not None and parted + 1 < part.end and words[parted + 1].lower == "in":  # `one bus in five`
        return _Read(part.end, Amount(value=part.value, share=True, unit=words[parted].lower))
    at = skip_determiners(tree, part.end)
    compared = end_of_comparison(tree, part.end)
    if compared > part.end:
        return _Read(compared, Amount(value=part.value, unit="times", bound=part.bound))
    end = end_of_of_phrase(tree, part.end)
    end = end_of_of_phrase(tree, end) if words[end - 1].lower == "members" else end
    if end == part.end:
        end = (
            max(part.end, end_of_noun(tree, at)) if at == part.end or words[part.end - 1].lower == "half" else part.end
        )
        end = part.end if end == at else end
    start = skip_determiners(tree, part.end + 1) if words[min(part.end, len(words) - 1)].lower == "of" else at
    unit = tree.string(start, end)
    currency = "" if part.share else currency_code(unit.lower()) or ""
    amount = Amount(
        value=part.value, share=part.share, bound=part.bound, unit="" if currency else unit, currency=currency
    )
    return _Read(end, amount, end == part.end)


def _read_upper_part(tree: Tree, index: int, part: ReadNumber) -> _Read | None:
    """`between a third and half of …`, read from its first part on."""
    words = tree.words
    is_first = index > 0 and words[index - 1].lower == "between" and part.end + 1 < len(words)
    upper = read_fraction(words, part.end + 1) if is_first and words[part.end].lower == "and" else None
    read = _read_part(tree, part.end + 1, upper) if upper and upper.value > part.value else None
    return read and read._replace(amount=replace(read.amount, value=part.value, value_max=read.amount.value))


def _read_range(tree: Tree, index: int, number: ReadNumber) -> _Read | None:
    """`between 40 and 60 fighters` (from the first number on), `40 to 60 fighters`, `10% to 15%`, `€140m and €160m`."""
    words = tree.words
    is_percent = end_of_percent(tree, number.end) > 0
    joint = end_of_percent(tree, number.end) or number.end
    if joint + 1 >= len(words):
        return None
    at = index - 1 - bool(_read_sign_before(tree, index))
    before = words[at].lower if at >= 0 else ""
    between = before == "between" or (index > 1 and words[index - 2].lower == "between")
    is_change = before == "from" and words[joint].lower == "to"
    if is_change or (
        (words[joint].lower not in ("to", "-", "–", "or")) and not (words[joint].lower == "and" and between)
    ):
        return None
    sign, second = _read_sign(tree, joint + 1)
    upper = read_number(words, second)
    if not upper or upper.value <= number.value:
        return None
    if (is_percent and not end_of_percent(tree, upper.end)) or (sign and not _read_sign_before(tree, index)):
        return None
    changes = words[joint].lower == "to" and any(word.lower in _CHANGES for word in words[max(0, index - 4) : index])
    if changes and (sign or upper.value > 3 * number.value):  # `fell $2 to $78`, `rose by 12 to 340`
        return None
    counted = _read_counted(tree, second, upper)
    if not counted or (counted.amount.unit and not sign and _read_sign_before(tree, index)):  # `paid $20 to 30 people`
        return None
    scaled = number.end == index + 1 and second + 1 < len(words)
    value = number.value * (SCALES.get(words[second + 1].lower, 1) if scaled else 1)
    return counted._replace(amount=replace(counted.amount, value=value, value_max=upper.value))


def _read_vote(tree: Tree, index: int, number: ReadNumber) -> _Read | None:
    """`voted 84 to 31`: one figure, told by its clause."""
    words = tree.words
    is_vote = any(word.lower in _VOTING for word in words[max(0, index - 6) : index])
    other = read_number(words, number.end + 1) if is_vote and number.end + 1 < len(words) else None
    if other is None or number.in_words or words[number.end].lower != "to":
        return None
    return _Read(other.end, Amount(value=number.value), True)


def _read_money(tree: Tree, digits: int, currency: str) -> _Read | None:
    words = tree.words
    number = read_number(words, digits)
    if not number:
        return None
    ranged = _read_range(tree, digits, number)
    if ranged:
        return _Read(ranged.end, replace(ranged.amount, currency=currency, unit=""))
    end = end_of_noun(tree, number.end)
    unit = tree.string(number.end, end)
    if end == number.end:
        end = end_of_spent(tree, end)
    whole, per = end_of_price(tree, end)
    return _Read(whole, Amount(value=number.value, currency=currency, unit=unit, per=per))


def _read_counted(tree: Tree, index: int, number: ReadNumber) -> _Read | None:
    words, amount = tree.words, Amount(value=number.value, bound=number.bound)
    if is_in_score(words, number.end):
        return None
    percent = end_of_percent(tree, number.end)
    if percent:
        return _read_percent(tree, percent, amount)
    is_stressed = index > 0 and words[index - 1].lower in ("only", "just", "least", "than")
    is_stressed = is_stressed or "for every " in tree.string(index, min(len(words), index + 6))
    if number.in_words and ((number.value < 2 and not is_stressed) or _is_known(tree, index, number)):
        return None
    end = end_of_joined(tree, end_of_noun(tree, number.end))
    unit = tree.string(number.end, end)
    tally = max(end_of_tally(tree, end), end_of_served(tree, end))
    if tally > end > number.end:
        return _Read(tally, replace(amount, unit=unit))
    has_scale = end < len(words) and words[end].lower in ("celsius", "fahrenheit")
    if words[end - 1].lower == "degrees" and has_scale:
        end += 1
        unit = tree.string(number.end, end)
    whole, per = end_of_measure(tree, end)
    if end > number.end and currency_code(words[end - 1].lower):
        return _Read(whole, replace(amount, currency=currency_code(words[end - 1].lower) or "", per=per))
    if end == number.end and is_attached(words, number.end):
        end, unit = end + 1, words[end].text
        whole, per = end_of_measure(tree, end)
    elif end == number.end and not per:
        return _read_bare(tree, number, amount)
    level = end_of_level(tree, whole) if words[end - 1].lower in _LEVELLED_UNITS else whole
    compared = max(level, end_of_comparison(tree, whole, ("than",)))
    if compared > whole == end:
        return _Read(compared, replace(amount, unit=unit))
    is_level = words[end - 1].lower == "degrees" and (index == 0 or words[index - 1].lower != "by")
    is_context = whole == end and words[end - 1].lower in _CONTEXT_UNITS and not is_level
    return _Read(whole, replace(amount, unit=unit, per=per), is_context)


def _read_percent(tree: Tree, percent: int, amount: Amount) -> _Read:
    """`18%`, `18% of revenue`, `18% rise`, `3.2 percentage points higher than a year earlier`."""
    words = tree.words
    compared = max(end_of_comparison(tree, percent), end_of_level(tree, percent))
    end = end_of_of_phrase(tree, percent)
    start = skip_determiners(tree, percent + 1) if end > percent else percent
    noun = end_of_noun(tree, percent) if end == percent else percent
    points = words[percent - 1].lower.startswith("point")
    following = words[percent].lower if max(end, noun, compared) == percent < len(words) else ""
    if following in ("full", "empty", "complete", "lower", "higher"):
        bare = replace(amount, share=not points, unit="percentage points" if points else "%")
        return _Read(percent + 1, bare, following in ("lower", "higher"))
    is_tiny = amount.value is not None and amount.value <= 1  # 0.5 of something would be half of it
    unit = "percentage points" if points else "%" if is_tiny else tree.string(start, end) or "%"
    whole, per = end_of_rate(tree, max(end, noun, compared))
    return _Read(whole, replace(amount, share=not points, unit=unit, per=per), whole == percent)


def _read_bare(tree: Tree, number: ReadNumber, amount: Amount) -> _Read | None:
    """`120 of its beds`, or a figure that only its clause explains (`killed 40`)."""
    end = end_of_of_phrase(tree, number.end)
    if end > number.end:
        unit = tree.string(skip_determiners(tree, number.end + 1), end)
        return _Read(end, replace(amount, unit=unit))
    compared = end_of_comparison(tree, number.end)
    if compared > number.end:
        return _Read(compared, amount)
    words = tree.words
    word, verb = words[number.end - 1], words[min(number.end, len(words) - 1)]
    acts = word.dep == "nsubj" and number.value > 1 and verb.upos in ("VERB", "AUX")  # `two have died`
    if number.end > 1 and words[number.end - 2].lower == "at" and number.value <= _OLDEST:  # `left school at 14`
        return None
    is_figure = acts or (not number.in_words and number.value >= _MIN_BARE_FIGURE)
    return _Read(number.end, amount, True) if is_figure else None


def _is_known(tree: Tree, index: int, number: ReadNumber) -> bool:
    """`the two countries` counts nothing."""
    return number.value <= _HANDFUL and index > 0 and tree.words[index - 1].lower in DEFINITE
