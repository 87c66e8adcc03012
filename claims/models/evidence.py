from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.enums import Stance
from claims.models.claim import Claim
from claims.models.constraints import known, not_empty


class Evidence(models.Model):
    """Support for a judgement of a claim: a source on the web, what it says, and which way it points."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    url = models.URLField("URL", max_length=2000)
    title = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    quote = models.TextField(blank=True)
    stance = models.CharField(max_length=10, choices=Stance.choices(), default=Stance.CONTEXT)
    is_primary = models.BooleanField("primary source", default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="added_evidence")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [
            known("stance", Stance, "evidence_has_a_known_stance"),
            not_empty("url", "evidence_has_a_url"),
            models.CheckConstraint(
                condition=models.Q(url__startswith="http://") | models.Q(url__startswith="https://"),
                name="evidence_is_on_the_web",  # a javascript: link must never reach a page
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url
