from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.enums import PauseReason, WebhookEvent

SUBSCRIBABLE = [event for event in WebhookEvent if event is not WebhookEvent.PING]
KEY_PREFIX = "whsec_"  # and base64, as the Standard Webhooks have it


class Webhook(models.Model):
    """Where a program of its owner's is told what happens at the desk.

    Its secrets rest as they are, since every delivery is signed with them: who reads this table, or a copy of it, can
    sign in the desk's name. The desk itself shows each once, to who made it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="webhooks")
    url = models.URLField("URL", max_length=2000)
    description = models.CharField(max_length=200, blank=True)
    events = ArrayField(models.CharField(max_length=30, choices=WebhookEvent.choices()))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    secret = models.CharField(max_length=100)
    previous_secret = models.CharField(max_length=100, blank=True, help_text="signs as well, until its time is over")
    previous_secret_until = models.DateTimeField(null=True, blank=True)

    paused_at = models.DateTimeField(null=True, blank=True)
    paused_because = models.CharField(max_length=10, choices=PauseReason.choices(), blank=True)

    # How the target fares, over all deliveries but tests.
    failures = models.PositiveIntegerField(default=0, help_text="since something was delivered")
    failing_since = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True, help_text="so long nothing is sent, to spare the target")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(url__regex="^https?://"), name="webhook_is_on_the_web"),
            models.CheckConstraint(
                condition=Q(events__contained_by=SUBSCRIBABLE, events__len__gt=0), name="webhook_has_known_events"
            ),
            models.CheckConstraint(condition=Q(secret__startswith=KEY_PREFIX), name="webhook_has_a_secret"),
            models.CheckConstraint(
                condition=Q(previous_secret="", previous_secret_until=None)
                | Q(previous_secret__startswith=KEY_PREFIX, previous_secret_until__isnull=False),
                name="previous_secret_has_an_end_and_only_a_previous_one",
            ),
            models.CheckConstraint(
                condition=Q(paused_because="", paused_at=None)
                | Q(paused_because__in=list(PauseReason), paused_at__isnull=False),
                name="paused_webhook_says_why_and_only_a_paused_one",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False),
                name="failing_webhook_says_since_when_and_only_a_failing_one",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.url

    @property
    def is_active(self) -> bool:
        return self.paused_at is None
