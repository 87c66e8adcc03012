"""Pairs of claims of which a person has said whether who checks the one should see the other.

The sentences are our own, the headlines and facts what the extractor made of them. `alike` is that both are of the same
matter: also with another figure, in another language, or denied; not that words are the same. To the pairs of the part
`fitted` the weights and the threshold of `claims.matching.likeness` were chosen; those of the part `unseen` were
written afterwards, and nothing was changed for them.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from claims.matching.likeness import Comparable

PAIRS = Path(__file__).with_name("gold_pairs.jsonl")


class Pair(NamedTuple):
    part: str
    kind: str
    alike: bool
    one: dict[str, Any]
    other: dict[str, Any]


def read_pairs(part: str = "") -> list[Pair]:
    pairs = [Pair(**json.loads(line)) for line in PAIRS.read_text("utf-8").splitlines()]
    return [pair for pair in pairs if part in ("", pair.part)]


def comparable(claim: dict[str, Any]) -> Comparable:
    return Comparable.of(claim["headline"], claim["stand_alone"], claim["facts"], None)


def precision_and_recall(judged: list[tuple[bool, bool]]) -> tuple[float, float]:
    """Of (held for alike, alike) pairs."""
    right = sum(held and alike for held, alike in judged)
    return right / max(sum(held for held, _ in judged), 1), right / sum(alike for _, alike in judged)
