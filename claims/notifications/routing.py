"""Who hears of what."""

from collections.abc import Sequence

from claims.enums import EmailKind
from claims.models import ArticleVersion, Assignment, Claim, Verdict
from claims.notifications.outbox import queue_email
from claims.permissions import Power, people_who_can


def tell_claims_waiting(version: ArticleVersion, claims: Sequence[Claim], total: int) -> None:
    """Everybody who reviews: an article brought `total` claims, the best of them first in `claims`.

    One mail an article version, whatever their number.
    """
    context = {"article": version.article, "claims": claims[:15], "total": total}
    queue_email(EmailKind.CLAIMS_WAITING, f"version:{version.pk}", people_who_can(Power.REVIEW), context)


def tell_assigned(assignment: Assignment) -> None:
    """The reviewer: an editor gave you a claim. Nobody is told of their own act."""
    if assignment.assigned_by == assignment.reviewer:
        return
    context = {"assignment": assignment, "claim": assignment.claim}
    queue_email(EmailKind.CLAIM_ASSIGNED, f"assignment:{assignment.pk}", [assignment.reviewer], context)


def tell_verdict_recorded(verdict: Verdict) -> None:
    """The reviewer: your verdict is in, as a receipt."""
    context = {"verdict": verdict, "claim": verdict.assignment.claim}
    queue_email(EmailKind.VERDICT_RECORDED, f"verdict:{verdict.pk}", [verdict.assignment.reviewer], context)
