"""Hundredths of a currency are told in whole units where the sentence says of which."""

import pytest

from tests.extraction.test_quantities import facts


@pytest.mark.parametrize(
    ("sentence", "amount"),
    [
        ("It earned $37m, or 44 cents a share.", {"value": 37_000_000, "currency": "USD"}),
        ("It earned 44 cents a share, not $2.", {"value": 0.44, "currency": "USD", "per": "share"}),
        ("Milk rose by 5 cents to two euros.", {"value": 0.05, "currency": "EUR"}),
        ("The shares closed at 412p.", {"value": 4.12, "currency": "GBP"}),
        ("It spends 91 pence on care.", {"value": 0.91, "currency": "GBP"}),
        ("It earned 44 cents a share on A$2.", {"value": 44, "unit": "cents", "per": "share"}),
        ("It paid 50 cents on the euro, not on the dollar.", {"value": 50, "unit": "cents"}),
        ("They showed it in 1080p.", {"value": 1080, "unit": "p"}),
        ("It earned 44 cents a share.", {"value": 44, "unit": "cents", "per": "share"}),
    ],
)
def test_hundredths_are_of_the_currency_that_is_named(sentence: str, amount: dict[str, object]) -> None:
    found = {name: value for name, value in facts(sentence).items() if name != "comparison"}
    assert found == amount
