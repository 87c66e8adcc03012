"""Saved views of the queue: what people ask for all day, each of it of claims under review."""

from enum import StrEnum

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.admin.queue_search import MOST_FOUND
from claims.enums import ClaimStatus, SeatStatus
from claims.lifecycle import UNDER_REVIEW
from claims.models import Claim, Reviewer, Seat
from claims.permissions import Power, can, own_assignments, visible_verdicts


class View(StrEnum):
    ALL = ""
    MINE = "mine"
    OVERDUE = "overdue"
    SECOND_VERDICT = "second-verdict"
    CONTESTED = "contested"

    @property
    def words(self) -> Promise:
        return _WORDS[self]

    @property
    def statuses(self) -> frozenset[ClaimStatus]:
        """What its claims show as their status. To the blind, none shows that it is contested."""
        if self is View.ALL:
            return frozenset(ClaimStatus)
        return frozenset({ClaimStatus.IN_ADJUDICATION}) if self is View.CONTESTED else UNDER_REVIEW


_WORDS = {
    View.ALL: _("All"),
    View.MINE: _("Mine"),
    View.OVERDUE: _("Overdue"),
    View.SECOND_VERDICT: _("Needs second verdict"),
    View.CONTESTED: _("Contested"),
}


def views_for(person: Reviewer) -> list[View]:
    """All of them to everybody, so that which are offered tells nothing; who cannot hold a claim needs no "Mine"."""
    return [view for view in View if view is not View.MINE or can(person, Power.REVIEW)]


def gather(person: Reviewer, view: View, claims: QuerySet[Claim]) -> list[int] | None:
    """Which of the claims are in the view, or None where the order of the queue finds them by itself."""
    if view is View.MINE:
        held = own_assignments(person).filter(closed_at=None, expires_at__gt=timezone.now())
        return list(held.filter(claim__in=claims).values_list("claim", flat=True))
    return _half_judged(person, claims) if view is View.SECOND_VERDICT else None


def narrow_to(view: View, claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Of a view that is not gathered, too: a search must not spend what it may find on claims outside of it."""
    late = Seat.objects.filter(claim=OuterRef("pk"), is_overdue=True)
    return claims.filter(Exists(late)) if view is View.OVERDUE else claims


def _half_judged(person: Reviewer, claims: QuerySet[Claim]) -> list[int]:
    """A verdict of the round is in and seats are open, as far as the person may know of that verdict."""
    claim = "assignment__claim"
    free = Seat.objects.filter(claim=OuterRef(claim), round=OuterRef(f"{claim}__round"), status=SeatStatus.OPEN)
    verdicts = visible_verdicts(person).filter(Exists(free), assignment__seat__round=F(f"{claim}__round"))
    found = verdicts.filter(assignment__claim__in=claims).order_by(f"-{claim}").values_list(claim, flat=True)
    return list(found.distinct()[: MOST_FOUND + 1])
