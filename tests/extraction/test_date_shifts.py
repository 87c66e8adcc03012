import pytest

from claims.extraction.date_shifts import join_stretch, shift_from
from tests.extraction.reading import draft


@pytest.mark.parametrize(
    ("base", "words", "edtf"),
    [
        ("2023-12", "a year earlier", "2022-12"),
        ("2023-12", "five months later", "2024-05"),
        ("2024-01", "two months before", "2023-11"),
        ("2024-03-06", "a week earlier", "2024-02-28"),
        ("2024-03-06", "3 days later", "2024-03-09"),
        ("2024-03-06", "next day", "2024-03-07"),
        ("2024", "year before", "2023"),
        ("2024-07/2024-09", "a year earlier", "2023-07/2023-09"),
        ("2023-22", "a year later", "2024-22"),
        ("2023-04-19", "then", "2023-04-19"),
        ("2023-04-19", "that year", "2023"),
        ("2023-04-19", "that month", "2023-04"),
        ("2023-04-19", "that night", "2023-04-19"),
        ("2021-04-19", "june that year", "2021-06"),
        ("2023-04-19", "since", "2023-04-19/.."),
        ("2021", "that december", "2021-12"),
        ("2023-06-12", "october 4 that year", "2023-10-04"),
        ("2023-06-12", "29 february that year", "2023-02"),
        ("2023-06-12", "4th of october that year", "2023-10-04"),
        ("2023-04-19", "5.30am", "2023-04-19"),
        ("2023-04", "4 p.m.", None),
        ("2023-04/2023-06", "since", None),
        ("2023", "a month earlier", None),
        ("2023-04", "that night", None),
        ("2023-22", "a month later", None),
        ("2024-02-29", "a year later", None),
        ("199X", "a year later", None),
        ("0001", "a year earlier", None),
        ("9999-12", "a month later", None),
        ("2023", "several years later", None),
    ],
)
def test_date_is_told_from_another(base: str, words: str, edtf: str | None) -> None:
    assert shift_from(base, words) == edtf


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The list stood at 41,700 in December, up from 36,200 a year earlier.", ["2023-12", "2022-12"]),
        ("It lost €73 million in 2022, against a profit of €12 million the year before.", ["2022", "2021"]),
        ("The ban began in April 2023. Since then, seven captives have been freed.", ["2023-04", "2023-04/.."]),
        ("The ban began in April 2023, and seven captives have since been freed.", ["2023-04", "2023-04/.."]),
        ("It was found in 2021. It was opened in April that year.", ["2021", "2021-04"]),
        ("The fire broke out on 3 May 2022. Only two crews were on duty that night.", ["2022-05-03", "2022-05-03"]),
        ("Only two crews were on duty that night.", [None]),
        ("They met in 2012 and in 2014. Since then, seven captives have been freed.", ["2012", None]),
    ],
)
def test_claim_has_the_date_told(text: str, dates: list[str | None]) -> None:
    assert [claim.facts.get("date") for claim in draft(text)] == dates


def test_what_is_compared_with_is_no_event() -> None:
    text = "The bank made a loss of €73 million in 2022, against a profit of €12 million a year earlier."
    assert not any(claim.headline.startswith("a year") for claim in draft(text))


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ("2023-07", "2023-08", "2023-07/2023-08"),
        ("2022-12", "2023-01", "2022-12/2023-01"),
        ("2022/2023", "2023/2024", "2022/2024"),
        ("2023-07", "2023-09", None),
        ("2023-07", "2022-08", None),
        ("2021/2022", "2023/2024", None),
        ("2022", "2023", None),
        ("2023/..", "..", None),
        (None, "2023-01", None),
    ],
)
def test_what_follows_at_once_is_one_stretch(first: str | None, last: str | None, edtf: str | None) -> None:
    assert join_stretch(first, last) == edtf
