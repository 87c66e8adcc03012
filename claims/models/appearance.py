from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.article_version import ArticleVersion
from claims.models.claim import Claim


class Appearance(models.Model):
    """Where a claim was said: `version.text[start:end] == quote`, in code points."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="appearances")
    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="appearances")
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["version", "start"]
        constraints = [
            models.UniqueConstraint(fields=["version", "start", "end"], name="one_appearance_per_span"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="span_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"“{self.quote}”"
