from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models.constraints import not_empty


class Article(models.Model):
    """A source document. Its `identity` is the hash of its URL, else of its external id, else of its first text.

    Without a version it was sent in by its address alone, and its text is still to come: see `ArticlePage`.
    """

    identity = models.CharField(max_length=80, unique=True, editable=False)
    url = models.URLField("URL", max_length=2000, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500, blank=True)
    outlet = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10, blank=True)
    published_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="added_articles"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [not_empty("identity", "article_has_an_identity")]
        indexes = [  # queue and API filters
            models.Index(fields=["outlet"], name="articles_by_outlet"),
            models.Index(Upper("section"), name="articles_by_topic"),
            models.Index(fields=["language"], name="articles_by_language"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or _("Article %(number)s") % {"number": self.pk}
