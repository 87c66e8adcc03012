import json
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.enums import ClaimKind
from claims.extraction import EXTRACTOR_VERSION, Candidate, extract, iter_claims
from claims.extraction.limits import explain_limits
from claims.intake.cleaning import clean_page
from claims.intake.decoding import decode_text
from tests.extraction.reading import PUBLISHED_ON

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT.parent / "shared" / "sample" / "us-iraq-talks.txt"
DEMO = sorted((ROOT / "claims" / "demo" / "articles").glob("*.txt"))
TROOPS = (
    "Velmark keeps roughly 2,500 troops in the harbour who have trained guards there since December 2021, "
    "when its army declared the end of its combat role in the province."
)
TROOPS_FACTS = {"quantity": {"value": 2500, "bound": "about", "unit": "troops"}}
FRAGMENTS = (
    "the 2,500 troops $4 billion half of one in five said officials , “ ” . ? - who when in December 2021 closed "
    "according to 10th % a day will because per between 40 and 60 ago last summer Ostrel 😀 \ud800 \u202e"
)
WORDS = st.sampled_from(FRAGMENTS.split(" "))
LANGUAGES = st.sampled_from(["en", "en-GB", "de", "ar", "und", ""])


def claims(text: str) -> list[Candidate]:
    return extract(text, PUBLISHED_ON)


def test_version_names_the_model() -> None:
    assert EXTRACTOR_VERSION == "minilm-6"


def test_one_sentence_holds_several_claims() -> None:
    troops, role = claims(TROOPS)
    assert (troops.headline, troops.kind, troops.facts) == (
        "roughly 2,500 troops",
        ClaimKind.QUANTITY,
        TROOPS_FACTS,
    )
    assert (role.headline, role.kind, role.facts) == (
        "December 2021 end of combat role",
        ClaimKind.EVENT,
        {"date": "2021-12"},
    )


def test_claim_knows_its_place_and_its_sentence() -> None:
    text = f"Ferry to close\n\n{TROOPS} The ferry sank in 2019, officials said."
    last = claims(text)[-1]
    assert (text[last.start : last.end], last.sentence) == (last.quote, "The ferry sank in 2019, officials said.")
    assert (last.quote, last.claimant) == ("ferry sank in 2019", "officials")


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), LANGUAGES)
def test_any_text_is_read(text: str, language: str) -> None:
    found = extract(text, PUBLISHED_ON, language)
    assert all(text[claim.start : claim.end] == claim.quote != "" for claim in found)
    assert all(claim.quote in claim.sentence and claim.headline and 0 < claim.check_worthiness < 1 for claim in found)
    assert len({(claim.start, claim.end) for claim in found}) == len(found)
    assert found == extract(text, PUBLISHED_ON, language)
    json.dumps([claim.as_dict() for claim in found])


def test_claims_come_while_the_text_is_read() -> None:
    text = "The port lost 40 ships.\n\n" * 1_000
    windows: list[None] = []
    first = list(islice(iter_claims(text, on_window=lambda: windows.append(None)), 65))
    assert [claim.quote for claim in first] == ["40 ships"] * 65
    assert len(windows) == 1


def test_quotation_may_run_over_the_edge_of_a_window() -> None:
    text = "“" + "The port lost 40 ships. " * 70 + "It was a hard year,” Maria Keller said."
    assert {claim.claimant for claim in claims(text)[64:]} == {"Maria Keller"}


@pytest.mark.parametrize(
    ("language", "text", "headline", "kind", "facts"),
    [
        ("de", "Rund 2.500 Soldaten sind dort.", "Rund 2.500 Soldaten", ClaimKind.QUANTITY,
         {"quantity": {"value": 2500, "bound": "about", "unit": "Soldaten"}}),
        ("de", "Der Einsatz endete am 3. März 2022.", "Der Einsatz endete am 3. März 2022", ClaimKind.EVENT,
         {"date": "2022-03-03"}),
        ("fr", "Il a coûté 4,3 milliards de dollars.", "4,3 milliards de dollars", ClaimKind.QUANTITY,
         {"quantity": {"value": 4_300_000_000, "currency": "USD"}}),
        ("es", "Al menos doce personas murieron.", "Al menos doce personas", ClaimKind.QUANTITY,
         {"quantity": {"value": 12, "bound": "at_least", "unit": "personas"}}),
        ("pt-BR", "São 18% dos eleitores.", "18% dos eleitores", ClaimKind.QUANTITY,
         {"quantity": {"value": 18, "unit": "eleitores", "share": True}}),
        ("ar", "نحو ٢٥٠٠ جندي في العراق.", "نحو ٢٥٠٠ جندي", ClaimKind.QUANTITY,
         {"quantity": {"value": 2500, "bound": "about", "unit": "جندي"}}),
    ],
)  # fmt: skip
def test_other_languages_yield_figures_and_dates(
    language: str, text: str, headline: str, kind: ClaimKind, facts: dict[str, object]
) -> None:
    (claim,) = extract(text, PUBLISHED_ON, language)
    assert (claim.headline, claim.kind, claim.facts, claim.claimant) == (headline, kind, facts, None)
    assert "uncalibrated" in {reason["name"] for reason in claim.reasons}


@pytest.mark.parametrize("language", ["en", "EN-gb", "und"])
def test_english_is_calibrated(language: str) -> None:
    (claim,) = extract("The port lost 40 ships.", PUBLISHED_ON, language)
    assert {reason["name"] for reason in claim.reasons} >= {"base", "sentence"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("В порту работают 2500 человек.", "ru"),
        ("港口雇用了2500名工人。", "zh"),
        ("В порту работают 2500 человек.", "en"),
    ],
)
def test_script_that_cannot_be_read_has_a_reason_and_no_claims(text: str, language: str) -> None:
    assert extract(text, PUBLISHED_ON, language) == []
    assert explain_limits(text, language).endswith("script, which the extractor cannot read.")


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
    assert troops.facts["quantity"] == TROOPS_FACTS["quantity"]
    assert (role.kind, role.facts) == (ClaimKind.EVENT, {"date": "2021-12"})


def test_day_of_publication_dates_what_is_relative() -> None:
    (claim,) = extract("The port lost 40 ships last year.", date(2019, 3, 1))
    assert claim.facts["date"] == "2018"
