import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.facts import Amount, Bound, Comparison, Direction

figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3)
words = st.text(min_size=1, max_size=12)
comparisons = st.builds(Comparison, st.sampled_from(Direction), st.one_of(st.just(""), words))
amounts = st.builds(
    Amount,
    value=st.none() | figures,
    value_max=st.none() | figures,
    bound=st.none() | st.sampled_from(Bound),
    unit=st.just("") | words,
    currency=st.sampled_from(("", "USD", "EUR")),
    share=st.booleans(),
    per=st.just("") | words,
    record=st.just("") | words,
    comparison=st.none() | comparisons,
    ordinal=st.booleans(),
)


@given(amounts)
def test_amount_survives_its_way_through_json(amount: Amount) -> None:
    assert Amount.from_dict(json.loads(json.dumps(amount.as_dict()))) == amount


def test_what_is_not_said_is_left_out() -> None:
    assert Amount(Decimal(2500), bound=Bound.ABOUT, unit="troops").as_dict() == {
        "value": 2500,
        "bound": "about",
        "unit": "troops",
    }


def test_nothing_at_all_is_still_a_value() -> None:
    assert Amount(Decimal(0), unit="cases").as_dict() == {"value": 0, "unit": "cases"}


def test_record_and_comparison_are_told() -> None:
    record = Amount(Decimal(50), unit="years", record="lowest")
    rise = replace(record, record="", comparison=Comparison(Direction.UP, "a year earlier"))
    assert record.as_dict() == {"value": 50, "unit": "years", "record": "lowest"}
    assert rise.as_dict()["comparison"] == {"direction": "up", "base": "a year earlier"}


@pytest.mark.parametrize(("value", "json_value"), [("4.30", 4.3), ("2.5E+9", 2_500_000_000), ("0.2", 0.2), ("18", 18)])
def test_whole_numbers_are_int_and_others_float(value: str, json_value: object) -> None:
    written = Amount(Decimal(value)).as_dict()["value"]
    assert (written, type(written)) == (json_value, type(json_value))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+1000000"])
def test_no_newspaper_prints_such_a_number(value: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        Amount(Decimal(value))
