from rest_framework import serializers

from claims.api.serializers.fields import FactsField, NameField
from claims.enums import ClaimKind
from claims.models import Appearance, Claim, ClaimEvent, Rating


class RatingSerializer(serializers.ModelSerializer):
    scale = NameField()

    class Meta:
        model = Rating
        fields = ["id", "scale", "position", "name", "value", "colour", "meaning"]
        read_only_fields = fields


class AppearanceSerializer(serializers.ModelSerializer):
    """Where the words stand: `text[start:end] == quote` in that version of the article, in code points."""

    article = serializers.IntegerField(source="version.article_id", read_only=True)
    outlet = serializers.CharField(source="version.article.outlet", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)

    class Meta:
        model = Appearance
        fields = ["id", "article", "outlet", "version", "quote", "start", "end", "sentence"]
        read_only_fields = fields


class ReasonSerializer(serializers.Serializer):
    name = serializers.CharField()
    weight = serializers.FloatField()
    text = serializers.CharField()


class ClaimSerializer(serializers.ModelSerializer):
    """A claim: what was said, by whom and where, why it is worth checking, and where it stands."""

    article_title = serializers.CharField(source="article.title", read_only=True)
    outlet = serializers.CharField(source="article.outlet", read_only=True)
    claimant = NameField(allow_null=True)
    facts = FactsField(read_only=True)
    reasons = ReasonSerializer(many=True, read_only=True)
    rating = RatingSerializer(read_only=True, allow_null=True)
    added_by = NameField("username", allow_null=True)
    appearances = AppearanceSerializer(many=True, read_only=True)

    class Meta:
        model = Claim
        fields = [
            "id", "article", "article_title", "outlet", "headline", "stand_alone", "kind", "claimant", "facts",
            "check_worthiness", "reasons", "status", "rating", "decided_at", "duplicate_of", "extractor", "added_by",
            "created_at", "appearances",
        ]  # fmt: skip
        read_only_fields = fields


class NewClaimSerializer(serializers.Serializer):
    """A claim that a person found: the span [start, end) of the article's newest text, in code points."""

    article = serializers.IntegerField()
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    headline = serializers.CharField(max_length=300, allow_blank=True, required=False)
    kind = serializers.ChoiceField(ClaimKind.choices(), required=False)


class ReasonGivenSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=2000, help_text="stays in the claim's history")


class EventSerializer(serializers.ModelSerializer):
    """What happened to a claim. `hash` covers the event and the hash of the one before it."""

    actor = NameField("username", allow_null=True, help_text="null: the machine")
    details = FactsField(read_only=True)

    class Meta:
        model = ClaimEvent
        fields = [
            "number", "kind", "actor", "at", "from_status", "to_status", "reason", "details", "previous_hash", "hash",
        ]  # fmt: skip
        read_only_fields = fields
