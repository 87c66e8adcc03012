"""Evidence for and against a claim."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.enums import EventKind
from claims.exceptions import DeskError
from claims.history import append_event
from claims.lifecycle import lock_claim
from claims.models import Claim, Evidence, Reviewer
from claims.permissions import Power, require

FIELDS = frozenset({"url", "title", "publisher", "quote", "stance", "is_primary"})


@transaction.atomic
def add_evidence(person: Reviewer, claim_id: int, **fields: Any) -> Evidence:
    """Add evidence to a claim (`fields` of FIELDS). Raises DeskError for a field that does not hold."""
    require(person, Power.REVIEW)
    return create_evidence(person, lock_claim(claim_id), fields)


def create_evidence(person: Reviewer, claim: Claim, fields: dict[str, Any]) -> Evidence:
    """As `add_evidence`, for a caller that holds the claim's lock."""
    if unknown := sorted(fields.keys() - FIELDS):
        raise DeskError(f"Evidence: it has no {', '.join(unknown)}.", code="evidence")
    if not str(fields.get("url", "")).startswith(("http://", "https://")):
        raise DeskError("Evidence: its address must begin with http:// or https://.", code="evidence")
    evidence = Evidence(claim=claim, added_by=person, **fields)
    try:
        evidence.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise DeskError("Evidence: " + "; ".join(error.messages), code="evidence") from error
    evidence.save()
    append_event(claim, EventKind.EVIDENCE_ADDED, actor=person, details={"evidence": evidence.pk, "url": evidence.url})
    return evidence
