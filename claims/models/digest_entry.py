from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.enums import EmailKind
from claims.models.claim import Claim
from claims.models.constraints import known
from claims.models.outgoing_email import OutgoingEmail


class DigestEntry(models.Model):
    """What a person hears of later, in one mail with other things. `cause` and `subject` are as in `OutgoingEmail`."""

    kind = models.CharField(max_length=20, choices=EmailKind.choices())
    cause = models.CharField(max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_entries", db_index=False
    )
    subject = models.CharField(max_length=300)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(null=True, blank=True, help_text="empty: with the next morning digest")
    told_by = models.ForeignKey(OutgoingEmail, models.PROTECT, null=True, blank=True, related_name="entries")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "cause", "recipient"], name="one_digest_entry_per_event_and_recipient"
            ),
            known("kind", EmailKind, "digest_entry_has_a_known_kind"),
        ]
        indexes = [
            models.Index(  # the digest
                fields=["recipient", "due_at"], condition=Q(told_by=None), name="digest_entries_still_to_tell"
            ),
            models.Index(  # who was told of an earlier outcome
                fields=["claim"], condition=Q(claim__isnull=False), name="digest_entries_by_claim"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
