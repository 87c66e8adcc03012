from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Reviewer(AbstractUser):
    """A person at the desk; what they may do follows from their groups (`claims.permissions`)."""

    wants_mail = models.BooleanField("wants e-mail", default=True)
    topics = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        help_text="sections of outlets whose claims the queue gives them, as: Politics, Health; empty: all",
    )
    languages = ArrayField(
        models.CharField(max_length=10),
        default=list,
        blank=True,
        help_text="codes of the languages they read, as: en, de; empty: all",
    )
    capacity = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="claims they hold at once, at most; empty: as many as they like"
    )
    away_until = models.DateField(null=True, blank=True, help_text="until that day nobody assigns to or mails them")

    keys = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="acts of the review desk that have a key of the person's own",
    )

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.get_full_name() or self.username
