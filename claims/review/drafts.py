"""What a reviewer has typed is theirs until it is handed in."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from claims.models import Claim, Draft, Rating, Reviewer
from claims.permissions import Power, require


def save_draft(
    person: Reviewer,
    claim: Claim,
    *,
    rating: Rating | None = None,
    explanation: str = "",
    evidence: Sequence[dict[str, Any] | int] = (),
) -> Draft:
    """Keep what the person has typed about a claim; the latest saving wins."""
    require(person, Power.REVIEW)
    content = {
        "rating": rating,
        "explanation": explanation,
        "evidence": list(evidence),
        "updated_at": timezone.now(),
    }
    draft, _ = Draft.objects.update_or_create(claim=claim, reviewer=person, defaults=content)
    return draft
