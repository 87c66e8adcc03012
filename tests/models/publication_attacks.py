"""Attacks on fact-checks and their corrections, for `test_constraints`, which says what its rows are."""

from collections.abc import Callable
from typing import Any

from claims.models import Claim, Correction, FactCheck, Rating, Reviewer
from tests.models.attacking import change, double, tomorrow


def write_fact_check(claim: Claim, rating: Rating, editor: Reviewer) -> FactCheck:
    words = {"slug": "dockers", "title": "Dockers", "summary": "1,900.", "claim_reviewed": "2,500 dockers"}
    return FactCheck.objects.create(claim=claim, rating=rating, published_by=editor, **words)


def write_correction(fact_check: FactCheck) -> Correction:
    by = fact_check.published_by
    return Correction.objects.create(fact_check=fact_check, number=1, note="A slip.", corrected_by=by)


PUBLICATION_ATTACKS: list[tuple[str, Callable[[Any], object]]] = [
    ("one_live_fact_check_per_claim", lambda r: double(r.fact_check, slug="dockers-again")),
    ("fact_check_has_a_title", lambda r: change(r.fact_check, title="")),
    ("fact_check_names_its_claim", lambda r: change(r.fact_check, claim_reviewed="")),
    ("fact_check_has_a_summary", lambda r: change(r.fact_check, summary="")),
    *(
        ("withdrawn_fact_check_says_why_and_only_a_withdrawn_one", attack)
        for attack in (
            lambda r: change(r.fact_check, withdrawn_at=tomorrow()),
            lambda r: change(r.fact_check, withdrawn_because="Satire."),
        )
    ),
    ("words_of_a_fact_check_stand_in_a_version", lambda r: change(r.fact_check, start=1, end=4)),
    ("words_of_a_fact_check_stand_in_a_version", lambda r: change(r.fact_check, version=r.version, start=4, end=4)),
    ("one_correction_per_number", lambda r: double(r.correction)),
    ("corrections_count_from_one", lambda r: double(r.correction, number=0)),
    ("correction_has_a_note", lambda r: double(r.correction, number=2, note="")),
]
