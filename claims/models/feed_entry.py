from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import PageStatus
from claims.models.article import Article
from claims.models.constraints import known
from claims.models.feed import Feed
from claims.models.page_reading import PageReading, ends_while_read, says_why_it_failed, still_to_read


class FeedEntry(PageReading):
    """A page that a feed has named. `identity` is the hash of its guid, else of its link."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries", db_index=False)
    identity = models.CharField(max_length=64)
    url = models.URLField("URL", max_length=2000, blank=True, help_text="empty: the entry names no page")
    title = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="feed_entries")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "feed entries"
        constraints = [
            models.UniqueConstraint(fields=["feed", "identity"], name="one_entry_per_feed_and_identity"),
            known("status", PageStatus, "entry_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(url__regex="^https?://") | Q(url="", status="failed"),
                name="entry_is_on_the_web_or_has_failed",
            ),
            ends_while_read("entry_being_read_has_an_end_and_only_that"),
            models.CheckConstraint(
                condition=Q(status="read", article__isnull=False) | (~Q(status="read") & Q(article__isnull=True)),
                name="entry_that_is_read_has_an_article_and_only_that",
            ),
            says_why_it_failed("entry_that_has_failed_says_why"),
        ]
        indexes = [
            models.Index(fields=["feed", "-id"], name="entries_by_feed"),  # the list on the feed's page
            still_to_read("entries_still_to_read"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or _("Entry %(number)s") % {"number": self.pk}
