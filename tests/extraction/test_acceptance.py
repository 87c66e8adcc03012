import json

import pytest

from claims.extraction.acceptance import find_traits, is_accepted
from claims.extraction.encoder import MODEL
from claims.extraction.english import propose_claims
from tests.extraction.reading import draft, read


def traits_of(sentence: str) -> set[str]:
    """The named traits of the sentence's first clause."""
    reading = read(sentence)
    clause = reading.clauses[0]
    return set(find_traits(reading, clause, reading.kind_of(clause), clause.words).named)


@pytest.mark.parametrize(
    "sentence",
    [
        "The company is owned by the mayor's brother.",
        "Maria Keller has bought the mill.",
        "The council must publish its accounts.",
        "The port will close its northern terminal.",
    ],
)
def test_assertion_is_accepted(sentence: str) -> None:
    assert [claim.headline for claim in draft(sentence)] == [sentence.rstrip(".")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Households are feeling the strain.",
        "The sea was a mirror.",
        "The mood is calm.",
    ],
)
def test_scenery_and_judgement_are_proposed_and_left_out(sentence: str) -> None:
    proposed = [claim for claim in propose_claims(read(sentence)) if claim.traits]
    assert proposed
    assert not any(is_accepted(claim.traits) for claim in proposed)


@pytest.mark.parametrize(
    ("sentence", "trait"),
    [
        ("The port has closed its gates.", "predicate perfect"),
        ("The port was closed by the army.", "predicate passive"),
        ("The port could close its gates.", "predicate modal"),
        ("The mill is an old house.", "predicate is NOUN"),
        ("We closed the port.", "subject we"),
        ("That closed the port.", "subject vague"),
        ("The port never closed its gates.", "negated"),
        ("The port was the oldest in Ostrel.", "superlative"),
    ],
)
def test_clause_has_the_traits_that_it_shows(sentence: str, trait: str) -> None:
    assert trait in traits_of(sentence)


def test_every_kind_and_flag_has_a_weight() -> None:
    weights = json.loads((MODEL / "acceptance.json").read_text())
    assert {"other", "rule", "told", "quoted", "share of sentence", "sentence"} <= set(weights["named"])
