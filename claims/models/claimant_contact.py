from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import Channel
from claims.models.claim import Claim
from claims.models.constraints import known, not_empty


class ClaimantContact(models.Model):
    """The claimant was asked for the source of a claim: when, how, until when, and what they answered."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="contacts")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claimant_contacts")
    asked_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=10, choices=Channel.choices())
    question = models.TextField()
    answer_due_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            known("channel", Channel, "contact_has_a_known_channel"),
            not_empty("question", "contact_has_a_question"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answer_has_a_time_and_only_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return _("%(channel)s about %(claim)s") % {"channel": self.get_channel_display(), "claim": self.claim}
