from rest_framework import serializers

from claims.api.serializers.fields import NameField
from claims.enums import Channel
from claims.models import ClaimantContact


class ContactSerializer(serializers.ModelSerializer):
    """The claimant was asked for their source. Colleagues who judge the claim read it, so that nobody asks twice."""

    asked_by = NameField("username")

    class Meta:
        model = ClaimantContact
        fields = ["id", "asked_by", "asked_at", "channel", "question", "answer_due_at", "answer", "answered_at"]
        read_only_fields = fields


class NewContactSerializer(serializers.Serializer):
    channel = serializers.ChoiceField(Channel.choices())
    question = serializers.CharField(max_length=10_000)
    asked_at = serializers.DateTimeField(required=False, help_text="now unless given")
    answer_due_at = serializers.DateTimeField(required=False)


class AnswerSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=50_000)
