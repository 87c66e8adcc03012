"""Another reading's changes to the claims that are there; the caller holds their row locks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, Subquery

from claims.enums import ClaimStatus, EventKind, SeatStatus
from claims.history import build_event
from claims.intake.comparing import LABEL, Refresh
from claims.lifecycle import move, withdraw_open_seats
from claims.models import ArticleVersion, Claim, Claimant, ClaimEvent, Seat

_BATCH = 500
_WRITTEN = (*LABEL, "extractor")


def refresh_claims(
    version: ArticleVersion, refreshed: Sequence[Refresh], claimants: Mapping[str, Claimant], extractor: str
) -> None:
    """Give claims their new label; each that differs keeps the old one in its history."""
    changed = [refresh for refresh in refreshed if refresh.changes]
    for refresh in changed:
        _relabel(refresh, claimants, extractor)
    Claim.objects.bulk_update([refresh.claim for refresh in changed], _WRITTEN, batch_size=_BATCH)
    unchanged = {refresh.claim.pk for refresh in refreshed if not refresh.changes}
    Claim.objects.filter(pk__in=unchanged).update(extractor=extractor)
    _append_events(changed, {"version": version.number, "extractor": extractor})
    _move_in_queue([refresh.claim for refresh in changed])


def _relabel(refresh: Refresh, claimants: Mapping[str, Claimant], extractor: str) -> None:
    label = refresh.label | {"claimant": claimants.get(refresh.label["claimant"]), "extractor": extractor}
    for name, value in label.items():
        setattr(refresh.claim, name, value)


def _append_events(changed: Sequence[Refresh], details: Mapping[str, Any]) -> None:
    claims = [refresh.claim for refresh in changed]
    newest = ClaimEvent.objects.filter(claim__in=claims).order_by("claim_id", "-number").distinct("claim_id")
    last = {event.claim_id: event for event in newest}
    ClaimEvent.objects.bulk_create(
        build_event(
            refresh.claim,
            last.get(refresh.claim.pk),
            EventKind.RELABELLED,
            details={**details, "changes": refresh.changes},
        )
        for refresh in changed
    )


def _move_in_queue(claims: Sequence[Claim]) -> None:
    """An open seat waits in the order of its claim's check-worthiness."""
    worth = Claim.objects.filter(pk=OuterRef("claim")).values("check_worthiness")
    Seat.objects.filter(claim__in=claims, status=SeatStatus.OPEN).update(priority=Subquery(worth))


def retire_claims(version: ArticleVersion, claims: Iterable[Claim], extractor: str) -> None:
    """Put aside what a newer extractor no longer finds, as a dismissal does, with the reason."""
    reason = f"Extractor {extractor} no longer finds this claim in version {version.number} of the article."
    for claim in claims:
        move(claim.pk, ClaimStatus.DISMISSED, EventKind.RETIRED, reason=reason, details=_details(version, extractor))
        withdraw_open_seats(claim)


def bring_back_claims(version: ArticleVersion, claims: Iterable[Claim], extractor: str) -> None:
    """What an extractor had retired and this one finds is extracted again; whether it is queued is decided as ever."""
    reason = f"Extractor {extractor} finds this claim again in version {version.number} of the article."
    for claim in claims:
        move(
            claim.pk, ClaimStatus.EXTRACTED, EventKind.FOUND_AGAIN, reason=reason, details=_details(version, extractor)
        )


def _details(version: ArticleVersion, extractor: str) -> dict[str, Any]:
    return {"version": version.number, "extractor": extractor}
