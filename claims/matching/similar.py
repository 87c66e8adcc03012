"""Whether a claim has been said, or checked, before: claims like it, with why they are alike."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from claims.enums import ClaimStatus
from claims.lifecycle import DECIDED
from claims.matching.candidates import find_candidates
from claims.matching.likeness import ALIKE, Comparable, Likeness, compare
from claims.models import Claim, Reviewer
from claims.permissions import visible_claims

MOST_SHOWN = 10
_COMPARED = ("headline", "stand_alone", "facts", "claimant")


@dataclass(frozen=True)
class Match:
    """`claim` is one of `visible_claims`, with its `shown_status`, article, claimant and rating at hand."""

    claim: Any
    likeness: Likeness

    @property
    def is_checked(self) -> bool:
        return self.claim.status in DECIDED


def similar_claims(person: Reviewer, claim: Claim, limit: int = MOST_SHOWN) -> list[Match]:
    """Claims that the person may see and that are like this one, the likest first.

    At most `limit` that are checked and `limit` others, so that no earlier fact-check drowns in repetitions. Neither
    the claim itself is among them, nor what it is a duplicate of, nor any duplicate: it is left to what it repeats.
    """
    claims = visible_claims(person).exclude(status=ClaimStatus.DUPLICATE)
    best = _choose(_compare_all(claim, claims), limit)
    related = claims.select_related("article", "claimant", "rating__scale")
    found = related.in_bulk([pk for pk, _ in best])
    return [Match(found[pk], likeness) for pk, likeness in best if pk in found]


def _compare_all(claim: Claim, claims: QuerySet[Claim]) -> list[tuple[bool, int, Likeness]]:
    """Whether it is checked, its number, and how alike it is: of each that is alike."""
    own = Comparable.of(claim.headline, claim.stand_alone, claim.facts, claim.claimant_id)
    others = find_candidates(claims, own.said) - {claim.pk, claim.duplicate_of_id}
    rows = claims.filter(pk__in=others).values_list("status", "pk", *_COMPARED)
    compared = [(status in DECIDED, pk, compare(own, Comparable.of(*texts))) for status, pk, *texts in rows]
    return [one for one in compared if one[2].degree >= ALIKE]


def _choose(alike: list[tuple[bool, int, Likeness]], limit: int) -> list[tuple[int, Likeness]]:
    """The best of both sorts; of equally alike ones the checked before the others, and the newest first."""
    ranked = sorted(alike, key=lambda one: (-one[2].degree, not one[0], -one[1]))
    chosen = [one for sort in (True, False) for one in [row for row in ranked if row[0] is sort][:limit]]
    return [(pk, likeness) for _, pk, likeness in sorted(chosen, key=ranked.index)]
