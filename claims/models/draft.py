from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models.claim import Claim
from claims.models.rating import Rating


class Draft(models.Model):
    """What a reviewer has typed about a claim and not yet handed in, or handed in too late."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="drafts")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    rating = models.ForeignKey(Rating, models.SET_NULL, null=True, blank=True)
    explanation = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)
    window = models.CharField(max_length=36, blank=True, help_text="the browser window that it was typed in")

    class Meta:
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["claim", "reviewer"], name="one_draft_per_claim_and_person")]

    def __str__(self) -> str:
        return _("draft of %(reviewer)s on %(claim)s") % {"reviewer": self.reviewer, "claim": self.claim}
