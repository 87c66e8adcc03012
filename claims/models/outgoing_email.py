from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.enums import EmailKind, EmailStatus
from claims.models.constraints import known


class OutgoingEmail(models.Model):
    """A mail to send, written in the transaction of its cause. `cause` names the event, as "event:17"."""

    kind = models.CharField(max_length=20, choices=EmailKind.choices())
    cause = models.CharField(max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="outgoing_emails")
    to_address = models.EmailField()
    message_id = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    status = models.CharField(max_length=10, choices=EmailStatus.choices(), default=EmailStatus.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    taken_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "outgoing e-mail"
        constraints = [
            models.UniqueConstraint(fields=["kind", "cause", "recipient"], name="one_email_per_event_and_recipient"),
            known("kind", EmailKind, "email_has_a_known_kind"),
            known("status", EmailStatus, "email_has_a_known_status"),
        ]
        indexes = [
            models.Index(  # the desk's page, which shows what failed
                fields=["kind"], condition=models.Q(status="failed"), name="emails_that_failed"
            ),
            models.Index(  # the sweep
                fields=["next_attempt_at"],
                condition=models.Q(status__in=["waiting", "sending"]),
                name="emails_still_to_send",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
