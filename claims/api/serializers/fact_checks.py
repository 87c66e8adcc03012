from typing import Any

from rest_framework import serializers

from claims.api.serializers.fields import NameField, RawTextField
from claims.models import Correction, FactCheck
from claims.publishing.claim_review import address_of
from claims.publishing.fact_checks import edition_of


class FactCheckSerializer(serializers.ModelSerializer):
    """The desk's published conclusion on a claim, as it reads now."""

    rating = NameField()
    published_by = NameField("username")
    evidence: serializers.Field = serializers.PrimaryKeyRelatedField(
        many=True, read_only=True, help_text="what readers see of it"
    )
    corrections = serializers.IntegerField(source="corrected", read_only=True, help_text="how many")
    url = serializers.SerializerMethodField(help_text="its public page")
    edition = serializers.SerializerMethodField(help_text="bring it as `seen` with a correction")

    class Meta:
        model = FactCheck
        fields = [
            "slug", "url", "claim", "claim_reviewed", "title", "summary", "text", "rating", "evidence", "published_by",
            "published_at", "corrections", "edition", "withdrawn_at", "withdrawn_because",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, fact_check: FactCheck) -> str:
        return address_of(fact_check)

    def get_edition(self, fact_check: Any) -> str:
        return edition_of(fact_check.claim, fact_check.corrected)


class ShownEvidenceField(serializers.ListField):
    """Numbers of evidence of the claim; what is left out is not shown to readers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=500, **kwargs)


class NewFactCheckSerializer(serializers.Serializer):
    claim = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    decided_at = serializers.DateTimeField(
        required=False, help_text="of the claim, as you read it; if it was decided again since, 409"
    )
    title = RawTextField()
    claim_reviewed = RawTextField(required=False, help_text="as readers are told it; by itself as it stands alone")
    summary = RawTextField(help_text="the conclusion, in a sentence or two")
    text = RawTextField(required=False, help_text="how the desk came to it; an empty line between paragraphs")
    evidence = ShownEvidenceField(required=False)


class NewCorrectionSerializer(serializers.Serializer):
    """What is left out stays."""

    note = RawTextField(help_text="what was wrong, as readers are told")
    seen = serializers.CharField(
        required=False, max_length=100, help_text="the `edition` you correct; if another one stands there, 409"
    )
    title = RawTextField(required=False)
    claim_reviewed = RawTextField(required=False)
    summary = RawTextField(required=False)
    text = RawTextField(required=False)
    evidence = ShownEvidenceField(required=False)


class PublishedCorrectionSerializer(serializers.ModelSerializer):
    """By field, what it said and says; evidence by its addresses."""

    changes = serializers.DictField(read_only=True)
    corrected_by = NameField("username")

    class Meta:
        model = Correction
        fields = ["number", "note", "changes", "corrected_by", "at"]
        read_only_fields = fields


class WithdrawalSerializer(serializers.Serializer):
    reason = RawTextField(help_text="as readers are told")
