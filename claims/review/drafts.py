"""What a reviewer has typed is theirs until it is handed in."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import AssignmentOutcome
from claims.exceptions import Conflict
from claims.lifecycle import lock_claim
from claims.models import Claim, Draft, Rating, Reviewer
from claims.permissions import Power, require


class Window(NamedTuple):
    """A window of a browser: its own name, and which draft it showed first or was told of last (`moment_of`).

    With None for the latter it saves over whatever is there.
    """

    name: str
    seen: str | None = None


class DraftChanged(Conflict):
    """Another window has saved. `seen` is what this one has to bring, to save over it."""

    def __init__(self, seen: str) -> None:
        super().__init__(_("Something newer was typed about this claim in another window."), code="draft_changed")
        self.seen = seen


def moment_of(draft: Draft | None) -> str:
    """Which draft this is; empty: none."""
    return draft.updated_at.isoformat() if draft else ""


def _check_window(window: Window, draft: Draft | None) -> None:
    is_own = draft is not None and window.name and draft.window == window.name
    if window.seen is not None and not is_own and moment_of(draft) != window.seen:
        raise DraftChanged(moment_of(draft))


@transaction.atomic
def save_draft(
    person: Reviewer,
    claim: Claim,
    *,
    rating: Rating | None = None,
    explanation: str = "",
    evidence: Sequence[dict[str, Any] | int] = (),
    window: Window | None = None,
) -> Draft:
    """Keep what the person has typed about a claim. The latest saving wins, but for a window that knows of none later.

    Raises Conflict when their verdict is in: a saving that was on its way must not come back as a draft; DraftChanged
    when another window has saved since this one was opened.
    """
    require(person, Power.REVIEW)
    lock_claim(claim.pk)
    if claim.assignments.filter(reviewer=person, outcome=AssignmentOutcome.VERDICT).exists():
        raise Conflict(_("Your verdict on this claim is already recorded."), code="verdict_recorded")
    if window:
        _check_window(window, Draft.objects.filter(claim=claim, reviewer=person).first())
    content = {
        "rating": rating,
        "explanation": explanation,
        "evidence": list(evidence),
        "updated_at": timezone.now(),
        "window": window.name if window else "",
    }
    draft, _is_new = Draft.objects.update_or_create(claim=claim, reviewer=person, defaults=content)
    return draft
