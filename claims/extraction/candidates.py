"""What the extractor hands out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from claims.enums import ClaimKind
from claims.extraction.tokens import Span


@dataclass(frozen=True)
class Candidate:
    """A claim that can be checked. `text[start:end] == quote` for the text it was found in.

    `facts` may hold `quantity` (see `facts.Amount`) and `date` (EDTF). `check_worthiness` is the logistic function of
    the sum of the weights in `reasons`, the base included. `stand_alone` says the claim without its context.
    """

    headline: str
    quote: str
    start: int
    end: int
    sentence: str
    kind: ClaimKind
    claimant: str | None
    facts: dict[str, object]
    check_worthiness: float
    reasons: list[dict[str, object]]
    stand_alone: str = ""

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON, keys in the order of the contract."""
        return asdict(self) | {"kind": self.kind.value}


class Traits(NamedTuple):
    """What is asked of a clause: names with 1 each, or a measure, and the mean of its words' states [384]."""

    named: Mapping[str, float]
    state: Any


class Draft(NamedTuple):
    """A claim still within its sentence: `span` counts from there; `features` are names to judge by.

    `traits` say whether a clause is a claim at all; a figure or an event has none.
    """

    span: Span
    headline: str
    kind: ClaimKind
    facts: dict[str, object]
    claimant: str | None
    features: frozenset[str]
    stand_alone: str = ""
    traits: Traits | None = None
