"""What the desk's figures count, once: the numbers and the lists of claims behind them begin at the same rows.

They are rows that the person may see: how many have judged a claim in a running blind review, and whether anybody
still sits there, would tell that verdicts differ.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.enums import AssignmentOutcome, ClaimStatus, EventKind, SeatStatus
from claims.lifecycle import DECIDED
from claims.models import Assignment, Claim, ClaimEvent, Reviewer, Seat
from claims.permissions import visible_assignments, visible_events
from claims.review.period import Period

IS_OPEN = Q(status=SeatStatus.OPEN)
IS_TAKEN = Q(status=SeatStatus.TAKEN)
IS_OVERDUE = Q(is_overdue=True)

HAPPENED = {
    "queued": (EventKind.QUEUED,),
    "decisions": (EventKind.DECIDED, EventKind.ADJUDICATED),
    "dismissals": (EventKind.DISMISSED,),
}


def live_seats(person: Reviewer) -> QuerySet[Seat]:
    """Those that wait for somebody, and those where the person may know that somebody sits."""
    is_held = Q(Exists(visible_assignments(person).filter(seat=OuterRef("pk"), closed_at=None)))
    return Seat.objects.filter(IS_OPEN | (IS_TAKEN & is_held))


def first_turns(person: Reviewer, period: Period) -> QuerySet[Assignment]:
    """The first taking of each seat, in the period.

    Seats of a later round are left out: they wait at the place of the first ones, not since they were opened.
    """
    earlier = Seat.objects.filter(
        claim=OuterRef("claim"), created_at=OuterRef("seat__created_at"), round__lt=OuterRef("seat__round")
    )
    return visible_assignments(person).filter(period.holds("taken_at"), ~Exists(earlier), fence=1)


def decided_claims(period: Period) -> QuerySet[Claim]:
    """Decided in the period, and still so."""
    return Claim.objects.filter(period.holds("decided_at"), status__in=DECIDED)


def happenings(person: Reviewer, period: Period) -> QuerySet[ClaimEvent]:
    """Events of the kinds in HAPPENED.

    Nobody is blind to what lies before a review, or to its beginning; nor to a decision, or to what was one before the
    review that runs. That a claim is dismissed now is plain; a dismissal that was undone is not.
    """
    events = ClaimEvent.objects.filter(period.holds("at"))
    plain = [*HAPPENED["queued"], *HAPPENED["decisions"]]
    seen = ClaimEvent.objects.filter(claim__status=ClaimStatus.DISMISSED) | visible_events(person)
    dismissals = seen.filter(period.holds("at"), kind__in=HAPPENED["dismissals"])
    return events.filter(Q(kind__in=plain) | Q(pk__in=dismissals.values("pk")))


def put_aside(period: Period) -> QuerySet[ClaimEvent]:
    """Of each claim that was dismissed last in the period, and still is, the event that did it."""
    later = ClaimEvent.objects.filter(
        claim=OuterRef("claim"), number__gt=OuterRef("number"), to_status=ClaimStatus.DISMISSED
    )
    dismissed = ClaimEvent.objects.filter(to_status=ClaimStatus.DISMISSED, claim__status=ClaimStatus.DISMISSED)
    return dismissed.filter(period.holds("at"), ~Exists(later))


def is_judged(period: Period) -> Q:
    """Of turns, as the next two: those that ended with a verdict."""
    return Q(period.holds("closed_at"), outcome=AssignmentOutcome.VERDICT)


def has_lapsed(period: Period) -> Q:
    return Q(period.holds("closed_at"), outcome=AssignmentOutcome.LAPSED)


def is_held_now() -> Q:
    return Q(closed_at=None, expires_at__gt=timezone.now())
