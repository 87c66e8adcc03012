from datetime import date

import pytest

from claims.extraction.dates import find_dates

PUBLISHED_ON = date(2024, 1, 25)


@pytest.mark.parametrize(
    ("sentence", "expression", "edtf"),
    [
        ("It ended in December 2021, they say.", "December 2021", "2021-12"),
        ("On January 10th, it began.", "January 10th", "2024-01-10"),
        ("They left on July 17th.", "July 17th", "2023-07-17"),
        ("It will open on March 3.", "March 3", "2024-03-03"),
        ("They met on 3 May 2022.", "3 May 2022", "2022-05-03"),
        ("They met on May 3, 2022.", "May 3, 2022", "2022-05-03"),
        ("They met on 2022-05-03.", "2022-05-03", "2022-05-03"),
        ("It was built in 1998.", "1998", "1998"),
        ("It closed in the 1990s.", "1990s", "199X"),
        ("They met last summer.", "last summer", "2023"),
        ("They met last month.", "last month", "2023-12"),
        ("They met last week.", "last week", "2024-01-15/2024-01-21"),
        ("They met yesterday.", "yesterday", "2024-01-24"),
        ("They met on Monday.", "Monday", "2024-01-22"),
        ("They met two years ago.", "two years ago", "2022"),
        ("They met three weeks ago.", "three weeks ago", "2024-01-04~"),
        ("Es begann am 3. März 2022.", "3. März 2022", "2022-03-03"),
        ("Empezó el 5 de mayo de 2021.", "5 de mayo de 2021", "2021-05-05"),
    ],
)
def test_date_is_found_and_resolved(sentence: str, expression: str, edtf: str) -> None:
    (day,) = find_dates(sentence, PUBLISHED_ON)
    assert (sentence[day.start : day.end], day.edtf) == (expression, edtf)


@pytest.mark.parametrize("sentence", ["We may 5 times march on.", "2,019 people came.", "The 1234 left.", "May we go?"])
def test_other_words_and_numbers_are_no_dates(sentence: str) -> None:
    assert find_dates(sentence, PUBLISHED_ON) == []


def test_relative_date_stays_open_without_day_of_publication() -> None:
    assert [day.edtf for day in find_dates("They met last week and in 2019.")] == [None, "2019"]
