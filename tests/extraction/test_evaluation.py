"""What the figures of an evaluation mean, on labels small enough to count by hand."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from claims.enums import ClaimKind
from claims.extraction import Candidate
from claims.extraction.evaluation import Comparison, Ratio, compare, count_detection, describe_errors, measure, token_f1
from claims.extraction.gold import GoldArticle, GoldClaim

SHIPS = "The port lost 310 ships in May 2022, Henrik Aas said."
FAIR = "A third of the ships were sold."
TEXT = f"{SHIPS} {FAIR}"


def gold(headline: str, quote: str = "", sentence: str = SHIPS, **labels: Any) -> GoldClaim:
    values = {"kind": ClaimKind.QUANTITY, "claimant": None, "facts": {}} | labels
    return GoldClaim(quote=quote or headline, sentence=sentence, headline=headline, **values)


def found(headline: str, quote: str = "", **values: Any) -> Candidate:
    quote = quote or headline
    start = TEXT.index(quote)
    all_values = {"kind": ClaimKind.QUANTITY, "claimant": None, "facts": {}, "check_worthiness": 0.5, "reasons": []}
    made = all_values | {"sentence": SHIPS if start < len(SHIPS) else FAIR} | values
    return Candidate(headline=headline, quote=quote, start=start, end=start + len(quote), **made)


def compared(golds: list[GoldClaim], candidates: list[Candidate], text: str = TEXT) -> Comparison:
    return compare(GoldArticle("a", "", None, TEXT, tuple(golds), ()), text, candidates)


@pytest.mark.parametrize(
    ("one", "other", "f1"),
    [
        ("some 2,500 troops", "Some 2500 troops", 1.0),
        ("$4.3 billion", "4.3 billion", 1.0),
        ("the city's “hospitals”", "the city’s hospitals", 0.8 / 1.2),
        ("310 ships", "310", 2 / 3),
        ("ships ships", "ships", 2 / 3),
        ("ships", "trains", 0.0),
        ("?", "?", 0.0),
    ],
)
def test_token_f1_counts_words_and_numbers(one, other, f1):
    assert token_f1(one, other) == pytest.approx(f1)
    assert token_f1(other, one) == pytest.approx(f1)


def test_claim_is_found_by_its_headline_in_its_sentence_alone():
    same_words_elsewhere = found("310 ships", "of the ships")
    comparison = compared([gold("310 ships")], [same_words_elsewhere])
    assert (comparison.missed, comparison.false_alarms) == ([gold("310 ships")], [same_words_elsewhere])
    assert compared([gold("310 ships")], [found("310 ships", "ships in May")]).missed == []
    assert compared([gold("310 ships")], [found("310 lost vessels", "310 ships")]).pairs == []


def test_each_claim_answers_to_one_other_the_best_first():
    near, exact = found("lost 310 ships"), found("310 ships")
    (pair,) = compared([gold("310 ships")], [near, exact]).pairs
    assert pair.found == exact
    comparison = compared([gold("lost 310 ships"), gold("310 ships")], [exact])
    assert (comparison.pairs[0].gold, comparison.missed) == (gold("310 ships"), [gold("lost 310 ships")])


def test_sentence_that_cleaning_dropped_cannot_be_found():
    assert compared([gold("310 ships")], [found("310 ships")], text=FAIR).pairs == []


def test_recall_counts_the_kinds_of_labels_and_precision_those_of_finds():
    golds = [gold("310 ships"), gold("May 2022 loss of ships", "in May 2022", kind=ClaimKind.EVENT)]
    finds = [found("310 ships", kind=ClaimKind.OTHER), found("A third of the ships")]
    detection = measure([compared(golds, finds)]).detection
    assert (detection.recall, detection.precision) == (Ratio(1, 2), Ratio(1, 2))
    assert {k.value: r for k, r in detection.recall_by_kind.items() if r.of} == {"quantity": (1, 1), "event": (0, 1)}
    assert {k.value: r for k, r in detection.precision_by_kind.items() if r.of} == {"quantity": (0, 1), "other": (1, 1)}
    assert detection.recall_by_kind[ClaimKind.RULE].share is None


@pytest.mark.parametrize(
    ("label", "claimant", "right"),
    [
        (None, None, 1),
        ("Pentagon", "the pentagon", 1),
        ("officials", None, 0),
        (None, "officials", 0),
        ("Aas", "Ås", 0),
    ],
)
def test_claimants_are_compared_without_capitals_and_article(label, claimant, right):
    pairs = compared([gold("310 ships", claimant=label)], [found("310 ships", claimant=claimant)])
    assert measure([pairs]).claimant == (right, 1)


@pytest.mark.parametrize(
    ("label", "quantity", "right"),
    [
        ({"value": 310}, {"value": 310, "unit": "ships"}, 1),
        ({"value": 4.3}, {"value": Decimal("4.3")}, 1),
        ({"value": 4.3}, {"value": 4.26}, 0),
        ({"value": 40, "value_max": 60}, {"value": 40}, 0),
        ({"value": 40}, {"value": 40, "value_max": 60}, 0),
        ({"value": 40, "bound": "about"}, {"value": 40}, 0),
        ({"value": 0.333, "share": True}, {"value": 1 / 3, "share": True}, 1),
        ({"value": 18, "share": True}, {"value": 18.2, "share": True}, 0),
        ({"value": 310}, None, 0),
    ],
)
def test_values_need_their_range_and_bound(label, quantity, right):
    facts = {"quantity": quantity} if quantity else {}
    pairs = compared([gold("310 ships", facts={"quantity": label})], [found("310 ships", facts=facts)])
    assert measure([pairs]).value == (right, 1)


def test_facts_that_no_label_asks_for_are_not_counted():
    facts = {"quantity": {"value": 310}, "date": "2022-05"}
    figures = measure([compared([gold("310 ships", facts={"date": "2022"})], [found("310 ships", facts=facts)])])
    assert (figures.value, figures.date) == ((0, 0), (0, 1))


def test_overlap_is_that_of_the_words():
    pairs = compared([gold("310 ships")], [found("310 ships", "lost 310 ships")])
    assert measure([pairs]).mean_overlap == 9 / 14
    assert measure([compared([], [])]).mean_overlap is None


def test_every_error_has_its_line():
    labelled = gold("310 ships", claimant="Henrik Aas", facts={"quantity": {"value": 310}, "date": "2022-05"})
    wrong = found("310 ships", kind=ClaimKind.OTHER)
    alarm = found("sold")
    comparison = compared([labelled, gold("loss", "lost")], [wrong, alarm])
    assert list(describe_errors(comparison)) == [
        f"a\tmissed\tloss\tquantity in: {SHIPS}",
        f"a\tfalse alarm\tsold\tquantity in: {FAIR}",
        "a\twrong kind\t310 ships\tother, not quantity",
        f"a\twrong claimant\t310 ships\tNone, not Henrik Aas; in: {SHIPS}",
        "a\twrong value\t310 ships\tNone, not {'value': 310}",
        f"a\twrong date\t310 ships\tNone, not 2022-05; in: {SHIPS}",
    ]
    assert list(describe_errors(compared([gold("310 ships")], [found("310 ships")]))) == []


def test_judgements_of_a_desk_are_counted_by_kind():
    quantity, event = ClaimKind.QUANTITY, ClaimKind.EVENT
    detection = count_detection(Counter({quantity: 3}), Counter({quantity: 1, event: 2}), Counter({event: 1}))
    assert (detection.recall, detection.precision) == ((3, 4), (3, 6))
    assert (detection.recall_by_kind[event], detection.precision_by_kind[event]) == ((0, 1), (0, 2))


@pytest.mark.parametrize(
    ("labelled", "told", "is_same"),
    [
        ("2024-04-01/2024-06-30", "2024-04/2024-06", True),
        ("2023/2024", "2023-01/2024-12-31", True),
        ("../2024-02-29", "../2024-02", True),
        ("2024-04-01/2024-06-29", "2024-04/2024-06", False),
        ("2024-04", "2024-04-01/2024-04-30", False),
        ("2024-04", "2024", False),
        ("199X", "199X", True),
        ("2023-22/2023-24", "2023-22/2023-24", True),
        ("2024", None, False),
    ],
)
def test_intervals_are_the_same_however_their_ends_are_written(labelled, told, is_same):
    label = gold("310 ships", facts={"date": labelled})
    comparison = compared([label], [found("310 ships", facts={"date": told} if told else {})])
    assert measure([comparison]).date == Ratio(int(is_same), 1)
