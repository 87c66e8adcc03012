"""How much a claim deserves a check: a logistic sum of named features, each with its reason in words."""

import math
from typing import NamedTuple


class Feature(NamedTuple):
    weight: float
    text: str


# Set by hand: a sourced figure lands near 0.8, a bare undated assertion near 0.3, an opinion below 0.15.
FEATURES = {
    "base": Feature(-1.0, "Where every claim starts"),
    "quantity": Feature(1.6, "States a figure that can be looked up"),
    "event": Feature(1.2, "Says that something happened at a stated time"),
    "dated": Feature(0.4, "Names a date"),
    "attributed": Feature(0.5, "Says who claims it"),
    "anonymous": Feature(-0.2, "Its source is not named"),
    "named": Feature(0.4, "Names a person, place or organisation"),
    "comparison": Feature(0.6, "Compares, ranks or says how something changed"),
    "causal": Feature(0.7, "Says that one thing brought about another"),
    "rule": Feature(0.6, "Says what a law or rule demands"),
    "prediction": Feature(-0.5, "Speaks of what is still to come"),
    "experience": Feature(-0.7, "Tells of a personal experience that few can check"),
    "opinion": Feature(-1.8, "Judges or demands rather than states"),
    "minor": Feature(-0.9, "Counts only a handful"),
    "vague": Feature(-0.6, "Leaves open who, what or how many"),
}


class Judgement(NamedTuple):
    """`check_worthiness` is the logistic function of the sum of the weights in `reasons`."""

    check_worthiness: float
    reasons: list[dict[str, object]]


def judge(present: set[str]) -> Judgement:
    """The judgement for the features present (names in FEATURES); `base` always counts."""
    names = [name for name in FEATURES if name == "base" or name in present]
    logit = sum(FEATURES[name].weight for name in names)
    reasons: list[dict[str, object]] = [
        {"name": name, "weight": FEATURES[name].weight, "text": FEATURES[name].text} for name in names
    ]
    return Judgement(1 / (1 + math.exp(-logit)), reasons)
