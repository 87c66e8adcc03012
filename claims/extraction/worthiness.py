"""How much a claim deserves a check: one logistic model of named features and the learned score of its sentence."""

import json
import math
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from claims.extraction.encoder import MODEL
from claims.marked import marked

# A reason keeps its text in English; it is shown in the reader's language.
FEATURES = {
    "quantity": marked("States a figure that can be looked up"),
    "event": marked("Says that something happened at a stated time"),
    "dated": marked("Names a date"),
    "attributed": marked("Says who claims it"),
    "anonymous": marked("Its source is not named"),
    "named": marked("Names a person, place or organisation"),
    "comparison": marked("Compares, ranks or says how something changed"),
    "causal": marked("Says that one thing brought about another"),
    "rule": marked("Says what a law or rule demands"),
    "prediction": marked("Speaks of what is still to come"),
    "experience": marked("Tells of a personal experience that few can check"),
    "opinion": marked("Judges or demands rather than states"),
    "minor": marked("Counts only a handful"),
    "vague": marked("Leaves open who, what or how many"),
}
_BASE = marked("Where every claim starts")
_SENTENCE = (
    marked("Its sentence reads like ones that fact-checkers pick"),
    marked("Its sentence reads like ones that fact-checkers pass by"),
)
_UNCALIBRATED = marked("The score was never measured in this language: take it as a rough guess")


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
