"""Which of a sentence's dates is that of a clause or a figure in it."""

import pytest

from tests.extraction.reading import draft, propose


def dates(sentence: str) -> dict[str, object]:
    return {claim.headline: claim.facts.get("date") for claim in draft(sentence)}


@pytest.mark.parametrize(
    ("sentence", "headline", "date"),
    [
        ("It must report before the end of 2026.", "It must report before the end of 2026", "2026"),
        ("Ten people have died since the start of 2023.", "Ten people", "2023/.."),
        ("It logged 2,318 faults last year, 12% more than in 2022.", "12% more than in 2022", "2023"),
        ("It logged 122 faults last year, twice as many as in 2019.", "twice as many as in 2019", "2023"),
        ("Officials said it had logged 122 faults last year, twice as many as in 2019.", "twice as many as in 2019",
         "2023"),
        ("Since the strike ended in August, 11 ships a day have called, up from four ships a day in July.",
         "11 ships a day", "2023-08/.."),
        ("Floods have killed 63 people and driven more than 900 from home since Monday.", "63 people", "2024-01-22/.."),
        ("Shells killed 14 people and wounded others on Tuesday.", "14 people", "2024-01-23"),
        ("She is one of 860 people who have fled since war broke out in April 2023.", "860 people", "2023-04/.."),
        ("It shipped 36 tonnes last year, and two-fifths of it came from Ostrel.", "two-fifths of it", "2023"),
        ("The firm lost £9.3m before tax in 2022.", "£9.3m", "2022"),
        ("Seas will take 25% of the coast by 2100.", "Seas will take 25% of the coast by 2100", "2100"),
        ("Her party will fight the law before the court in March.",
         "Her party will fight the law before the court in March", "2024-03"),
        ("57% of sailors smoke, according to a poll in May by Hartline.", "57% of sailors", "2023-05"),
        ("The mayor said an early vote was likely in June.", "an early vote was likely in June", "2024-06"),
        ("The pool will stay shut until Monday.", "The pool will stay shut until Monday", "../2024-01-29"),
        ("The alert remains in place until noon on Monday.", "The alert remains in place until noon on Monday",
         "../2024-01-29"),
        ("The road will stay closed through 4 July.", "The road will stay closed through 4 July", "../2024-07-04"),
        ("Unemployment will climb through the spring.", "Unemployment will climb through the spring", "2024-21"),
        ("The museum will not open until June.", "The museum will not open until June", "2024-06"),
        ("No ship will sail until June.", "No ship will sail until June", "2024-06"),
        ("Smith faces 12 charges over a death in June.", "12 charges", "2023-06"),
        ("In 2015, in the first six months, 300 people died.", "300 people", "2015"),
        ("The baby spent the first nine months in hospital with 12 others.", "12 others", None),
        ("Forty jars were sold from January 22 through Feb. 3.", "Forty jars", "2024-01-22/2024-02-03"),
        ("Forty jars were sold between January and November.", "Forty jars", "2023-01/2023-11"),
        ("A survey between October 9 and December 1 last year drew 512 answers.", "512 answers",
         "2023-10-09/2023-12-01"),
        ("Net income fell to $18 million in the three months ended June 30, from $20 million.", "$18 million",
         "2023-04/2023-06"),
        ("It earned $18 million in the quarter ended September 30.", "$18 million", "2023-07/2023-09"),
        ("They spent $17 million in 2023, up 12 percent on the year before.", "12 percent", "2023"),
        ("The krone has lost a tenth of its value against the dollar since January 2.", "a tenth of its value",
         "2024-01-02/.."),
        ("The shares closed at $41, their lowest level since March 2020.", "lowest level since March 2020",
         "2020-03/.."),
        ("The shares closed at $41, their lowest level since March 2020.", "$41", None),
        ("The claim is set down for February 16.", "The claim is set down for February 16", "2024-02-16"),
        ("In 1989 it had 310 sheep and in 2024 it had 520 sheep.", "310 sheep", "1989"),
        ("In 1989 it had 310 sheep and in 2024 it had 520 sheep.", "520 sheep", "2024"),
        ("Exports fell to 310 tonnes in the first 11 months, from 340 tonnes a year earlier.", "310 tonnes",
         "2023-01/2023-11"),
        ("Snow could fall on Friday.", "Snow could fall on Friday", "2024-01-26"),
        ("The library is due to shut in June.", "The library is due to shut in June", "2024-06"),
    ],
)  # fmt: skip
def test_claim_has_the_date_of_what_it_says(sentence: str, headline: str, date: str | None) -> None:
    assert dates(sentence)[headline] == date


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("She had denied 22 counts of fraud but was convicted on Tuesday.", "22 counts of fraud"),
        ("57% of sailors smoke, according to a poll published in May by Hartline.", "57% of sailors"),
        ("It spent half of its reserves, which stood at £9.2 million in 2021.", "half of its reserves"),
    ],
)
def test_date_of_another_act_is_left_alone(sentence: str, headline: str) -> None:
    assert dates(sentence)[headline] is None


def test_what_closes_in_the_present_is_still_to_close() -> None:
    (closing,) = propose("The lists close on 3 March.")
    assert closing.facts["date"] == "2024-03-03"


def test_clause_behind_a_date_that_says_when_has_it() -> None:
    found = {
        claim.headline: claim.facts.get("date") for claim in propose("I left in 2019, when my father lost his boat.")
    }
    assert found["my father lost his boat"] == "2019"
