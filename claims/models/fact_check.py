from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.constraints import not_empty


class FactCheck(models.Model):
    """The desk's published conclusion on a claim; live until it is withdrawn."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="fact_checks")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=300)
    summary = models.TextField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="fact_checks")
    published_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(withdrawn_at__isnull=True), name="one_live_fact_check_per_claim"
            ),
            not_empty("title", "fact_check_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title
