import json
import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.enums import ClaimKind
from claims.extraction import Candidate, extract
from claims.intake.cleaning import clean_page
from claims.intake.decoding import decode_text

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT.parent / "shared" / "sample" / "us-iraq-talks.txt"
DEMO = sorted((ROOT / "claims" / "demo" / "articles").glob("*.txt"))
PUBLISHED_ON = date(2024, 1, 25)
TROOPS = (
    "Velmark keeps roughly 2,500 troops in the harbour, who have trained guards there since December 2021, "
    "when its army declared the end of its combat role in the province."
)
FRAGMENTS = (
    "the 2,500 troops $4 billion half of one in five said officials , “ ” . ? - who when in December 2021 closed "
    "according to 10th % a day will because per between 40 and 60 ago last summer Ostrel 😀 \ud800 \u202e"
)
WORDS = st.sampled_from(FRAGMENTS.split(" "))


def claims(text: str) -> list[Candidate]:
    return extract(text, PUBLISHED_ON)


def headlines(text: str) -> list[str]:
    return [claim.headline for claim in claims(text)]


def kinds(text: str) -> list[ClaimKind]:
    return [claim.kind for claim in claims(text)]


def test_one_sentence_holds_several_claims() -> None:
    assert headlines(TROOPS) == ["roughly 2,500 troops", "December 2021 end of combat role"]


def test_claims_carry_kind_and_facts() -> None:
    troops, role = claims(TROOPS)
    assert (troops.kind, role.kind) == (ClaimKind.QUANTITY, ClaimKind.EVENT)
    assert troops.facts == {"quantity": {"value": 2500, "approximate": True, "unit": "troops"}}
    assert role.facts == {"date": "2021-12"}


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("Velmark withdrew from the grain deal on July 17th.", "July 17th withdrawal from grain deal"),
        ("The harbour bridge was closed in March 2022.", "March 2022 closure of harbour bridge"),
        ("In March 2022, the council approved its budget.", "March 2022 approval of budget"),
        ("The tower collapsed in 2018.", "2018 collapse of tower"),
        ("Velmark shut down its last mines in April 2023.", "April 2023 closure of last mines"),
        ("They agreed to form a commission last summer.", "last summer agreement to form commission"),
    ],
)
def test_event_is_a_date_and_a_noun(sentence: str, headline: str) -> None:
    assert [(claim.headline, claim.kind) for claim in claims(sentence)] == [(headline, ClaimKind.EVENT)]


def test_event_noun_alone_leaves_the_clause_to_be_told() -> None:
    assert headlines("The 2020 election was stolen.") == ["2020 election was stolen"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The floods in Ostrel were caused by the new dam.", ClaimKind.CAUSATION),
        ("Ships are not allowed to enter the Ostrel strait at night.", ClaimKind.RULE),
        ("The port of Ostrel is expected to reopen its northern docks.", ClaimKind.PREDICTION),
        ("I saw the water reach the market in Ostrel.", ClaimKind.EXPERIENCE),
        ("The Ostrel mill is owned by the mayor's brother.", ClaimKind.OTHER),
    ],
)
def test_clause_has_its_kind(sentence: str, kind: ClaimKind) -> None:
    assert kinds(sentence) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Will the talks in Ostrel succeed?",
        "Good morning, Ostrel!",
        "Please sign the petition in Ostrel.",
        "I think Ostrel is beautiful.",
        "The government of Ostrel should resign.",
        "We will see.",
        "Subscribe to the Ostrel Courier.",
        "On the 10th.",
        "69",
    ],
)
def test_no_claim_is_made_of_it(text: str) -> None:
    assert claims(text) == []


def test_what_was_said_and_who_said_it_are_told_apart() -> None:
    (claim,) = claims("The port handles 310,000 tonnes a year, according to the Ostrel Port Authority.")
    assert (claim.quote, claim.claimant) == ("310,000 tonnes a year", "Ostrel Port Authority")


def test_pronoun_means_who_spoke_before() -> None:
    text = "Henrik Aas said that the port lost 40 ships. He said that it lost 900 sailors."
    assert [claim.claimant for claim in claims(text)] == ["Henrik Aas", "Henrik Aas"]


def test_bare_percentage_keeps_the_clause_that_explains_it() -> None:
    assert headlines("Wheat prices rose by 18% in May, while ships waited.") == ["Wheat prices rose by 18% in May"]


def test_other_languages_yield_figures() -> None:
    (claim,) = extract("Rund 2.500 Soldaten sind dort.", PUBLISHED_ON, "de")
    assert claim.headline == "Rund 2.500 Soldaten"
    assert claim.facts == {"quantity": {"value": 2500, "approximate": True, "unit": "Soldaten"}}


def test_reasons_add_up_to_the_check_worthiness() -> None:
    for claim in claims(TROOPS):
        logit = math.log(claim.check_worthiness / (1 - claim.check_worthiness))
        assert math.isclose(sum(float(str(reason["weight"])) for reason in claim.reasons), logit, abs_tol=1e-9)


def test_sourced_figure_outranks_a_prediction() -> None:
    figure, guess = claims(
        "The port lost 310 ships, Henrik Aas said. The port of Ostrel is expected to reopen its docks."
    )
    assert figure.check_worthiness > guess.check_worthiness


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), st.sampled_from(["en", "de", "ar", "und", ""]))
def test_any_text_is_read(text: str, language: str) -> None:
    found = extract(text, PUBLISHED_ON, language)
    assert all(text[claim.start : claim.end] == claim.quote != "" for claim in found)
    assert all(claim.quote in claim.sentence and claim.headline and 0 < claim.check_worthiness < 1 for claim in found)
    assert len({(claim.start, claim.end) for claim in found}) == len(found)
    assert found == extract(text, PUBLISHED_ON, language)
    json.dumps([claim.as_dict() for claim in found])


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_demo_article_yields_claims(path: Path) -> None:
    page = clean_page(decode_text(path.read_bytes()))
    assert len(extract(page.text, page.published_on, page.language)) >= 4


def test_demo_articles_hold_the_two_headlines() -> None:
    pages = [clean_page(path.read_text()) for path in DEMO]
    found = {claim.headline for page in pages for claim in extract(page.text, page.published_on)}
    assert {"roughly 2,500 troops", "December 2021 end of combat role"} <= found


@pytest.mark.skipif(not SAMPLE.exists(), reason="the acceptance sample is not part of the project")
def test_sample_yields_at_least_eight_claims() -> None:
    page = clean_page(decode_text(SAMPLE.read_bytes()))
    found = {claim.headline: claim for claim in extract(page.text, page.published_on, page.language)}
    assert len(found) >= 8
    troops, role = found["roughly 2,500 troops"], found["December 2021 end of combat role"]
    assert troops.facts == {"quantity": {"value": 2500, "approximate": True, "unit": "troops"}}
    assert (role.kind, role.facts) == (ClaimKind.EVENT, {"date": "2021-12"})
