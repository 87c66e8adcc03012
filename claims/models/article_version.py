from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import ExtractionStatus
from claims.models.article import Article
from claims.models.constraints import known, not_empty


class ArticleVersion(models.Model):
    """One immutable text of an article (a trigger refuses changes to it) and where its extraction stands.

    `attempts` is the fencing number of the extraction job: only the attempt that took the row last may record.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    extraction_status = models.CharField(
        max_length=12, choices=ExtractionStatus.choices(), default=ExtractionStatus.WAITING
    )
    extractor = models.CharField(max_length=50, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    taken_until = models.DateTimeField(null=True, blank=True)
    woken_at = models.DateTimeField(default=timezone.now)
    extracted_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    extraction_note = models.TextField(blank=True, help_text="within which limits the extractor could read the text")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="who asked for the extraction that is under way; empty: nobody in person",
    )
    # One entry a re-extraction, oldest first: "from", "to" (extractors), "at", "asked_by" (a username or ""),
    # and for each `Change` the ids of its claims.
    differences = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="one_version_per_number"),
            known("extraction_status", ExtractionStatus, "version_has_a_known_extraction_status"),
            not_empty("text", "version_has_a_text"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="versions_by_content"),  # intake: have we this content already?
            models.Index(  # the desk's page, which shows what failed
                fields=["article"], condition=models.Q(extraction_status="failed"), name="versions_that_failed"
            ),
            models.Index(  # the sweep
                fields=["woken_at"],
                condition=models.Q(extraction_status__in=["waiting", "extracting"]),
                name="versions_still_to_extract",
            ),
        ]

    def __str__(self) -> str:
        return _("%(article)s (version %(number)s)") % {"article": self.article, "number": self.number}
