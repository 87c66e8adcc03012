"""Which claims are still the machine's alone."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.enums import ClaimStatus, EventKind
from claims.models import Assignment, Claim, ClaimEvent, Draft, Evidence


def untouched(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those that no person has added, taken, been given, written about or moved: the only ones a machine may change.

    The answer holds as long as the caller holds the claims' row locks, taken before asking.
    """
    of_the_claim = {"claim": OuterRef("pk")}
    worked_on = (
        Exists(Assignment.objects.filter(**of_the_claim))
        | Exists(Evidence.objects.filter(**of_the_claim))
        | Exists(Draft.objects.filter(**of_the_claim))
        | Exists(ClaimEvent.objects.filter(**of_the_claim, actor__isnull=False))
        | Exists(Claim.objects.filter(duplicate_of=OuterRef("pk")))
    )
    was_retired = Exists(ClaimEvent.objects.filter(**of_the_claim, kind=EventKind.RETIRED))
    waits = Q(status__in=[ClaimStatus.EXTRACTED, ClaimStatus.QUEUED])
    return claims.filter(waits | (Q(status=ClaimStatus.DISMISSED) & was_retired), ~worked_on, added_by=None)


def retired(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those that a newer extractor has put aside, and nobody has looked after since."""
    return untouched(claims).filter(status=ClaimStatus.DISMISSED)
