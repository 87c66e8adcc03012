import pytest

from claims.extraction.dates import find_dates
from claims.extraction.quantities import find_quantities
from claims.extraction.tokens import tokenise


def found(sentence: str) -> list[str]:
    quantities = find_quantities(sentence, tokenise(sentence), find_dates(sentence))
    return [sentence[quantity.start : quantity.end] for quantity in quantities]


def facts(sentence: str) -> dict[str, object]:
    return find_quantities(sentence, tokenise(sentence), find_dates(sentence))[0].facts


@pytest.mark.parametrize(
    ("sentence", "quantity"),
    [
        ("It keeps roughly 2,500 troops there.", "roughly 2,500 troops"),
        ("Some 160,000 vehicles a day cross it.", "Some 160,000 vehicles a day"),
        ("In May more than half of the city's hospitals closed.", "more than half of the city's hospitals"),
        ("It cost $4.3 billion to build.", "$4.3 billion"),
        ("It signed a $4.3 billion contract.", "$4.3 billion contract"),
        ("Only one in five women voted.", "Only one in five women"),
        ("Police saw between 40 and 60 fighters.", "between 40 and 60 fighters"),
        ("Water is at its lowest level in 50 years.", "lowest level in 50 years"),
        ("There were 12 deaths per 100,000 people.", "12 deaths per 100,000 people"),
        ("It ships 2.5 million tonnes of grain.", "2.5 million tonnes of grain"),
        ("It lost 62% of registered voters.", "62% of registered voters"),
        ("It lost a third of its beds.", "a third of its beds"),
        ("Tens of thousands of people came.", "Tens of thousands of people"),
        ("About 300 US soldiers left.", "About 300 US soldiers"),
        ("It bought 14 newly built hospital beds.", "14 newly built hospital beds"),
    ],
)
def test_quantity_is_found_whole(sentence: str, quantity: str) -> None:
    assert found(sentence) == [quantity]


@pytest.mark.parametrize(
    "sentence",
    [
        "The G20 met on the 10th of May at 5 p.m. under Article 5.",
        "Anna Bell, 45, won 3-2.",
        "The two countries agree.",
        "A 45-year-old man spoke at 10:30.",
        "It was so in 2019 and since June 2020.",
        "He was the 2nd in room 12.",
    ],
)
def test_dates_ages_clock_times_and_labels_are_no_quantities(sentence: str) -> None:
    assert found(sentence) == []


def test_facts_hold_value_hedge_and_unit() -> None:
    assert facts("roughly 2,500 troops") == {"value": 2500, "approximate": True, "unit": "troops"}


def test_bound_is_no_hedge() -> None:
    expected = {"value": 300, "approximate": False, "bound": "at_least", "unit": "people"}
    assert facts("at least three hundred people") == expected


def test_range_keeps_both_ends_at_one_scale() -> None:
    expected = {"value": 80_000_000, "value_max": 95_000_000, "approximate": True, "unit": "crowns"}
    assert facts("between 80 and 95 million crowns") == expected


def test_bare_percentage_needs_its_clause() -> None:
    sentence = "Inflation fell to 3.5%."
    assert find_quantities(sentence, tokenise(sentence), [])[0].needs_context
