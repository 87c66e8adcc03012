"""The named features by which a claim's check-worthiness is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.enums import ClaimKind
from claims.extraction.clauses import Clause
from claims.extraction.names import is_anonymous
from claims.extraction.tone import is_comparison, is_opinion, is_vague

if TYPE_CHECKING:
    from claims.extraction.readings import Reading

_KINDS = {
    ClaimKind.CAUSATION: "causal",
    ClaimKind.RULE: "rule",
    ClaimKind.PREDICTION: "prediction",
    ClaimKind.EXPERIENCE: "experience",
    ClaimKind.EVENT: "event",
    ClaimKind.QUANTITY: "quantity",
}


def find_features(
    reading: Reading, clause: Clause, kind: ClaimKind, facts: dict[str, object], claimant: str | None
) -> frozenset[str]:
    """Names in `worthiness.FEATURES`."""
    text = reading.words_of(sorted(clause.whole))
    words = reading.tree.words
    present = {
        _KINDS.get(kind, ""): True,
        "dated": "date" in facts,
        "attributed": bool(claimant),
        "anonymous": bool(claimant and is_anonymous(claimant)),
        "named": any(words[i].upos == "PROPN" for i in clause.whole),
        "comparison": is_comparison(text),
        "opinion": is_opinion(text),
        "minor": any(q.is_minor and q.first in clause.whole for q in reading.quantities) and kind is ClaimKind.QUANTITY,
        "vague": is_vague(text),
    }
    return frozenset(name for name, is_so in present.items() if is_so and name)
