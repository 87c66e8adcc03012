"""What holds of the claims of any text at all."""

import json
import math
from datetime import date
from itertools import pairwise

from claims.extraction import Candidate, extract
from claims.extraction.headlines import MAX_HEADLINE_CHARS

PUBLISHED_ON = date(2024, 1, 25)
LANGUAGES = ("en", "und", "de", "fr", "es", "pt", "ar", "zh", "", "en-GB", "??")


def check_text(text: str, language: str = "en", published_on: date | None = PUBLISHED_ON) -> list[Candidate]:
    """The claims of the text, after every promise about them was checked."""
    found = extract(text, published_on, language)
    for claim in found:
        check_claim(text, claim)
    assert all((one.start, one.end) < (two.start, two.end) for one, two in pairwise(found)), "out of order, or twice"
    assert found == extract(text, published_on, language), "another outcome the second time"
    return found


def check_claim(text: str, claim: Candidate) -> None:
    assert 0 <= claim.start < claim.end <= len(text)
    assert text[claim.start : claim.end] == claim.quote
    assert claim.quote in claim.sentence
    assert claim.headline.strip() == claim.headline != ""
    assert len(claim.headline) <= MAX_HEADLINE_CHARS
    assert len(claim.headline.splitlines()) == 1
    assert claim.claimant is None or claim.claimant.strip()
    total = sum(float(str(reason["weight"])) for reason in claim.reasons)
    assert 0 < claim.check_worthiness < 1
    assert math.isclose(claim.check_worthiness, 1 / (1 + math.exp(-total)), abs_tol=1e-9)
    json.dumps(claim.as_dict(), allow_nan=False)
