"""Claims that people have judged worth or not worth checking: what the desk teaches the extractor."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from claims.enums import Choice, ClaimStatus, EventKind
from claims.models import Appearance, Claim, ClaimEvent


class Judgement(Choice):
    WORTH = "worth"
    NOT_WORTH = "not_worth"
    MISSED = "missed"  # a person added it, and the machine found nothing there


# A turn that was only taken says nothing yet. `extracted` with a person behind it is a claim added by hand.
_JUDGING = (
    EventKind.EXTRACTED,
    EventKind.EVIDENCE_ADDED,
    EventKind.VERDICT_RECORDED,
    EventKind.DISMISSED,
    EventKind.REOPENED,
)


def judged_claims() -> QuerySet[Any]:
    """Claims, each with its `judgement`, and when (`judged_at`) and why (`judged_because`) it was last judged.

    The last word counts: a dismissal that was undone is none. What the machine put aside by itself is no judgement.
    """
    by_people = ClaimEvent.objects.filter(claim=OuterRef("pk"), actor__isnull=False, kind__in=_JUDGING)
    last = by_people.order_by("-number")
    return (
        Claim.objects.annotate(
            judged_as=Subquery(last.values("kind")[:1]),
            judged_at=Subquery(last.values("at")[:1]),
            judged_because=Subquery(last.values("reason")[:1]),
        )
        .exclude(judged_as=None)
        .exclude(~Q(judged_as=EventKind.DISMISSED), status=ClaimStatus.DISMISSED)
        .annotate(judgement=_judgement())
    )


def _judgement() -> Case:
    return Case(
        When(status=ClaimStatus.DISMISSED, then=Value(Judgement.NOT_WORTH)),
        When(Q(added_by=None) | Exists(_found_by_machine()), then=Value(Judgement.WORTH)),
        default=Value(Judgement.MISSED),
        output_field=CharField(),
    )


def _found_by_machine() -> QuerySet[Appearance]:
    """Words of claims that the machine found and nobody put aside, within the words of the claim at hand."""
    own = Appearance.objects.filter(
        claim=OuterRef(OuterRef("pk")),
        version=OuterRef("version"),
        start__lt=OuterRef("end"),
        end__gt=OuterRef("start"),
    )
    return Appearance.objects.filter(Exists(own), claim__added_by=None, version__article=OuterRef("article")).exclude(
        claim__status=ClaimStatus.DISMISSED
    )
