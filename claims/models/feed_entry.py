from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import EntryStatus
from claims.models.article import Article
from claims.models.constraints import known
from claims.models.feed import Feed


class FeedEntry(models.Model):
    """A page that a feed has named, and where its reading stands. `identity` is the hash of its guid, else of its link.

    `attempts` is the fencing number of the reading; `failures` counts those since the entry last began to wait.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries", db_index=False)
    identity = models.CharField(max_length=64)
    url = models.URLField("URL", max_length=2000, blank=True, help_text="empty: the entry names no page")
    title = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    status = models.CharField(max_length=10, choices=EntryStatus.choices(), default=EntryStatus.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    taken_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="feed_entries")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "feed entries"
        constraints = [
            models.UniqueConstraint(fields=["feed", "identity"], name="one_entry_per_feed_and_identity"),
            known("status", EntryStatus, "entry_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(url__regex="^https?://") | Q(url="", status="failed"),
                name="entry_is_on_the_web_or_has_failed",
            ),
            models.CheckConstraint(
                condition=Q(status="reading", taken_until__isnull=False)
                | (~Q(status="reading") & Q(taken_until__isnull=True)),
                name="entry_being_read_has_an_end_and_only_that",
            ),
            models.CheckConstraint(
                condition=Q(status="read", article__isnull=False) | (~Q(status="read") & Q(article__isnull=True)),
                name="entry_that_is_read_has_an_article_and_only_that",
            ),
            models.CheckConstraint(condition=~Q(status="failed", last_error=""), name="entry_that_has_failed_says_why"),
        ]
        indexes = [
            models.Index(fields=["feed", "-id"], name="entries_by_feed"),  # the list on the feed's page
            models.Index(  # the sweep
                fields=["next_attempt_at"],
                condition=Q(status__in=["waiting", "reading"]),
                name="entries_still_to_read",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or _("Entry %(number)s") % {"number": self.pk}
