"""The review queue: claims come in, their seats wait in order."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.enums import ClaimStatus, EventKind, ExtractionStatus, SeatStatus
from claims.jobs import QUEUE_CLAIMS, enqueue_on_commit
from claims.lifecycle import move
from claims.models import ArticleVersion, Assignment, Claim, Reviewer, Seat
from claims.notifications.routing import tell_claims_waiting


def claims_to_queue() -> QuerySet[Claim]:
    """Extracted claims at or above the desk's threshold."""
    return Claim.objects.filter(
        status=ClaimStatus.EXTRACTED, check_worthiness__gte=settings.CLAIM_THRESHOLD, added_by=None
    )


BATCH = 200  # claims a job queues in one transaction; far below what its time limit allows


@transaction.atomic
def queue_claims(version_id: int) -> None:
    """Open a seat for the best claims of the version that deserve one, and tell the reviewers once.

    What is over a batch is left to a following job.
    """
    version = ArticleVersion.objects.select_for_update().filter(pk=version_id).first()
    if version is None:
        return
    deserving = claims_to_queue().filter(pk__in=version.appearances.values("claim"))
    total = deserving.count()
    best = list(deserving.order_by("-check_worthiness", "id").values_list("pk", flat=True)[:BATCH])
    # Under their locks, in the order of all who lock several: others may be moving the same claims.
    locked = deserving.filter(pk__in=best).select_for_update().order_by("id").values_list("pk", flat=True)
    queued = sorted((queue_claim(claim_id) for claim_id in locked), key=lambda claim: -claim.check_worthiness)
    if queued:
        tell_claims_waiting(version, queued, total)
    if total > len(queued):
        enqueue_on_commit(QUEUE_CLAIMS, version_id)


def queue_claim(claim_id: int, kind: EventKind = EventKind.QUEUED, **how: object) -> Claim:
    """Move a claim into the queue and open a seat for it (`how` as for `lifecycle.move`)."""
    claim, _ = move(claim_id, ClaimStatus.QUEUED, kind, **how)  # type: ignore[arg-type]
    last = claim.seats.aggregate(last=Max("number"))["last"] or 0
    Seat.objects.create(claim=claim, number=last + 1, priority=claim.check_worthiness)
    return claim


def open_seats_for(reviewer: Reviewer) -> QuerySet[Seat]:
    """Open seats that this person may take, best first: never on a claim they added or sit on."""
    own = Assignment.objects.filter(claim=OuterRef("claim"), reviewer=reviewer)
    sits = own.filter(Q(closed_at=None) | Q(outcome="verdict"))
    return (
        Seat.objects.filter(~Exists(sits), status=SeatStatus.OPEN)
        .exclude(claim__added_by=reviewer)
        .order_by("-priority", "id")
    )


@transaction.atomic
def wake_unqueued_versions() -> int:
    """The sweep: versions that are extracted, with claims that should be queued and are not. Returns how many."""
    waiting = claims_to_queue().filter(appearances__version=OuterRef("pk"))
    cutoff = timezone.now() - timedelta(seconds=settings.SWEEP_AFTER_SECONDS)
    versions = ArticleVersion.objects.filter(
        Exists(waiting), extraction_status=ExtractionStatus.EXTRACTED, extracted_at__lt=cutoff, woken_at__lt=cutoff
    )
    ids = list(versions.select_for_update(skip_locked=True).order_by("woken_at").values_list("pk", flat=True)[:500])
    ArticleVersion.objects.filter(pk__in=ids).update(woken_at=timezone.now())
    for version_id in ids:
        enqueue_on_commit(QUEUE_CLAIMS, version_id)
    return len(ids)
