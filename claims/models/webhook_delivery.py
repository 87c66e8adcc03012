from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.enums import DeliveryStatus, WebhookEvent
from claims.models.constraints import known, not_empty
from claims.models.webhook import Webhook


class WebhookDelivery(models.Model):
    """One message to one webhook, written in the transaction of its cause, which `cause` names as "event:17".

    `body` is what is sent, to the byte, at every attempt; `event_id` is the same for all webhooks that are told.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    cause = models.CharField(max_length=80)
    event_id = models.CharField(max_length=60)
    type = models.CharField(max_length=30, choices=WebhookEvent.choices())
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    status = models.CharField(max_length=10, choices=DeliveryStatus.choices(), default=DeliveryStatus.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0, help_text="since it last began to wait")
    next_attempt_at = models.DateTimeField(default=timezone.now)
    taken_until = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    # How the last attempt ended.
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="that the target answered")
    last_answer = models.TextField(blank=True, help_text="its start")
    last_error = models.TextField(blank=True)
    last_milliseconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "webhook deliveries"
        constraints = [
            models.UniqueConstraint(fields=["webhook", "cause"], name="one_delivery_per_webhook_and_cause"),
            models.UniqueConstraint(
                fields=["webhook"], condition=Q(status="sending"), name="one_delivery_at_a_time_per_webhook"
            ),
            known("type", WebhookEvent, "delivery_has_a_known_type"),
            known("status", DeliveryStatus, "delivery_has_a_known_status"),
            not_empty("body", "delivery_has_a_body"),
            models.CheckConstraint(
                condition=Q(status="sending", taken_until__isnull=False)
                | (~Q(status="sending") & Q(taken_until__isnull=True)),
                name="delivery_being_sent_has_an_end_and_only_that",
            ),
            models.CheckConstraint(
                condition=Q(status="delivered", delivered_at__isnull=False)
                | (~Q(status="delivered") & Q(delivered_at__isnull=True)),
                name="delivered_has_a_time_and_only_what_is_delivered",
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="deliveries_by_webhook"),  # the log
            models.Index(  # the job, and the sweep
                fields=["webhook", "next_attempt_at"],
                condition=Q(status__in=["waiting", "sending"]),
                name="deliveries_still_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
