from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.article_version import ArticleVersion
from claims.models.claim import Claim
from claims.models.constraints import not_empty
from claims.models.evidence import Evidence
from claims.models.rating import Rating


class FactCheck(models.Model):
    """The desk's published conclusion on a claim, as it reads now; live until it is withdrawn.

    What it said before stands in its corrections.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="fact_checks")
    slug = models.SlugField(max_length=120, unique=True)
    claim_reviewed = models.TextField(help_text="the claim, as readers are told it")
    title = models.CharField(max_length=300)
    summary = models.TextField(help_text="the conclusion, in a sentence or two")
    text = models.TextField(blank=True, help_text="how the desk came to it; an empty line between paragraphs")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="fact_checks", db_index=False)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="fact_checks", help_text="what readers see")
    # Where it was said, as it was published: the claim's own words may be moved, and its article may get other ones.
    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, null=True, blank=True, related_name="fact_checks", db_index=False
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="fact_checks")
    published_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now, help_text="published or last corrected")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name = "fact-check"
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(withdrawn_at__isnull=True), name="one_live_fact_check_per_claim"
            ),
            not_empty("title", "fact_check_has_a_title"),
            models.CheckConstraint(
                condition=Q(version=None, start=None, end=None) | Q(version__isnull=False, end__gt=F("start")),
                name="words_of_a_fact_check_stand_in_a_version",
            ),
            not_empty("summary", "fact_check_has_a_summary"),
            not_empty("claim_reviewed", "fact_check_names_its_claim"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="withdrawn_fact_check_says_why_and_only_a_withdrawn_one",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="fact_checks_by_time"),  # lists
            models.Index(  # the feed
                fields=["-changed_at", "-id"], condition=Q(withdrawn_at__isnull=True), name="fact_checks_by_change"
            ),
        ]

    def __str__(self) -> str:
        return self.title
