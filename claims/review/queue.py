"""The review queue: claims come in, their seats wait in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, IsNull
from django.utils import timezone

from claims.enums import ClaimStatus, EventKind, ExtractionStatus, Role, SeatStatus
from claims.jobs import QUEUE_CLAIMS, enqueue_on_commit
from claims.lifecycle import lock_claim
from claims.models import ArticleVersion, Assignment, Claim, Reviewer, Seat, SignOffRule
from claims.notifications.routing import UNKNOWN_LANGUAGES, tell_claims_waiting
from claims.permissions import roles_of
from claims.review.policy import rules_in_force
from claims.review.rounds import begin_review


def claims_to_queue() -> QuerySet[Claim]:
    """Extracted claims at or above the desk's threshold."""
    return Claim.objects.filter(
        status=ClaimStatus.EXTRACTED, check_worthiness__gte=settings.CLAIM_THRESHOLD, added_by=None
    )


BATCH = 200  # claims a job queues in one transaction; far below what its time limit allows


@transaction.atomic
def queue_claims(version_id: int) -> None:
    """Open seats for the best claims of the version that deserve them, and tell the reviewers once.

    What is over a batch is left to a following job.
    """
    version = ArticleVersion.objects.select_for_update().filter(pk=version_id).first()
    if version is None:
        return
    deserving = claims_to_queue().filter(pk__in=version.appearances.values("claim"))
    total = deserving.count()
    best = list(deserving.order_by("-check_worthiness", "id").values_list("pk", flat=True)[:BATCH])
    # Under their locks, in the order of all who lock several: others may be moving the same claims.
    locked = list(deserving.filter(pk__in=best).select_for_update(of=("self",)).order_by("id"))
    rules = list(rules_in_force())
    for claim in locked:
        begin_review(claim, EventKind.QUEUED, rules)
    if locked:
        tell_claims_waiting(version, sorted(locked, key=lambda claim: -claim.check_worthiness), total)
    if total > len(locked):
        enqueue_on_commit(QUEUE_CLAIMS, version_id)


@transaction.atomic
def queue_claim(claim_id: int, rules: Sequence[SignOffRule] = (), *, actor: Reviewer | None = None) -> Claim:
    """Move an extracted claim into the queue."""
    claim = lock_claim(claim_id)
    begin_review(claim, EventKind.QUEUED, rules, actor=actor)
    return claim


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to judge; what is empty does not matter. `topic` is a section of the outlet, in any case."""

    kind: str = ""
    outlet: str = ""
    topic: str = ""
    language: str = ""

    def narrow(self, seats: QuerySet[Seat]) -> QuerySet[Seat]:
        return seats.filter(**{f"claim__{lookup}": value for lookup, value in self._lookups().items()})

    def narrow_claims(self, claims: QuerySet[Claim]) -> QuerySet[Claim]:
        return claims.filter(**self._lookups())

    def _lookups(self) -> dict[str, str]:
        lookups = {
            "kind": self.kind,
            "article__outlet": self.outlet,
            "article__section__iexact": self.topic,
            "article__language": self.language,
        }
        return {lookup: value for lookup, value in lookups.items() if value}


EVERYTHING = Wanted()
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def open_seats_for(reviewer: Reviewer) -> QuerySet[Seat]:
    """Open seats that this person may take now, best first."""
    open_seats = Seat.objects.filter(is_free_for(reviewer), status=SeatStatus.OPEN)
    return open_seats.order_by("-is_overdue", "-priority", "id")


def is_free_for(reviewer: Reviewer) -> Q:
    """Of a seat: that the person may take it as soon as it is open."""
    # As one_person_sits_once_per_claim has it, so that its index answers.
    return _may_sit(_turns_of(reviewer).filter(Q(closed_at=None) | Q(outcome="verdict")), reviewer)


def seats_for(reviewer: Reviewer) -> QuerySet[Seat]:
    """Seats, free or not, at which this person may sit: never of a claim they added, judged, or have adjudicated."""
    return Seat.objects.filter(_may_sit(_turns_of(reviewer).filter(outcome="verdict"), reviewer))


def _turns_of(reviewer: Reviewer) -> QuerySet[Assignment]:
    return Assignment.objects.filter(claim=OuterRef("claim"), reviewer=reviewer)


def _may_sit(turns: QuerySet[Assignment], reviewer: Reviewer) -> Q:
    """No such turn is theirs, the claim was not added by them, and they have not been shown its verdicts."""
    # A person has one at most. A sub-select is looked up for each seat; an EXISTS may be joined with all they ever had.
    may = Q(IsNull(Subquery(turns.order_by().values("pk")), True)) & ~Q(claim__added_by=reviewer)
    if adjudicates := roles_of(reviewer) & {Role.EDITOR, Role.ADMINISTRATOR}:
        may &= ~Q(
            claim__rule__is_blind=True,
            claim__rule__adjudicated_by__in=adjudicates,
            claim__round__gt=F("claim__first_round"),
        )
    return may


def seats_suiting(reviewer: Reviewer, seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Those about the topics, and in the languages, that the person reads; an unknown language is everybody's."""
    if reviewer.languages:
        seats = seats.filter(claim__article__language__in=[*UNKNOWN_LANGUAGES, *reviewer.languages])
    if reviewer.topics:
        named = Q()
        for topic in reviewer.topics:
            named |= Q(claim__article__section__iexact=topic.strip())
        seats = seats.filter(named)
    return seats


def lapsed(now: datetime) -> QuerySet[Assignment]:
    """Turns that have run out, and that nobody has ended yet."""
    return Assignment.objects.filter(closed_at=None, expires_at__lte=now)


def nothing_lapsed(now: datetime) -> GreaterThan:
    """That there is none of `lapsed`: the next to run out is still to come. An index has it first."""
    ends = Assignment.objects.filter(closed_at=None).order_by("expires_at").values("expires_at")
    return GreaterThan(Coalesce(Subquery(ends[:1]), _NEVER), now)


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
