"""How good are the claims that the extractor finds? Measured on labelled articles. Pure Python.

A labelled claim is *found* when a claim of the same article, whose span overlaps the labelled sentence, has a headline
with a token F1 of at least 0.7 with the labelled one. Each claim answers to one other at most, the best pairs first.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from claims.enums import ClaimKind
from claims.extraction.candidates import Candidate
from claims.extraction.gold import GoldArticle, GoldClaim
from claims.extraction.tokens import Span

SAME_HEADLINE = 0.7  # token F1 from which two headlines say the same

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*\w*|\w+(?:['’]\w+)*")


class Ratio(NamedTuple):
    right: int
    of: int

    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.right / self.of if self.of else None


class Pair(NamedTuple):
    """`overlap`: characters that both spans cover over characters that either covers."""

    gold: GoldClaim
    found: Candidate
    overlap: float


@dataclass(frozen=True)
class Comparison:
    """One article's claims, paired off."""

    article: str
    pairs: list[Pair]
    missed: list[GoldClaim]
    false_alarms: list[Candidate]


@dataclass(frozen=True)
class Detection:
    """`recall`: of the claims there are, how many the machine found. `precision`: of those found, how many are any."""

    recall: Ratio
    precision: Ratio
    recall_by_kind: dict[ClaimKind, Ratio]
    precision_by_kind: dict[ClaimKind, Ratio]


@dataclass(frozen=True)
class Figures:
    """All but `detection` count found claims alone; `value` and `date` those of them whose label has the fact."""

    detection: Detection
    kind: Ratio
    claimant: Ratio
    value: Ratio
    date: Ratio
    mean_overlap: float | None


def count_detection(right: Counter[ClaimKind], wrong: Counter[ClaimKind], missed: Counter[ClaimKind]) -> Detection:
    """For claims found rightly, found wrongly, and missed, each counted by its kind."""
    return _detection(right, wrong, right, missed)


def _detection(
    found_right: Counter[ClaimKind],
    found_wrong: Counter[ClaimKind],
    labelled_right: Counter[ClaimKind],
    missed: Counter[ClaimKind],
) -> Detection:
    """The kind of a pair is the machine's for precision, and the label's for recall."""
    return Detection(
        _ratio(labelled_right.total(), missed.total()),
        _ratio(found_right.total(), found_wrong.total()),
        {kind: _ratio(labelled_right[kind], missed[kind]) for kind in ClaimKind},
        {kind: _ratio(found_right[kind], found_wrong[kind]) for kind in ClaimKind},
    )


def _ratio(right: int, wrong: int) -> Ratio:
    return Ratio(right, right + wrong)


def compare(article: GoldArticle, text: str, found: Sequence[Candidate]) -> Comparison:
    """Pair the labelled claims off with those found in `text`, the article as it was handed to the extractor."""
    answers: dict[int, int] = {}
    overlaps: dict[int, float] = {}
    taken: set[int] = set()
    for _, overlap, i, j in sorted(_similar(article, text, found), key=lambda s: (-s[0], -s[1], s[2], s[3])):
        if i not in answers and j not in taken:
            answers[i], overlaps[i] = j, overlap
            taken.add(j)
    return Comparison(
        article.id,
        [Pair(article.claims[i], found[j], overlaps[i]) for i, j in sorted(answers.items())],
        [gold for i, gold in enumerate(article.claims) if i not in answers],
        [candidate for j, candidate in enumerate(found) if j not in taken],
    )


def _similar(article: GoldArticle, text: str, found: Sequence[Candidate]) -> Iterator[tuple[float, float, int, int]]:
    """F1 and overlap of each two that may be a pair, with their places in the lists."""
    for i, gold in enumerate(article.claims):
        sentence = _place(gold.sentence, text)
        quote = _place(gold.quote, text, gold.sentence)
        for j, candidate in enumerate(found):
            f1 = token_f1(gold.headline, candidate.headline) if _overlap(sentence, candidate) else 0.0
            if f1 >= SAME_HEADLINE:
                yield f1, _overlap(quote, candidate), i, j


def token_f1(one: str, other: str) -> float:
    """0 to 1 over lowercased words and numbers: `2,500` is one token, marks and signs are none."""
    tokens, others = _tokens(one), _tokens(other)
    shared = sum((tokens & others).values())
    return 2 * shared / (tokens.total() + others.total()) if shared else 0.0


def _tokens(headline: str) -> Counter[str]:
    return Counter(token.replace(",", "") for token in _TOKEN.findall(headline.lower()))


def _place(words: str, text: str, within: str = "") -> Span | None:
    """Where the words stand (first within the sentence, if one is given); None where the text lacks them."""
    begin = text.find(within)
    start = text.find(words, begin) if begin >= 0 else -1
    return Span(start, start + len(words)) if start >= 0 else None


def _overlap(span: Span | None, candidate: Candidate) -> float:
    if span is None:
        return 0.0
    shared = min(span.end, candidate.end) - max(span.start, candidate.start)
    return max(shared, 0) / (max(span.end, candidate.end) - min(span.start, candidate.start))


def measure(comparisons: Sequence[Comparison]) -> Figures:
    pairs = [pair for comparison in comparisons for pair in comparison.pairs]
    with_value = [pair for pair in pairs if "quantity" in pair.gold.facts]
    with_date = [pair for pair in pairs if "date" in pair.gold.facts]
    return Figures(
        detection=_detection(
            found_right=Counter(pair.found.kind for pair in pairs),
            found_wrong=Counter(found.kind for comparison in comparisons for found in comparison.false_alarms),
            labelled_right=Counter(pair.gold.kind for pair in pairs),
            missed=Counter(gold.kind for comparison in comparisons for gold in comparison.missed),
        ),
        kind=_count(pairs, has_right_kind),
        claimant=_count(pairs, has_right_claimant),
        value=_count(with_value, has_right_value),
        date=_count(with_date, has_right_date),
        mean_overlap=sum(pair.overlap for pair in pairs) / len(pairs) if pairs else None,
    )


def _count(pairs: list[Pair], is_right: Callable[[Pair], bool]) -> Ratio:
    return Ratio(sum(map(is_right, pairs)), len(pairs))


def has_right_kind(pair: Pair) -> bool:
    return pair.gold.kind == pair.found.kind


def has_right_claimant(pair: Pair) -> bool:
    return _name(pair.gold.claimant) == _name(pair.found.claimant)


def _name(claimant: str | None) -> str:
    return " ".join((claimant or "").lower().split()).removeprefix("the ")


def has_right_date(pair: Pair) -> bool:
    """The same time, however it is written: `2024-04/2024-06` is `2024-04-01/2024-06-30`."""
    found = pair.found.facts.get("date")
    return bool(found) and _time_of(str(found)) == _time_of(pair.gold.facts["date"])


def _time_of(edtf: str) -> tuple[str, str]:
    first, mark, last = edtf.partition("/")
    return (_edge(first, "-01", "-01"), _edge(last, "-12", "")) if mark else (edtf, "")


def _edge(part: str, month: str, day: str) -> str:
    """The first or the last day of a year or a month; anything else as it is."""
    if _MONTH.fullmatch(part + month) and len(part) == len("2024"):
        part += month
    if not _MONTH.fullmatch(part):
        return part
    year, number = (int(one) for one in part.split("-"))
    return part + (day or f"-{monthrange(year, number)[1]:02d}")


def has_right_value(pair: Pair) -> bool:
    """Same value, same end of the range, same bound; a fraction as exact as it is labelled (0.667 for two thirds)."""
    wanted, found = pair.gold.facts["quantity"], pair.found.facts.get("quantity")
    return isinstance(found, dict) and all(_same(wanted, found, name) for name in ("value", "value_max", "bound"))


def _same(wanted: dict[str, Any], found: dict[str, Any], name: str) -> bool:
    if name == "bound" or wanted.get(name) is None or found.get(name) is None:
        return bool(wanted.get(name) == found.get(name))
    label, value = Decimal(str(wanted[name])), Decimal(str(found[name]))
    return label == (round(value, -int(label.as_tuple().exponent)) if wanted.get("share") and label < 1 else value)


def describe_errors(comparison: Comparison) -> Iterator[str]:
    """What went wrong in the article, one line each: article, error, headline, details; between them tabs."""
    for gold in comparison.missed:
        yield _line(comparison, "missed", gold.headline, f"{gold.kind} in: {gold.sentence}")
    for found in comparison.false_alarms:
        yield _line(comparison, "false alarm", found.headline, f"{found.kind} in: {found.sentence}")
    for pair in comparison.pairs:
        for error, details in _wrong_parts(pair):
            yield _line(comparison, error, pair.gold.headline, details)


def _wrong_parts(pair: Pair) -> Iterator[tuple[str, str]]:
    gold, found = pair.gold, pair.found
    if not has_right_kind(pair):
        yield "wrong kind", f"{found.kind}, not {gold.kind}"
    if not has_right_claimant(pair):
        yield "wrong claimant", f"{found.claimant}, not {gold.claimant}; in: {gold.sentence}"
    if "quantity" in gold.facts and not has_right_value(pair):
        yield "wrong value", f"{found.facts.get('quantity')}, not {gold.facts['quantity']}"
    if "date" in gold.facts and not has_right_date(pair):
        yield "wrong date", f"{found.facts.get('date')}, not {gold.facts['date']}; in: {gold.sentence}"


def _line(comparison: Comparison, *parts: str) -> str:
    return "\t".join(" ".join(part.split()) for part in (comparison.article, *parts))
