from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.enums import PageStatus


class PageReading(models.Model):
    """Where the reading of a page of the web stands, whoever named it.

    `attempts` is the fencing number of the reading; `failures` counts those since the page last began to wait.
    """

    status = models.CharField(max_length=10, choices=PageStatus.choices(), default=PageStatus.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    taken_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


def ends_while_read(name: str) -> models.CheckConstraint:
    """The database refuses a page that is being read without an end, and an end of any other."""
    return models.CheckConstraint(
        condition=Q(status="reading", taken_until__isnull=False) | (~Q(status="reading") & Q(taken_until__isnull=True)),
        name=name,
    )


def says_why_it_failed(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(status="failed", last_error=""), name=name)


def still_to_read(name: str) -> models.Index:
    """For the sweep."""
    return models.Index(fields=["next_attempt_at"], condition=Q(status__in=["waiting", "reading"]), name=name)
