from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.enums import EmailKind, EmailStatus
from claims.models.claim import Claim
from claims.models.constraints import known

DAYS_TO_TRY = 3


def find_last_day() -> datetime:
    """When a mail that waits from now on is given up, if no server takes it."""
    return timezone.now() + timedelta(days=DAYS_TO_TRY)


class OutgoingEmail(models.Model):
    """A mail to send, written in the transaction of its cause. `cause` names the event, as "event:17"."""

    kind = models.CharField(max_length=20, choices=EmailKind.choices())
    cause = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outgoing_emails",
        db_index=False,
        help_text="empty: somebody without an account",
    )
    to_address = models.EmailField()
    claim = models.ForeignKey(  # mails of one claim are one thread
        Claim, models.PROTECT, null=True, blank=True, related_name="outgoing_emails", db_index=False
    )
    message_id = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    status = models.CharField(max_length=10, choices=EmailStatus.choices(), default=EmailStatus.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    give_up_at = models.DateTimeField(default=find_last_day)
    taken_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "outgoing e-mail"
        constraints = [
            models.UniqueConstraint(fields=["kind", "cause", "recipient"], name="one_email_per_event_and_recipient"),
            models.UniqueConstraint(
                fields=["kind", "cause", "to_address"],
                condition=models.Q(recipient__isnull=True),
                name="one_email_per_event_and_address",
            ),
            known("kind", EmailKind, "email_has_a_known_kind"),
            known("status", EmailStatus, "email_has_a_known_status"),
        ]
        indexes = [
            models.Index(  # the desk's page, which shows what failed
                fields=["kind"], condition=models.Q(status="failed"), name="emails_that_failed"
            ),
            models.Index(  # who was told of an earlier outcome
                fields=["claim"], condition=models.Q(claim__isnull=False), name="emails_by_claim"
            ),
            models.Index(  # how long ago the last one of a kind was
                fields=["recipient", "kind", "-created_at"], name="emails_by_recipient_and_kind"
            ),
            models.Index(  # the sender and the sweep
                fields=["status", "next_attempt_at"],
                condition=models.Q(status__in=["waiting", "sending"]),
                name="emails_still_to_send",
            ),
            models.Index(fields=["recipient", "sent_at"], name="emails_of_each_recipient"),  # how many went to them
            models.Index(  # how many went within a minute, or a day
                fields=["sent_at"], condition=models.Q(status="sent"), name="emails_sent_lately"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
