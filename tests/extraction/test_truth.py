"""Sentences of which an earlier extractor printed something false, or nothing at all."""

from datetime import date

import pytest

from claims.extraction import extract

PUBLISHED_ON = date(2024, 5, 15)


@pytest.mark.parametrize(
    "sentence",
    [
        "People who arrived after 2020 cannot vote.",
        "Only people who have lived here for 5 years may vote.",
        "Firms that employ more than 50 people must report their emissions.",
        "The tax will be 4% if the law passes in 2026.",
    ],
)
def test_condition_stays_with_what_it_limits(sentence: str) -> None:
    assert extract(sentence, PUBLISHED_ON)[0].headline == sentence.rstrip(".")


def test_what_another_says_is_no_part_of_a_rule() -> None:
    text = "Owners must clear a strip along roads, but the union says only a fifth of owners comply."
    assert [(claim.headline, claim.claimant) for claim in extract(text, PUBLISHED_ON)] == [
        ("Owners must clear a strip along roads", None),
        ("only a fifth of owners", "union"),
    ]


def test_call_to_act_is_no_rule_but_a_deadline_is() -> None:
    assert extract("“The world must act now,” the mayor said.", PUBLISHED_ON) == []
    (rule,) = extract("The regulator must act within 30 days.", PUBLISHED_ON)
    assert (rule.kind, rule.headline) == ("rule", "The regulator must act within 30 days")


@pytest.mark.parametrize("sentence", ["Nobody who was vaccinated in 2021 died.", "No child who has had 2 doses died."])
def test_nothing_is_said_of_nobody(sentence: str) -> None:
    assert {claim.stand_alone for claim in extract(sentence, PUBLISHED_ON)} == {sentence}


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("Rents will rise as inflation hit 4% in December.", {None, "2023-12"}),
        ("He will stand trial after he was arrested in December.", {None, "2023-12"}),
        ("The council is expected to vote in early September.", {"2024-09"}),
        ("The mill will close in late December.", {"2024-12"}),
        ("The museum opens on 3 June.", {"2024-06-03"}),
        ("The bridge will open in April.", {"2025-04"}),
        ("The firm employs 400 people, while it employed 300 in 2010.", {None, "2010"}),
        ("Profits fell 4% from 2020.", {None}),
    ],
)
def test_date_is_that_of_its_own_clause(sentence: str, dates: set[str | None]) -> None:
    assert {claim.facts.get("date") for claim in extract(sentence, PUBLISHED_ON)} == dates


@pytest.mark.parametrize(
    ("sentence", "stand_alone"),
    [
        (
            "No ship may carry more than 40 people unless it has 2 boats.",
            "No ship may carry more than 40 people unless [it?] has 2 boats.",
        ),
        ("Nine in ten nurses were women, whereas most doctors were men.", "Nine in ten nurses were women."),
    ],
)
def test_stand_alone_form_keeps_its_figures(sentence: str, stand_alone: str) -> None:
    assert stand_alone in [claim.stand_alone for claim in extract(sentence, PUBLISHED_ON)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Business owners who packed the hearing room, some of them in tears, described plunging sales, the mayor said, "
        "since Pruitt said her client would appeal the sentence.",
        "Because the patent expired in 1986, no company had an interest in paying for a trial, she added, because the "
        "agency (NHC) said between 15,000 and 18,000 people had left the city since Saturday.",
        "Weather: highs of 31 degrees",
    ],
)
def test_odd_sentence_comes_to_an_end(sentence: str) -> None:
    assert all(sentence[claim.start : claim.end] == claim.quote for claim in extract(sentence, PUBLISHED_ON))


def test_who_denies_one_thing_may_say_another() -> None:
    text = "The clerk denied it, saying that cameras recorded the room."
    assert "cameras recorded the room" in [claim.headline for claim in extract(text, PUBLISHED_ON)]
    assert extract("The mayor denied claiming that 40 people had died.", PUBLISHED_ON) == []


def test_nobodys_words_are_no_claim() -> None:
    assert extract("No one said the port lost 40 ships.", PUBLISHED_ON) == []


def test_bound_does_not_run_into_the_next_figure() -> None:
    found = extract("About 300 workers or more than half of the staff left.", PUBLISHED_ON)
    assert [claim.headline for claim in found] == ["About 300 workers", "more than half of the staff"]


@pytest.mark.parametrize(
    ("sentence", "claimant", "stand_alone"),
    [
        ("The bank, the regulator said, lost $3 million.", "regulator", "The bank lost $3 million."),
        ("Tesla, Musk said, sold 300,000 cars in 2023.", "Musk", "Tesla sold 300,000 cars in 2023."),
        ("The law, the government says, will cost $3 billion.", "government", "The law will cost $3 billion."),
    ],
)
def test_speaker_set_into_a_sentence_takes_nothing_from_it(sentence: str, claimant: str, stand_alone: str) -> None:
    assert (claimant, stand_alone) in [(claim.claimant, claim.stand_alone) for claim in extract(sentence, PUBLISHED_ON)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is false that vaccines caused 4,000 deaths.",
        "Rumours that the bank lost $5 billion are false.",
        "Officials refused to say whether 12 soldiers had been killed.",
        "The minister refused to confirm that 40 soldiers had died.",
        "It is unclear whether the attack killed 20 people.",
        "The minister hasn't confirmed that 40 soldiers died.",
        "The minister hasn’t said that 40 soldiers died.",
    ],
)
def test_what_is_denied_or_left_open_is_not_asserted(sentence: str) -> None:
    assert extract(sentence, PUBLISHED_ON) == []


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("The tower is 300m tall.", [(300, "m", "")]),
        ("Sales reached £67m.", [(67_000_000, "", "GBP")]),
        ("Some 5m people fled.", [(5_000_000, "people", "")]),
        ("Oil fell $2 to $78 a barrel.", [(2, "", "USD"), (78, "", "USD")]),
        ("The death toll rose by 12 to 340.", [(12, "", ""), (340, "", "")]),
        ("He paid $20 to 30 people.", [(20, "", "USD"), (30, "people", "")]),
        ("Temperatures reached minus 12 degrees on Monday.", [(-12, "degrees", "")]),
    ],
)
def test_figure_is_the_one_that_stands_there(sentence: str, amounts: list[tuple[int, str, str]]) -> None:
    found = [claim.facts["quantity"] for claim in extract(sentence, PUBLISHED_ON) if "quantity" in claim.facts]
    assert [(one["value"], one.get("unit", ""), one.get("currency", "")) for one in found] == amounts
    assert not any("value_max" in one for one in found)


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The ban runs until 30 June.", "../2024-06-30"),
        ("The lockdown was extended until 30 July.", "../2024-07-30"),
        ("The battle took place on 14 October 1066.", "1066-10-14"),
    ],
)
def test_day_is_given_its_own_year(sentence: str, date: str) -> None:
    assert [claim.facts.get("date") for claim in extract(sentence, PUBLISHED_ON)] == [date]


def test_neither_is_kept() -> None:
    sentence = "Neither the tunnel nor the bridge was finished in 2015."
    assert [claim.headline for claim in extract(sentence, PUBLISHED_ON)] == [sentence.rstrip(".")]


@pytest.mark.parametrize(
    "sentence", ["The ship wasn't sold in 2019.", "The ship wasn’t sold in 2019.", "No ship was sold in 2019."]
)
def test_what_did_not_happen_is_no_event(sentence: str) -> None:
    assert "event" not in [claim.kind for claim in extract(sentence, PUBLISHED_ON)]


@pytest.mark.parametrize(
    ("text", "stand_alone"),
    [
        ("Inspector Peter Kimani said he had killed three women.", "[He?] had killed three women."),
        ("Mr Ade's lawyer, Bola Ojo, said he had spent 14 months in prison.", "[He?] had spent 14 months in prison."),
        ("Her mother, Anita Rao, said she had lost 12 kilos.", "[She?] had lost 12 kilos."),
        ("James Odhiambo fled. Ana Keller, a nurse, said he had lost 12 kilos.", "[He?] had lost 12 kilos."),
        ("Ana Keller, a nurse, said she had lost 12 kilos.", "Ana Keller had lost 12 kilos."),
    ],
)
def test_speaker_takes_the_place_of_no_one_else(text: str, stand_alone: str) -> None:
    assert stand_alone in [claim.stand_alone for claim in extract(text, PUBLISHED_ON)]


@pytest.mark.parametrize(
    "text",
    [
        '"It is a lie that I took $2 million," said Senator Wu.',
        '"My opponent claims I raised taxes by 40%," said Governor Ann Ray.',
        "Officials dispute the union's claim that 40% of nurses have quit.",
        "The claim that 20 million migrants crossed the border is false.",
        "The court threw out the claim that she had stolen $300,000.",
        "The minister lied when he said 40 clinics had opened.",
        "Mr Wu wrongly claimed that immigrants can vote.",
        "According to a false rumour, voters must show two forms of ID.",
    ],
)
def test_what_is_called_false_is_no_claim(text: str) -> None:
    assert extract(text, PUBLISHED_ON) == []


@pytest.mark.parametrize(
    "sentence",
    ["The firm almost collapsed in 2008.", "The vote was to be held in February 2023.", "He was beaten in 2017."],
)
def test_what_almost_happened_or_was_to_is_no_event(sentence: str) -> None:
    assert not any(claim.kind == "event" for claim in extract(sentence, PUBLISHED_ON))


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The fee is now Sh500, up from Sh300 in 2021.", None),
        ("Before the war in 2022, the town had 70,000 people.", None),
        ("Since the truce in January, 400 people have been killed.", "2024-01/.."),
        ("She has won six medals, including a gold in 2016.", None),
        ("The mayor, who says taxes rose by 4%, resigned on Monday.", None),
        ("Until 2018 the cables were checked four times a year.", "../2018"),
        ("Turnout was 38% in 2022, against 41% four years earlier.", "2022"),
    ],
)
def test_figure_has_no_date_of_something_else(sentence: str, date: str | None) -> None:
    figures = [claim for claim in extract(sentence, PUBLISHED_ON) if "quantity" in claim.facts]
    assert figures[0].facts.get("date") == date


@pytest.mark.parametrize(
    ("sentence", "stand_alone"),
    [
        ("He was jailed in 2010 and freed in 2014.", "[He?] was freed in 2014."),
        ("Under the old law, women could not own land.", "Under the old law, women could not own land."),
        ("In some states, felons cannot vote.", "In some states, felons cannot vote."),
    ],
)
def test_stand_alone_form_keeps_who_suffered_and_where_it_holds(sentence: str, stand_alone: str) -> None:
    assert stand_alone in [claim.stand_alone for claim in extract(sentence, PUBLISHED_ON)]


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Shops are banned from selling more than 5 litres.", "at_most"),
        ("No household may draw more than 100 litres a day.", "at_most"),
        ("Not fewer than 12 officers were hurt.", "at_least"),
        ("Households may draw more than 100 litres a day.", "at_least"),
    ],
)
def test_ban_bounds_what_it_forbids(sentence: str, bound: str) -> None:
    assert [claim.facts["quantity"]["bound"] for claim in extract(sentence, PUBLISHED_ON)] == [bound]


@pytest.mark.parametrize("day", ["24 May", "May 24"])
def test_dateline_is_neither_an_event_nor_a_speaker(day: str) -> None:
    text = f"VALTICE, {day} (Nordline) – Parliament passed the pension bill on Thursday, the speaker said."
    assert [(claim.headline, claim.claimant) for claim in extract(text, date(2024, 5, 25))] == [
        ("Thursday passage of pension bill", "speaker")
    ]


def test_it_is_the_one_that_acted() -> None:
    text = "Amnesty International accused the Interior Ministry of torture. It added that 40 people had died."
    assert extract(text, PUBLISHED_ON)[-1].claimant == "Amnesty International"


def test_word_is_moved_below_nothing_of_its_own() -> None:
    text = '"Each time I was told the ambulance was just around the corner," Ms Stroud said in evidence.'
    assert {claim.claimant for claim in extract(text, PUBLISHED_ON)} <= {"Stroud"}
