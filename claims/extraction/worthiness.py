"""How much a claim deserves a check: one logistic model of named features and the learned score of its sentence."""

import json
import math
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from claims.extraction.encoder import MODEL

FEATURES = {
    "quantity": "States a figure that can be looked up",
    "event": "Says that something happened at a stated time",
    "dated": "Names a date",
    "attributed": "Says who claims it",
    "anonymous": "Its source is not named",
    "named": "Names a person, place or organisation",
    "comparison": "Compares, ranks or says how something changed",
    "causal": "Says that one thing brought about another",
    "rule": "Says what a law or rule demands",
    "prediction": "Speaks of what is still to come",
    "experience": "Tells of a personal experience that few can check",
    "opinion": "Judges or demands rather than states",
    "minor": "Counts only a handful",
    "vague": "Leaves open who, what or how many",
}
_BASE = "Where every claim starts"
_SENTENCE = (
    "Its sentence reads like ones that fact-checkers pick",
    "Its sentence reads like ones that fact-checkers pass by",
)
_UNCALIBRATED = "The score was never measured in this language: take it as a rough guess"


class Judgement(NamedTuple):
    """`check_worthiness` (0..1) is the logistic function of the sum of the weights in `reasons`.

    A reason is `{"name", "weight", "text"}`; its weight is the feature's weight times its value.
    """

    check_worthiness: float
    reasons: list[dict[str, object]]


def judge(present: frozenset[str], logit: float | None) -> Judgement:
    """`present`: names in FEATURES; `logit`: the sentence's log-odds by the encoder, None where it cannot read."""
    weights = _weights()["features" if logit is None else "sentence"]
    reasons = [_reason("base", weights["base"], _BASE)]
    reasons += [
        _reason(name, weights[name], text) for name, text in FEATURES.items() if name in present and weights[name]
    ]
    if logit is None:
        reasons.append(_reason("uncalibrated", 0.0, _UNCALIBRATED))
    else:
        weight = weights["sentence"] * logit
        reasons.append(_reason("sentence", weight, _SENTENCE[weight < 0]))
    total = sum(float(str(reason["weight"])) for reason in reasons)
    return Judgement(1 / (1 + math.exp(-total)), reasons)


def _reason(name: str, weight: float, text: str) -> dict[str, object]:
    return {"name": name, "weight": weight, "text": text}


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    weights: Mapping[str, Mapping[str, float]] = json.loads((MODEL / "weights.json").read_text())
    return weights
