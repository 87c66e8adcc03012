"""Outbox rows on their way out: taken under a lock, sent outside any transaction, the outcome recorded."""

import logging
import smtplib
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from claims.enums import EmailStatus
from claims.jobs import ROW_LEASE, SEND_EMAIL, enqueue_on_commit
from claims.models import OutgoingEmail
from claims.notifications.headers import headers_of
from claims.notifications.links import reveal_link

logger = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
SWEEP_BATCH = 500


def deliver_email(email_id: int) -> None:
    """Send one mail, if it still waits. A server that fails delays it; one that refuses it for good fails it."""
    email = _take(email_id)
    if email is None:
        return
    try:
        _build_message(email).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        logger.warning("mail %s was not delivered: %s", email.pk, error)
        _record_failure(email, error)
    else:
        _record_outcome(email, status=EmailStatus.SENT, sent_at=timezone.now(), last_error="")


def deliverable() -> QuerySet[OutgoingEmail]:
    """Mails that wait, or whose job died with its lease."""
    lapsed = Q(status=EmailStatus.SENDING, taken_until__lt=timezone.now())
    return OutgoingEmail.objects.filter(Q(status=EmailStatus.WAITING) | lapsed)


@transaction.atomic
def _take(email_id: int) -> OutgoingEmail | None:
    email = deliverable().select_for_update(skip_locked=True).filter(pk=email_id).first()
    if email is None:
        return None
    email.status = EmailStatus.SENDING
    email.attempts += 1
    email.taken_until = timezone.now() + ROW_LEASE
    email.save(update_fields=["status", "attempts", "taken_until"])
    return email


def _build_message(email: OutgoingEmail) -> EmailMultiAlternatives:
    text, html = reveal_link(email)
    message = EmailMultiAlternatives(email.subject, text, to=[email.to_address], headers=headers_of(email))
    message.attach_alternative(html, "text/html")
    return message


def _record_failure(email: OutgoingEmail, error: Exception) -> None:
    if is_refused_for_good(error):
        _record_outcome(email, status=EmailStatus.FAILED, last_error=str(error))
        return
    delay = min(FIRST_DELAY * 2 ** min(email.attempts - 1, 10), LONGEST_DELAY)
    _record_outcome(email, status=EmailStatus.WAITING, last_error=str(error), next_attempt_at=timezone.now() + delay)


def is_refused_for_good(error: Exception) -> bool:
    """Whether this very mail was refused: by the server (5xx), or as no mail at all (ValueError: a broken address).

    A refused login or sender is the desk's fault and can be mended.
    """
    if isinstance(error, ValueError) and not isinstance(error, OSError):  # a bad certificate is both
        return True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _record_outcome(email: OutgoingEmail, **fields: object) -> None:
    """Only the attempt that took the row last may say how it ended."""
    ours = OutgoingEmail.objects.filter(pk=email.pk, status=EmailStatus.SENDING, attempts=email.attempts)
    ours.update(taken_until=None, **fields)


@transaction.atomic
def resend_email(email_id: int) -> None:
    """Put a failed mail back into the outbox."""
    failed = OutgoingEmail.objects.filter(pk=email_id, status=EmailStatus.FAILED)
    if failed.update(status=EmailStatus.WAITING, next_attempt_at=timezone.now()):
        enqueue_on_commit(SEND_EMAIL, email_id)


@transaction.atomic
def wake_waiting_emails() -> int:
    """The sweep: enqueue what is due, and look again only after a lease's time. Returns how many."""
    due = deliverable().filter(next_attempt_at__lte=timezone.now()).order_by("next_attempt_at")
    ids = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:SWEEP_BATCH])
    OutgoingEmail.objects.filter(pk__in=ids).update(next_attempt_at=timezone.now() + ROW_LEASE)
    for email_id in ids:
        enqueue_on_commit(SEND_EMAIL, email_id)
    return len(ids)


def release_taken_emails() -> None:
    """For a desk that starts and knows that no worker of it is alive: let the first sweep take up everything."""
    unfinished = OutgoingEmail.objects.filter(status__in=[EmailStatus.WAITING, EmailStatus.SENDING])
    at_once = Greatest(timezone.now(), F("quiet_until"))  # of the times that there are
    unfinished.update(status=EmailStatus.WAITING, taken_until=None, next_attempt_at=at_once)
