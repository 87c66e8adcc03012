"""News of waiting claims comes at most once an hour: what arrives meanwhile is gathered in the next mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from claims.enums import ClaimStatus, EmailKind, Timing
from claims.models import Appearance, Claim, DigestEntry, OutgoingEmail, Reviewer
from claims.notifications.choices import choose_timings
from claims.notifications.outbox import Occasion, queue_mails
from claims.permissions import Power, can

SPACING = timedelta(hours=1)
MOST_LISTED = 15  # claims that a mail lists; it counts them all


def told_lately(occasion: Occasion, people: Iterable[Reviewer]) -> dict[int, datetime]:
    """By the ids of those who were told of such an occasion within the hour, but not of this very one: when, last."""
    mails = OutgoingEmail.objects.filter(kind=occasion.kind, recipient__in=list(people)).order_by()
    of_this = mails.filter(cause=occasion.cause).values("recipient")
    others = mails.filter(created_at__gt=timezone.now() - SPACING).exclude(recipient__in=of_this)
    return dict(others.values("recipient").annotate(last=Max("created_at")).values_list("recipient", "last"))


def tell_gathered() -> int:
    """The sweep: everybody whose hour is over. Returns how many mails were written."""
    due = DigestEntry.objects.filter(told_by=None, due_at__lte=timezone.now()).order_by()
    return sum(_tell(recipient) for recipient in list(due.values_list("recipient", flat=True).distinct()))


@transaction.atomic
def _tell(recipient_id: int) -> bool:
    """What they no longer review, or want to hear of at once, and what nobody needs to judge any more, is let go."""
    due = DigestEntry.objects.filter(recipient=recipient_id, told_by=None, due_at__lte=timezone.now())
    taken = list(due.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    entries = DigestEntry.objects.filter(pk__in=[entry.pk for entry in taken])
    person = Reviewer.objects.get(pk=recipient_id)
    claims = list(_still_waiting(taken)) if can(person, Power.REVIEW) else []
    if claims and choose_timings(EmailKind.CLAIMS_WAITING, [person]).get(person.pk) is Timing.AT_ONCE:
        occasion = Occasion(EmailKind.CLAIMS_WAITING, f"entry:{taken[-1].pk}", describe_waiting(claims, len(claims)))
        (mail,) = queue_mails(occasion, [person])
        return bool(entries.update(told_by=mail))
    entries.delete()
    return False


def describe_waiting(claims: Sequence[Claim], total: int) -> dict[str, Any]:
    """What the mail says of `total` claims, the best of them first."""
    articles = {claim.article_id: claim.article for claim in claims}
    return {"articles": list(articles.values()), "claims": claims[:MOST_LISTED], "total": total}


def _still_waiting(entries: Iterable[DigestEntry]) -> QuerySet[Claim]:
    versions = [int(entry.cause.removeprefix("version:")) for entry in entries]
    found = Appearance.objects.filter(version__in=versions).values("claim")
    waiting = Claim.objects.filter(pk__in=found, status=ClaimStatus.QUEUED)
    return waiting.select_related("article", "claimant").order_by("-check_worthiness", "pk")
