from django.db import models

from claims.enums import PageStatus
from claims.models.article import Article
from claims.models.page_reading import PageReading, ends_while_read, says_why_it_failed, still_to_read


class ArticlePage(PageReading):
    """The page of an article that was sent in by its address alone. It is read once the article has a text."""

    article = models.OneToOneField(Article, models.PROTECT, related_name="page")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[status for status in PageStatus if status != PageStatus.SKIPPED]),
                name="article_page_has_a_known_status",
            ),
            ends_while_read("article_page_being_read_has_an_end_and_only_that"),
            says_why_it_failed("article_page_that_has_failed_says_why"),
        ]
        indexes = [
            still_to_read("article_pages_still_to_read"),
            models.Index(  # the desk's page, which shows what failed
                fields=["article"], condition=models.Q(status="failed"), name="article_pages_that_failed"
            ),
        ]

    def __str__(self) -> str:
        return self.article.url
