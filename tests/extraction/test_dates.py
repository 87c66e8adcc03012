from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.dates import find_dates

PUBLISHED_ON = date(2024, 1, 25)  # a Thursday


def found(sentence: str, published_on: date | None = PUBLISHED_ON) -> list[tuple[str, str | None]]:
    return [(sentence[day.start : day.end], day.edtf) for day in find_dates(sentence, published_on)]


@pytest.mark.parametrize(
    ("sentence", "expression", "edtf"),
    [
        ("It ended in December 2021, they say.", "December 2021", "2021-12"),
        ("They met on Tuesday, January 9, 2024.", "Tuesday, January 9, 2024", "2024-01-09"),
        ("It fell on Sept. 11, 2001.", "Sept. 11, 2001", "2001-09-11"),
        ("They met on 2022-05-03.", "2022-05-03", "2022-05-03"),
        ("They met in May 2022. Later", "May 2022", "2022-05"),
        ("They met on 10/13/2023.", "10/13/2023", "2023-10-13"),
        ("It was built in 1998.", "1998", "1998"),
        ("It was built as early as 1998.", "1998", "1998"),
        ("It lost ships in 2019-20 and 2020-21.", "2019-20 and 2020-21", "2019/2021"),
        ("The 2019 election was close.", "2019", "2019"),
        ("It will be neutral by 2030.", "2030", "2030"),
        ("It closed in the 1990s.", "1990s", "199X"),
        ("It closed in the nineties.", "nineties", "199X"),
        ("It lost £64m in the year to June 2023.", "year to June 2023", "2022-07/2023-06"),
        ("It grew in the early 1990s.", "early 1990s", "199X"),
        ("It is a 19th century house.", "19th century", "18XX"),
        ("It has been so since mid-2019.", "mid-2019", "2019"),
        ("It opened around 2010.", "2010", "2010~"),
        ("It opened in the summer of 2019.", "summer of 2019", "2019-22"),
        ("It was cold in the winter of 2022-23.", "winter of 2022-23", "2022-24"),
        ("Exports rose in the third quarter of 2023.", "third quarter of 2023", "2023-07/2023-09"),
        ("Exports rose in Q3 2023.", "Q3 2023", "2023-07/2023-09"),
        ("It lost money in the first half of 2024.", "first half of 2024", "2024-01/2024-06"),
        ("It fell in the first nine months of 2023.", "first nine months of 2023", "2023-01/2023-09"),
        ("It doubled between 2013 and 2023.", "between 2013 and 2023", "2013/2023"),
        ("He ruled from 2013 to 2023.", "from 2013 to 2023", "2013/2023"),
        ("It was shut from March to June 2021.", "from March to June 2021", "2021-03/2021-06"),
        ("It was shut from November to March 2021.", "from November to March 2021", "2020-11/2021-03"),
        ("They met on March 3-5, 2022.", "March 3-5, 2022", "2022-03-03/2022-03-05"),
        ("They met between 3 and 5 March 2022.", "between 3 and 5 March 2022", "2022-03-03/2022-03-05"),
        ("He scored in the 2021–22 season.", "2021–22 season", "2021/2022"),
        ("It opened on Christmas Day 2022.", "Christmas Day 2022", "2022-12-25"),
    ],
)
def test_date_is_known_without_the_day_of_publication(sentence: str, expression: str, edtf: str) -> None:
    assert found(sentence) == found(sentence, None) == [(expression, edtf)]
    assert not any(day.relative for day in find_dates(sentence))


@pytest.mark.parametrize(
    ("sentence", "expression", "edtf"),
    [
        ("They left on July 17th.", "July 17th", "2023-07-17"),
        ("They left on 17 July.", "17 July", "2023-07-17"),
        ("It will open on March 3.", "March 3", "2024-03-03"),
        ("It fell in late March.", "late March", "2023-03"),
        ("They met last summer.", "last summer", "2023-22"),
        ("They met last month.", "last month", "2023-12"),
        ("They met last week.", "last week", "2024-01-15/2024-01-21"),
        ("They met late last year.", "late last year", "2023"),
        ("They met yesterday.", "yesterday", "2024-01-24"),
        ("They met last night.", "last night", "2024-01-24"),
        ("They met on Thursday.", "Thursday", "2024-01-25"),
        ("They met last Thursday.", "last Thursday", "2024-01-18"),
        ("They meet next Friday.", "next Friday", "2024-01-26"),
        ("They will meet on Monday.", "Monday", "2024-01-29"),
        ("They met two years ago.", "two years ago", "2022"),
        ("They met three weeks ago.", "three weeks ago", "2024-01-04~"),
        ("It fell in the three months to September.", "three months to September", "2023-07/2023-09"),
        ("It fell in the 12 months to the end of March.", "12 months to the end of March", "2022-04/2023-03"),
        ("It runs out next September.", "next September", "2024-09"),
        ("It will open by the autumn.", "autumn", "2024-23"),
        ("They met a decade ago.", "a decade ago", "2014"),
        ("They met twenty-two months ago.", "twenty-two months ago", "2022-03"),
        ("They met about a year ago.", "a year ago", "2023~"),
        ("They talked about last year.", "last year", "2023"),
        ("They met in March last year.", "March last year", "2023-03"),
        ("They met on June 11th of this year.", "June 11th of this year", "2024-06-11"),
        ("It grew over the past five years.", "past five years", "2019/2024"),
        ("It grew in the past week.", "past week", "2024-01-18/2024-01-25"),
        ("Exports rose in the third quarter.", "third quarter", "2023-07/2023-09"),
        ("It grew between 2018 and last year.", "between 2018 and last year", "2018/2023"),
        ("It lost ships in July and August.", "July and August", "2023-07/2023-08"),
        ("They met on New Year's Eve.", "New Year's Eve", "2023-12-31"),
    ],
)
def test_relative_date_is_resolved_against_publication(sentence: str, expression: str, edtf: str) -> None:
    assert found(sentence) == [(expression, edtf)]
    assert [day.relative for day in find_dates(sentence, PUBLISHED_ON)] == [True]


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("They left on July 17th.", "XXXX-07-17"),
        ("They left in July.", "XXXX-07"),
        ("They left on Christmas Day.", "XXXX-12-25"),
        ("They left last week.", None),
        ("They left on Monday.", None),
    ],
)
def test_without_publication_only_the_written_part_is_known(sentence: str, edtf: str | None) -> None:
    assert [(day.edtf, day.relative) for day in find_dates(sentence)] == [(edtf, True)]


@pytest.mark.parametrize("words", ["the following day", "three days earlier", "a year later", "the same month"])
def test_date_that_hangs_on_another_stays_open(words: str) -> None:
    assert [(day.edtf, day.relative) for day in find_dates(f"It ended {words}.", PUBLISHED_ON)] == [(None, False)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We may 5 times march on.", "2,019 people came.", "The 1234 left.", "May we go?", "Theresa May spoke.",
        "This may be so.", "The Sun and the Sunday Times said so.", "He lives at 5 March Street.", "It has 1,900 beds.",
        "It heated 300 homes.", "It is 2000 km away.", "It sold 2010 cars.", "It is so in 2000 homes.",
        "It began at 10:30, or 1500 GMT.", "The March on Washington grew.", "It won 24/7 support.", "Good Friday came.",
    ],
)  # fmt: skip
def test_other_words_and_numbers_are_no_dates(sentence: str) -> None:
    assert find_dates(sentence, PUBLISHED_ON) == []


def test_month_is_no_day_where_people_are_counted() -> None:
    assert found("In May 12 people died, in March 2,000.") == [("May", "2023-05"), ("March", "2023-03")]


def test_months_of_a_list_share_its_year() -> None:
    assert found("In March, April and May 2022 it fell.") == [
        ("March", "2022-03"),
        ("April", "2022-04"),
        ("May 2022", "2022-05"),
    ]


def test_day_that_never_was_is_none() -> None:
    assert "2022-02-30" not in [day.edtf for day in find_dates("On 30 February 2022 and on 2022-02-30.")]


_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_FORMS = (
    "{0.day} {month} {0.year}", "{month} {0.day}, {0.year}", "{month} {0.day}{th}, {0.year}",
    "{month} {0.day} {0.year}", "{0.day}{th} {month} {0.year}", "{0.day}{th} of {month} {0.year}",
    "the {0.day}{th} of {month}, {0.year}",
    "{weekday}, {month} {0.day}, {0.year}", "{weekday} {0.day} {month} {0.year}", "{short} {0.day}, {0.year}",
    "{short}. {0.day}, {0.year}", "{0.day} {short} {0.year}", "{0:%Y-%m-%d}", "{0:%d.%m.%Y}", "{0:%d/%m/%Y}",
    "{0:%Y/%m/%d}",
)  # fmt: skip


def written(day: date, form: str) -> str:
    th = {1: "st", 2: "nd", 3: "rd"}.get(0 if day.day in (11, 12, 13) else day.day % 10, "th")
    month = _MONTHS[day.month - 1]
    return form.format(day, month=month, short=month[:3], weekday=f"{day:%A}", th=th)


days = st.dates(date(1500, 1, 1), date(2099, 12, 31))


@given(days, st.sampled_from(_FORMS))
def test_day_in_any_form_is_read_back(day: date, form: str) -> None:
    words = written(day, form)
    expected = [(words.removeprefix("the "), day.isoformat())]
    assert found(f"It was on {words} that they met.") == expected


@given(days, st.sampled_from(("{} {}", "{} of {}", "{}, {}")))
def test_month_of_a_year_is_read_back(day: date, form: str) -> None:
    words = form.format(_MONTHS[day.month - 1], day.year)
    assert found(f"It was in {words} that they met.") == [(words, f"{day:%Y-%m}")]


@given(days, days, st.sampled_from(("between {} and {}", "from {} to {}", "from {} until {}")))
def test_interval_is_read_back(first: date, last: date, form: str) -> None:
    first, last = sorted((first, last))
    words = form.format(*(written(day, "{0.day} {month} {0.year}") for day in (first, last)))
    assert found(f"It lasted {words}, they say.") == [(words, f"{first.isoformat()}/{last.isoformat()}")]


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), days, st.text(max_size=60))
def test_any_text_is_bearable(published_on: date, day: date, text: str) -> None:
    sentence = f"{text} {written(day, '{0.day} {month}')}{text}"
    places = [(day.start, day.end) for day in find_dates(sentence, published_on)]
    assert all(start < end <= len(sentence) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@pytest.mark.parametrize("published_on", [date.min, date.max])
def test_calendar_may_end(published_on: date) -> None:
    sentence = (
        "Last week, next week, 90 years ago, last winter, next decade, tomorrow, last night, the past 50 years, Q1."
    )
    assert len(find_dates(sentence, published_on)) == 9


@pytest.mark.parametrize(
    ("sentence", "words", "edtf"),
    [
        ("It rose last season.", "last season", "2023/2024"),
        ("It falls this school year.", "this school year", "2024/2025"),
        ("It has risen since the start of the year.", "the start of the year", "2025-01"),
        ("It fell over the weekend.", "weekend", "2025-05-17/2025-05-18"),
    ],
)
def test_long_years_beginnings_and_weekends_are_read(sentence: str, words: str, edtf: str) -> None:
    (found,) = find_dates(sentence, date(2025, 5, 20))
    assert (sentence[found.start : found.end].removeprefix("the "), found.edtf) == (words.removeprefix("the "), edtf)
