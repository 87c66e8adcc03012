from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from claims.models.validators import validate_time_zone


def offered_languages() -> list[tuple[str, str]]:
    """Those that the desk speaks, each named in its own words."""
    return settings.LANGUAGES


class Reviewer(AbstractUser):
    """A person at the desk; what they may do follows from their groups (`claims.permissions`)."""

    wants_mail = models.BooleanField("wants e-mail", default=True)
    time_zone = models.CharField(
        max_length=50,
        blank=True,
        validators=[validate_time_zone],
        help_text="as Europe/Berlin; empty: the desk's",
    )
    quiet_from = models.TimeField(null=True, blank=True, help_text="from then on mail waits for the end of the quiet")
    quiet_until = models.TimeField(null=True, blank=True)
    mail_paused_until = models.DateField(
        null=True, blank=True, help_text="until that day no mail goes to them; the digest after it tells the rest"
    )
    digest_hour = models.PositiveSmallIntegerField(
        default=7, validators=[MaxValueValidator(23)], help_text="the hour of their morning digest, in their time zone"
    )
    digest_on = models.DateField(
        default=timezone.localdate, editable=False, help_text="their day of the last look at what a digest would say"
    )
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

    language = models.CharField(
        max_length=10,
        blank=True,
        choices=offered_languages,
        help_text="of the desk's pages and mails; empty: what their browser asks for",
    )
    keys = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="acts of the review desk that have a key of the person's own",
    )

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=models.Q(digest_hour__lte=23), name="digest_hour_is_an_hour"),
            models.CheckConstraint(
                condition=models.Q(quiet_from=None, quiet_until=None)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username
