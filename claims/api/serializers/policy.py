from rest_framework import serializers

from claims.api.serializers.fields import NameField
from claims.models import SignOffPolicy, SignOffRule
from claims.review.policy import FIELDS


class RuleSerializer(serializers.ModelSerializer):
    """How the claims that it fits are signed off; of several, the first. An empty `kind` fits every kind."""

    class Meta:
        model = SignOffRule
        fields = FIELDS


class PolicySerializer(serializers.ModelSerializer):
    created_by = NameField("username", allow_null=True, help_text="null: what every desk starts with")
    rules = RuleSerializer(many=True)

    class Meta:
        model = SignOffPolicy
        fields = ["number", "note", "created_by", "created_at", "rules"]
        read_only_fields = ["number", "created_at"]
