"""Another reading's changes to the claims that are there; the caller holds their row locks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claims.enums import ClaimStatus, DismissalReason, EventKind
from claims.history import END_OF_CHAIN, build_event
from claims.intake.comparing import LABEL, Refresh
from claims.lifecycle import move_locked, withdraw_open_seats
from claims.marked import stored
from claims.models import ArticleVersion, Claim, Claimant, ClaimEvent
from claims.notifications.webhooks import tell_of_claim
from claims.priority import refresh_priority

NOT_FOUND = stored("Extractor %(extractor)s no longer finds this claim in version %(number)s of the article.")
FOUND_AGAIN = stored("Extractor %(extractor)s finds this claim again in version %(number)s of the article.")
_BATCH = 500
_WRITTEN = (*LABEL, "extractor", *END_OF_CHAIN)


def refresh_claims(
    version: ArticleVersion, refreshed: Sequence[Refresh], claimants: Mapping[str, Claimant], extractor: str
) -> None:
    """Give claims their new label; each that differs keeps the old one in its history."""
    changed = [refresh for refresh in refreshed if refresh.changes]
    for refresh in changed:
        _relabel(refresh, claimants, extractor)
    _append_events(changed, {"version": version.number, "extractor": extractor})
    Claim.objects.bulk_update([refresh.claim for refresh in changed], _WRITTEN, batch_size=_BATCH)
    unchanged = {refresh.claim.pk for refresh in refreshed if not refresh.changes}
    Claim.objects.filter(pk__in=unchanged).update(extractor=extractor)
    refresh_priority(refresh.claim.pk for refresh in changed)


def _relabel(refresh: Refresh, claimants: Mapping[str, Claimant], extractor: str) -> None:
    label = refresh.label | {"claimant": claimants.get(refresh.label["claimant"]), "extractor": extractor}
    for name, value in label.items():
        setattr(refresh.claim, name, value)


def _append_events(changed: Sequence[Refresh], details: Mapping[str, Any]) -> None:
    events = ClaimEvent.objects.bulk_create(
        build_event(refresh.claim, EventKind.RELABELLED, details={**details, "changes": refresh.changes})
        for refresh in changed
    )
    for refresh, event in zip(changed, events, strict=True):
        tell_of_claim(refresh.claim, event)


def retire_claims(version: ArticleVersion, claims: Iterable[Claim], extractor: str) -> None:
    """Put aside what a newer extractor no longer finds, as a dismissal does, with the reason."""
    reason = NOT_FOUND % {"extractor": extractor, "number": version.number}
    for claim in claims:
        move_locked(
            claim,
            ClaimStatus.DISMISSED,
            EventKind.RETIRED,
            reason=reason,
            details=_details(version, extractor),
            dismissed_as=DismissalReason.NO_LONGER_FOUND,
        )
        withdraw_open_seats(claim)


def bring_back_claims(version: ArticleVersion, claims: Iterable[Claim], extractor: str) -> None:
    """What an extractor had retired and this one finds is extracted again; whether it is queued is decided as ever."""
    reason = FOUND_AGAIN % {"extractor": extractor, "number": version.number}
    for claim in claims:
        details = _details(version, extractor)
        move_locked(
            claim, ClaimStatus.EXTRACTED, EventKind.FOUND_AGAIN, reason=reason, details=details, dismissed_as=""
        )


def _details(version: ArticleVersion, extractor: str) -> dict[str, Any]:
    return {"version": version.number, "extractor": extractor}
