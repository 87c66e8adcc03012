"""What a reviewer has typed is theirs until it is handed in."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.enums import AssignmentOutcome
from claims.exceptions import Conflict
from claims.lifecycle import lock_claim
from claims.models import Claim, Draft, Rating, Reviewer
from claims.permissions import Power, require


@transaction.atomic
def save_draft(
    person: Reviewer,
    claim: Claim,
    *,
    rating: Rating | None = None,
    explanation: str = "",
    evidence: Sequence[dict[str, Any] | int] = (),
) -> Draft:
    """Keep what the person has typed about a claim; the latest saving wins.

    Raises Conflict when their verdict is in: a saving that was on its way must not come back as a draft.
    """
    require(person, Power.REVIEW)
    lock_claim(claim.pk)
    if claim.assignments.filter(reviewer=person, outcome=AssignmentOutcome.VERDICT).exists():
        raise Conflict("Your verdict on this claim is already recorded.", code="verdict_recorded")
    content = {
        "rating": rating,
        "explanation": explanation,
        "evidence": list(evidence),
        "updated_at": timezone.now(),
    }
    draft, _ = Draft.objects.update_or_create(claim=claim, reviewer=person, defaults=content)
    return draft
