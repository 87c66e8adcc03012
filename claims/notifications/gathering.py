"""News of waiting claims comes at most once an hour: what arrives meanwhile is gathered in the next mail."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from claims.enums import ClaimStatus, EmailKind, Timing
from claims.models import Appearance, Claim, DigestEntry, OutgoingEmail, Reviewer
from claims.notifications.choices import choose_timings
from claims.notifications.outbox import Occasion, queue_mails
from claims.permissions import Power, can

SPACING = timedelta(hours=1)
TELLERS = 0x6E657773  # the advisory lock of those who tell such news
MOST_LISTED = 15  # claims that a mail lists; it counts them all


def find_due(occasion: Occasion, people: Iterable[Reviewer]) -> dict[int, datetime]:
    """By the ids of those who have to wait for this news: when they are told. Who was told of it already does not wait.

    Nobody else finds out, or is told, until the transaction ends: two articles at once are one mail and its sequel.
    """
    _tell_alone()
    about = {"kind": occasion.kind, "recipient__in": list(people)}
    mails = OutgoingEmail.objects.filter(**about).order_by()
    of_this = mails.filter(cause=occasion.cause).values("recipient")
    lately = mails.filter(created_at__gt=timezone.now() - SPACING)
    waiting = DigestEntry.objects.filter(**about, told_by=None).order_by()
    after_the_last = lately.values("recipient").annotate(due=Max("created_at") + SPACING)
    with_the_others = waiting.values("recipient").annotate(due=Min("due_at"))
    found: tuple[QuerySet[Any, Any], ...] = (after_the_last, with_the_others)
    return {row["recipient"]: row["due"] for rows in found for row in rows.exclude(recipient__in=of_this)}


def _tell_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TELLERS])


def tell_gathered() -> int:
    """The sweep: everybody whose hour is over. Returns how many mails were written."""
    due = DigestEntry.objects.filter(told_by=None, due_at__lte=timezone.now()).order_by()
    return sum(_tell(recipient) for recipient in list(due.values_list("recipient", flat=True).distinct()))


@transaction.atomic
def _tell(recipient_id: int) -> bool:
    """What they no longer review, or want to hear of at once, and what nobody needs to judge any more, is let go."""
    _tell_alone()
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
