from rest_framework import serializers

from claims.api.serializers.fields import NameField, PersonField
from claims.enums import PauseReason
from claims.models import Webhook, WebhookDelivery
from claims.models.webhook import SUBSCRIBABLE

EVENTS = [(event.value, event.label) for event in SUBSCRIBABLE]


class WebhookSerializer(serializers.ModelSerializer):
    """Where a program is told what happens. A secret is shown by no call but the one that made it."""

    owner = NameField("username")
    events = serializers.ListField(child=serializers.ChoiceField(EVENTS))
    is_active = serializers.BooleanField(read_only=True)
    is_stopped = serializers.BooleanField(
        read_only=True, help_text="its owner may not have webhooks any more: nothing is sent"
    )
    paused_because = serializers.ChoiceField(["", *PauseReason], read_only=True)

    class Meta:
        model = Webhook
        fields = [
            "id", "owner", "url", "description", "events", "created_at", "is_active", "is_stopped", "paused_at",
            "paused_because", "failing_since", "previous_secret_until",
        ]  # fmt: skip
        read_only_fields = fields


class SecretSerializer(serializers.ModelSerializer):
    """The secret, this once: keep it. Deliveries are signed with it as the Standard Webhooks say."""

    class Meta:
        model = Webhook
        fields = ["secret", "previous_secret_until"]
        read_only_fields = fields


class CreatedWebhookSerializer(WebhookSerializer):
    """The webhook with its secret, this once: keep it. Deliveries are signed with it as the Standard Webhooks say."""

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]
        read_only_fields = fields


class HandedOnWebhookSerializer(WebhookSerializer):
    """The webhook as it stands now; with another owner comes a new secret, shown this once: keep it."""

    secret = serializers.SerializerMethodField(help_text="empty unless this call has changed the owner")

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]
        read_only_fields = fields

    def get_secret(self, webhook: Webhook) -> str:
        return str(self.context["secret"])


class NewWebhookSerializer(serializers.Serializer):
    """An address that takes a POST, by https (by http where the operator of the desk allows it)."""

    url = serializers.CharField(max_length=2000)
    events = serializers.ListField(child=serializers.ChoiceField(EVENTS), allow_empty=False, max_length=50)
    description = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ChangedWebhookSerializer(NewWebhookSerializer):
    """What is left out stays. `is_active` pauses and resumes; `owner` is an administrator's to change."""

    is_active = serializers.BooleanField(required=False)
    owner = PersonField(required=False)


class DeliverySerializer(serializers.ModelSerializer):
    """One message, and how its last attempt ended. `body` is what was sent, to the byte."""

    class Meta:
        model = WebhookDelivery
        fields = [
            "id", "event_id", "type", "body", "created_at", "status", "attempts", "next_attempt_at", "delivered_at",
            "last_attempt_at", "last_status", "last_answer", "last_error", "last_milliseconds",
        ]  # fmt: skip
        read_only_fields = fields
