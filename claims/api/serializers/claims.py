from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.serializers.fields import FactsField, NameField, RatingField
from claims.enums import ClaimKind, ClaimStatus, DismissalReason
from claims.models import Appearance, Claim, ClaimEvent, Rating


class RatingSerializer(serializers.ModelSerializer):
    scale = NameField()

    class Meta:
        model = Rating
        fields = ["id", "scale", "position", "name", "value", "colour", "meaning"]
        read_only_fields = fields


class AppearanceSerializer(serializers.ModelSerializer):
    """Where the words stand: `text[start:end] == quote` in that version of the article, in code points."""

    article = serializers.IntegerField(read_only=True)
    outlet = serializers.CharField(read_only=True)
    version = serializers.IntegerField(source="number", read_only=True)

    class Meta:
        model = Appearance
        fields = ["id", "article", "outlet", "version", "quote", "start", "end", "sentence"]
        read_only_fields = fields


class ReasonSerializer(serializers.Serializer):
    name = serializers.CharField()
    weight = serializers.FloatField()
    text = serializers.CharField()


@extend_schema_field(ReasonSerializer(many=True))
class ReasonsField(serializers.JSONField):
    """As they are stored."""


class ClaimSerializer(serializers.ModelSerializer):
    """A claim: what was said, by whom and where, why it is worth checking, and where it stands."""

    article = serializers.IntegerField(source="article_id", read_only=True)
    article_title = serializers.CharField(read_only=True)
    outlet = serializers.CharField(read_only=True)
    claimant = serializers.CharField(source="claimant_name", read_only=True, allow_null=True)
    facts = FactsField(read_only=True)
    reasons = ReasonsField(read_only=True)
    rating = RatingSerializer(read_only=True, allow_null=True)
    duplicate_of = serializers.IntegerField(source="duplicate_of_id", read_only=True, allow_null=True)
    added_by = serializers.CharField(source="added_by_name", read_only=True, allow_null=True)
    appearances = AppearanceSerializer(source="places", many=True, read_only=True)
    status = serializers.ChoiceField(ClaimStatus.choices(), source="shown_status", read_only=True)
    dismissed_as = serializers.ChoiceField(DismissalReason.choices(), allow_blank=True, read_only=True)
    topic = serializers.CharField(read_only=True, help_text="the outlet's section")
    language = serializers.CharField(read_only=True)
    policy = serializers.IntegerField(
        read_only=True, allow_null=True,
        help_text="the version of the sign-off policy that it is, or was, judged under",
    )  # fmt: skip

    class Meta:
        model = Claim
        fields = [
            "id", "article", "article_title", "outlet", "topic", "language", "headline", "stand_alone", "kind",
            "claimant", "facts", "check_worthiness", "reasons", "status", "due_at", "boost", "rating", "decided_at",
            "policy", "duplicate_of", "dismissed_as", "extractor", "added_by", "created_at", "appearances",
        ]  # fmt: skip
        read_only_fields = fields


class NewClaimSerializer(serializers.Serializer):
    """A claim that a person found: the span [start, end) of the article's newest text, in code points."""

    article = serializers.IntegerField()
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    headline = serializers.CharField(max_length=300, allow_blank=True, required=False)
    kind = serializers.ChoiceField(ClaimKind.choices(), required=False)


class SplitSerializer(serializers.Serializer):
    """A part of a claim: the span [start, end) of the article's newest text, in code points."""

    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    headline = serializers.CharField(max_length=300, allow_blank=True, required=False)
    kind = serializers.ChoiceField(ClaimKind.choices(), required=False)
    reason = serializers.CharField(max_length=2000, required=False, help_text="stays in the claim's history")


class CorrectionSerializer(SplitSerializer):
    """What is not given stays. `start` and `end` come together."""

    start = serializers.IntegerField(min_value=0, required=False)
    end = serializers.IntegerField(min_value=1, required=False)
    headline = serializers.CharField(max_length=300, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("start" in attrs) != ("end" in attrs):
            raise serializers.ValidationError({"end": "Give start and end together."})
        return attrs


class ReasonGivenSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=2000, help_text="stays in the claim's history")


class DismissalSerializer(ReasonGivenSerializer):
    category = serializers.ChoiceField(
        [choice for choice in DismissalReason.choices() if choice[0] != DismissalReason.NO_LONGER_FOUND],
        required=False,
        help_text="`other` unless given; the desk learns from it which claims not to bring",
    )


class MergeSerializer(ReasonGivenSerializer):
    into = serializers.IntegerField(help_text="the claim that says the same")


class AdjudicationSerializer(ReasonGivenSerializer):
    """A decision between verdicts that differ (`rating`), or the wish that other people judge (`another_round`)."""

    rating = RatingField(required=False)
    another_round = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("rating" in attrs) == attrs["another_round"]:
            raise serializers.ValidationError({"rating": "Give a rating, or ask for another round."})
        return attrs


class PrioritySerializer(serializers.Serializer):
    boost = serializers.IntegerField(min_value=-2, max_value=2, required=False)
    due_at = serializers.DateTimeField(required=False)
    reason = serializers.CharField(max_length=2000, required=False)


class EventSerializer(serializers.ModelSerializer):
    """What happened to a claim. `hash` covers the event and the hash of the one before it."""

    actor = NameField("username", allow_null=True, help_text="null: the machine, or who is named in the details")
    details = FactsField(read_only=True)

    class Meta:
        model = ClaimEvent
        fields = [
            "number", "kind", "actor", "at", "from_status", "to_status", "reason", "details", "previous_hash", "hash",
        ]  # fmt: skip
        read_only_fields = fields
