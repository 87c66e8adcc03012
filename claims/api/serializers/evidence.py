from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers

from claims.api.serializers.fields import NameField, TextField
from claims.enums import Stance
from claims.models import Evidence

ON_THE_WEB = RegexValidator(r"^https?://", "Write the whole address, beginning with http:// or https://.")


class EvidenceSerializer(serializers.ModelSerializer):
    added_by = NameField("username")

    class Meta:
        model = Evidence
        fields = ["id", "url", "title", "publisher", "quote", "stance", "is_primary", "added_by", "created_at"]
        read_only_fields = fields


class DraftEvidenceSerializer(serializers.Serializer):
    """Evidence as far as it has been typed."""

    url = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    title = serializers.CharField(max_length=300, allow_blank=True, required=False)
    publisher = serializers.CharField(max_length=200, allow_blank=True, required=False)
    quote = TextField(required=False)
    stance = serializers.ChoiceField(Stance.choices(), required=False)
    is_primary = serializers.BooleanField(required=False)


class NewEvidenceSerializer(DraftEvidenceSerializer):
    """Evidence to add to a claim: a source on the web, what it says, and which way it points."""

    url = serializers.URLField(max_length=2000, validators=[ON_THE_WEB])


class EvidenceItemField(serializers.Field):
    """Evidence that the claim has already, by id, or the fields of evidence to add."""

    default_error_messages = {"shape": "Write the id of evidence of this claim, or an object with its fields."}

    def __init__(self, serializer_class: type[DraftEvidenceSerializer], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.serializer_class = serializer_class

    def to_internal_value(self, data: Any) -> int | dict[str, Any]:
        if type(data) is int:
            return data
        if not isinstance(data, dict):
            self.fail("shape")
        return dict(self.serializer_class().run_validation(data))

    def to_representation(self, value: Any) -> Any:
        return value
