import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import score_sentences
from claims.extraction.encoder import MODEL
from claims.extraction.worthiness import FEATURES, judge
from tests.extraction.reading import propose

features = st.frozensets(st.sampled_from(sorted(FEATURES)))
logits = st.floats(-20, 20)


def weigh(name: str, logit: float | None) -> float:
    """The weight as shipped."""
    weights: dict[str, dict[str, float]] = json.loads((MODEL / "weights.json").read_text())
    return weights["features" if logit is None else "sentence"][name]


def total(reasons: list[dict[str, object]]) -> float:
    return sum(float(str(reason["weight"])) for reason in reasons)


def features_of(text: str) -> frozenset[str]:
    """Those of the text's only claim."""
    (claim,) = propose(text)
    return claim.features & FEATURES.keys()


@given(features, st.none() | logits)
def test_reasons_add_up_to_the_check_worthiness(present: frozenset[str], logit: float | None) -> None:
    judgement = judge(present, logit)
    assert math.isclose(judgement.check_worthiness, 1 / (1 + math.exp(-total(judgement.reasons))), rel_tol=1e-12)
    last = "uncalibrated" if logit is None else "sentence"
    names = [str(reason["name"]) for reason in judgement.reasons]
    assert (names[0], names[-1]) == ("base", last)
    assert all(reason["text"] for reason in judgement.reasons)
    assert all(name in present and weigh(name, logit) for name in names[1:-1])
    assert all(name in names for name in present if weigh(name, logit))


@given(features, logits, logits)
def test_likelier_sentence_never_lowers_the_score(present: frozenset[str], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert judge(present, low).check_worthiness <= judge(present, high).check_worthiness


def test_unmeasured_language_says_so_without_changing_the_score() -> None:
    last = judge(frozenset(), None).reasons[-1]
    assert (last["name"], last["weight"]) == ("uncalibrated", 0.0)
    assert "never measured" in str(last["text"])


def test_every_feature_has_a_weight_and_none_is_left_over() -> None:
    weights = json.loads((MODEL / "weights.json").read_text())
    assert set(weights) == {"sentence", "features"}
    assert set(weights["sentence"]) == {*FEATURES, "base", "sentence"}
    assert set(weights["features"]) == {*FEATURES, "base"}
    assert all(math.isfinite(weight) for model in weights.values() for weight in model.values())


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("The port lost 40 ships.", {"quantity"}),
        ("The port lost 40 ships in 2019.", {"quantity", "dated"}),
        ("The port has two mills.", {"quantity", "minor"}),
        ("The port lost 40 ships, the mayor said.", {"quantity", "attributed"}),
        ("The port lost 40 ships, officials said.", {"quantity", "attributed", "anonymous"}),
        ("The bridge was built in 2019.", {"event", "dated"}),
        ("The dam caused the flood.", {"causal"}),
        ("Fishing is banned in the harbour.", {"rule"}),
        ("The bank will close its branch.", {"prediction"}),
        ("I lost my house in the flood.", {"experience"}),
        ("The mill is closed.", set()),
        ("The mill is often closed.", {"vague"}),
        ("The port is bigger than the town.", {"comparison"}),
    ],
)
def test_claim_has_the_features_that_it_shows(text: str, present: set[str]) -> None:
    assert features_of(text) == present


def test_name_is_a_feature() -> None:
    assert {"named"} == features_of("Maria Keller has bought the mill.") - features_of("The mayor has bought the mill.")


def test_bare_sentences_are_scored_one_by_one() -> None:
    sentences = ["The port lost 40 ships in 2019.", "I like cake.", "", "\n"]
    together = list(score_sentences(sentences))
    assert together == [next(score_sentences([sentence])) for sentence in sentences]
    assert all(0 < score < 1 for score in together)
    assert together[0] > together[1]
