"""The hash chain of a claim's events: how one is appended, and how a chain is checked."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from claims.enums import EventKind
from claims.kept_queries import save_fields
from claims.models import Claim, ClaimEvent, Reviewer

FIRST_PREVIOUS_HASH = "0" * 64
END_OF_CHAIN = ("last_event_number", "last_event_hash")  # of a claim: to be saved whenever an event is


def append_event(claim: Claim, kind: EventKind, **content: Any) -> ClaimEvent:
    """Add the next event of a claim (`content` as for `build_event`).

    The caller holds the claim's row lock and has read the claim under it, which is what keeps the numbers in a line.
    """
    event = build_event(claim, kind, **content)
    event.save(force_insert=True)
    save_fields(claim, *END_OF_CHAIN)
    return event


def build_event(
    claim: Claim,
    kind: EventKind,
    *,
    actor: Reviewer | None = None,
    at: datetime | None = None,
    from_status: str = "",
    to_status: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> ClaimEvent:
    """The unsaved event that follows the claim's last; the claim's END_OF_CHAIN is set, and to be saved with it."""
    event = ClaimEvent(
        claim=claim,
        number=claim.last_event_number + 1,
        kind=kind,
        actor=actor,
        at=at or timezone.now(),
        from_status=from_status,
        to_status=to_status,
        reason=reason,
        details=details or {},
        previous_hash=claim.last_event_hash,
    )
    event.hash = hash_event(event)
    claim.last_event_number, claim.last_event_hash = event.number, event.hash
    return event


def hash_event(event: ClaimEvent) -> str:
    """SHA-256 over the event's canonical JSON, the previous hash included."""
    return hashlib.sha256(json.dumps(content_of(event), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def content_of(event: ClaimEvent) -> dict[str, Any]:
    """What the hash is taken of, as JSON has it."""
    return {
        "claim": event.claim_id,
        "number": event.number,
        "kind": str(event.kind),
        "actor": event.actor_id,
        "at": event.at.isoformat(timespec="microseconds"),
        "from_status": str(event.from_status),
        "to_status": str(event.to_status),
        "reason": event.reason,
        "details": event.details,
        "previous_hash": event.previous_hash,
    }


def find_break(claim: Claim, events: Iterable[ClaimEvent]) -> str | None:
    """Where a claim's chain (its events in order) breaks first, in words; None if it holds to the end it knows of."""
    number, previous_hash = 0, FIRST_PREVIOUS_HASH
    for number, event in enumerate(events, start=1):
        if event.number != number:
            return f"event {number} is missing"
        if event.previous_hash != previous_hash:
            return f"event {number} does not follow the one before it"
        if event.hash != hash_event(event):
            return f"event {number} was changed after it was written"
        previous_hash = event.hash
    if claim.last_event_number > number:
        return f"event {number + 1} is missing, and all after it"
    if (claim.last_event_number, claim.last_event_hash) != (number, previous_hash):
        return f"the claim knows of {claim.last_event_number} events, and another last one"
    return None
