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
        ("I left Ostrel in 2019, when my father lost his boat.", "my father lost his boat", "2019"),
        ("57% of sailors smoke, according to a poll in May by Hartline.", "57% of sailors", "2023-05"),
        ("The mayor said an early vote was likely in June.", "an early vote was likely in June", "2024-06"),
        ("Snow could fall on Friday.", "Snow could fall on Friday", "2024-01-26"),
        ("The library is due to shut in June.", "The library is due to shut in June", "2024-06"),
    ],
)  # fmt: skip
def test_claim_has_the_date_of_what_it_says(sentence: str, headline: str, date: str) -> None:
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
