from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils import timezone


class Feed(models.Model):
    """An outlet's RSS, Atom or JSON feed, which the desk reads by itself.

    `readings` is the fencing number of its job: only the reading that took the row last may record.
    """

    url = models.URLField("URL", max_length=2000)
    outlet = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="added_feeds")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True)

    next_read_at = models.DateTimeField(default=timezone.now)
    readings = models.PositiveIntegerField(default=0)
    taken_until = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True, help_text="with success")
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)

    # How it fares.
    failures = models.PositiveIntegerField(default=0, help_text="since it was read")
    failing_since = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    told_failing_at = models.DateTimeField(null=True, blank=True, help_text="people were mailed that it fails")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                MD5("url"), name="one_feed_per_address"
            ),  # a whole address is too long for an index
            models.CheckConstraint(condition=Q(url__regex="^https?://"), name="feed_is_on_the_web"),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None, last_error="")
                | (Q(failures__gt=0, failing_since__isnull=False) & ~Q(last_error="")),
                name="failing_feed_says_since_when_and_why_and_only_a_failing_one",
            ),
            models.CheckConstraint(
                condition=Q(told_failing_at=None) | Q(failures__gt=0), name="only_of_a_failing_feed_people_are_told"
            ),
        ]

    def __str__(self) -> str:
        return self.outlet or self.url

    @property
    def is_active(self) -> bool:
        return self.paused_at is None
