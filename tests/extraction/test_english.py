"""Which claims an English sentence makes, of which kind, and what is no claim."""

import pytest

from claims.enums import ClaimKind
from claims.extraction.headlines import MAX_HEADLINE_CHARS
from tests.extraction.reading import draft, propose

CAUSATION, EVENT, EXPERIENCE = ClaimKind.CAUSATION, ClaimKind.EVENT, ClaimKind.EXPERIENCE
OTHER, PREDICTION, QUANTITY, RULE = ClaimKind.OTHER, ClaimKind.PREDICTION, ClaimKind.QUANTITY, ClaimKind.RULE


def headlines(text: str) -> list[str]:
    return [claim.headline for claim in draft(text)]


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("The floods in Ostrel were caused by the new dam", CAUSATION),
        ("The new dam caused the flood", CAUSATION),
        ("The strike led to a shortage of bread", CAUSATION),
        ("Smoking causes cancer", CAUSATION),
        ("The fire was caused by a broken cable", CAUSATION),
        ("Ships are not allowed to enter the Ostrel strait at night", RULE),
        ("The law forbids fishing in the harbour", RULE),
        ("Fishing is banned in the harbour", RULE),
        ("Employers must pay the tax by law", RULE),
        ("Citizens are required to vote", RULE),
        ("Nor can owners be evicted in winter", RULE),
        ("The port of Ostrel is expected to reopen its northern docks", PREDICTION),
        ("The bank will close its branch in Ostrel", PREDICTION),
        ("The port is set to reopen", PREDICTION),
        ("I saw the water reach the market in Ostrel", EXPERIENCE),
        ("I lost my house in the flood", EXPERIENCE),
        ("We lost our house in the flood", EXPERIENCE),
        ("My son died in the flood", EXPERIENCE),
        ("The Ostrel mill is owned by the mayor's brother", OTHER),
        ("The mayor is the only member of the party", OTHER),
        ("The hospital has no emergency ward", OTHER),
        ("The port is the largest port in Europe", OTHER),
        ("The 2020 election was stolen", OTHER),
    ],
)
def test_clause_is_a_claim_of_its_kind(clause: str, kind: ClaimKind) -> None:
    assert [(claim.headline, claim.kind) for claim in draft(f"{clause}.")] == [(clause, kind)]


@pytest.mark.parametrize(
    ("sentence", "headline", "kind"),
    [
        ("The port lost 40 ships.", "40 ships", QUANTITY),
        ("Inflation fell to 3.5%.", "Inflation fell to 3.5%", QUANTITY),
        ("The temperature rose by 2 degrees.", "The temperature rose by 2 degrees", QUANTITY),
        ("The mill burned in May 2019.", "May 2019 burning of mill", EVENT),
        ("The town will hire 900 sailors next year.", "The town will hire 900 sailors next year", PREDICTION),
        ("I sold 40 ships.", "I sold 40 ships", EXPERIENCE),
    ],
)
def test_figure_or_event_tells_its_clause(sentence: str, headline: str, kind: ClaimKind) -> None:
    assert [(claim.headline, claim.kind) for claim in draft(sentence)] == [(headline, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Will the talks in Ostrel succeed?",
        "What does the mayor want?",
        "Good morning, Ostrel!",
        "Welcome to Ostrel.",
        "Thank you for your letter.",
        "Please sign the petition in Ostrel.",
        "Please call the police.",
        "Let us build the bridge.",
        "We must act now.",
        "Vote for Keller.",
        "I think Ostrel is beautiful.",
        "I hope that the bridge opens.",
        "I believe that the mayor is right.",
        "We love Ostrel.",
        "The mayor feels happy.",
        "In my opinion the mayor is wrong.",
        "The firm wants cheaper ships.",
        "The mayor said the flood was “very tragic” in parts.",
        "“I feel like nobody cares about the port,” she said.",
        "Unfortunately, the mayor is late.",
        "The bridge is beautiful.",
        "The government of Ostrel should resign.",
        "The mayor said nothing.",
        "The mayor spoke to the council.",
        "Subscribe to the Ostrel Courier.",
        "Sign up for our newsletter.",
        "Read more: the bridge is closed.",
        "Share this article.",
        "Copyright 2023 Ostrel Courier.",
        "She left.",
        "On the 10th.",
        "“Would I do it again? Ask me in the spring.”",
        "69",
        "",
    ],
)
def test_no_claim_is_made_of_it(text: str) -> None:
    assert draft(text) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The port lost 40 ships, and the town hired 900 sailors.", ["40 ships", "900 sailors"]),
        ("The port lost 40 ships and 900 sailors.", ["40 ships", "900 sailors"]),
        (
            "The bridge is owned by the town, and the dam caused the flood.",
            ["The bridge is owned by the town", "the dam caused the flood"],
        ),
    ],
)
def test_one_sentence_holds_several_claims(sentence: str, found: list[str]) -> None:
    assert headlines(sentence) == found


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("But the council approved the plan.", "the council approved the plan"),
        ("However, the council approved the plan.", "the council approved the plan"),
        ("The mayor said that the council approved the plan.", "the council approved the plan"),
        ("“The council approved the plan,” the mayor said.", "The council approved the plan"),
    ],
)
def test_headline_leaves_out_what_leads_in(sentence: str, headline: str) -> None:
    assert headlines(sentence) == [headline]


def test_headline_leaves_out_the_place_that_its_clause_is_about() -> None:
    proposed = propose("Ferries leave Ostrel, where the army has closed the southern docks.")
    assert [claim.headline for claim in proposed] == ["Ferries leave Ostrel", "the army has closed the southern docks"]


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The port lost 40 ships in 2019.", "2019"),
        ("The port lost 40 ships last year.", "2023"),
        ("The army will withdraw from Ostrel in 2026.", "2026"),
        ("The mayor said in 2022 that the port lost 40 ships in 2019.", "2019"),
        ("The port lost 40 ships.", None),
    ],
)
def test_date_is_that_of_what_is_claimed(sentence: str, date: str | None) -> None:
    assert [claim.facts.get("date") for claim in draft(sentence)] == [date]


def test_figure_of_another_clause_takes_neither_its_date_nor_its_words() -> None:
    ban, shops = draft("The town banned bags in January 2018, but only 3 in 10 shops follow the rule.")
    assert (ban.stand_alone, ban.facts) == ("The town banned bags in January 2018.", {"date": "2018-01"})
    assert (shops.headline, "date" in shops.facts) == ("only 3 in 10 shops", False)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The survey had a flaw: patients chose their own clinic.",
         ["The survey had a flaw", "patients chose their own clinic"]),
        ("Ferries did better than trams: 61 of them ran on time.",
         ["Ferries did better than trams", "61 of them ran on time"]),
        ("I told the mayor last June: the ferries will sink.",
         ["I told the mayor last June", "the ferries will sink"]),
        ("‘My boss told me it was late and sent me home,’ she said.",
         ["My boss told me it was late and sent me home", "it was late"]),
        ("The mayor told Radio Ostrel the port had closed its docks.", ["the port had closed its docks"]),
        ("We checked what he and his rival, Ana Keller, have been saying.", ["We checked"]),
        ("The board kept a list of whether ships had paid.",
         ["The board kept a list of whether ships had paid"]),
        ("The photographs are a reminder of how the town lost its port.", ["The photographs are a reminder"]),
        ("Farmers ignored the order, because inspectors hardly ever visit.",
         ["Farmers ignored the order, because inspectors hardly ever visit"]),
        ("Nobody oiled the gate, so the hinges rusted.", ["Nobody oiled the gate, so the hinges rusted"]),
        ('In a letter, the firm said it was "stunned" by the verdict and had already paid $3 million.', ["$3 million"]),
    ],
)  # fmt: skip
def test_clause_ends_where_another_begins(sentence: str, found: list[str]) -> None:
    assert [claim.headline for claim in propose(sentence)] == found


def test_long_headline_is_cut_at_a_word() -> None:
    sentence = "The mill is owned by " + "the brother of " * 20 + "the mayor."
    (claim,) = propose(sentence)
    assert len(claim.headline) <= MAX_HEADLINE_CHARS
    assert claim.headline.endswith(("brother…", "of…", "the…"))
    assert sentence[slice(*claim.span)] == sentence.rstrip(".")


def test_figure_of_a_clause_that_is_left_out_is_told_by_itself() -> None:
    assert "34% of the vote" in headlines(
        "The Union was on course to win Sunday's election with 34% of the vote, exit polls showed."
    )


def test_shares_of_a_line_without_a_verb_are_told_by_themselves() -> None:
    assert headlines("Gross margin: 24.6% vs. 26.1% a year ago") == ["24.6%", "26.1%"]


def test_share_in_an_apposition_is_told_by_itself() -> None:
    assert "14.2%" in headlines("Inflation, at 14.2% in September, was the issue named most often by voters.")
