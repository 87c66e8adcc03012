from rest_framework import serializers

from claims.api.serializers.claims import RatingSerializer
from claims.enums import ClaimStatus
from claims.models import Claim


class MatchedClaimSerializer(serializers.ModelSerializer):
    """As much of a claim as tells whether to look at it."""

    article = serializers.IntegerField(source="article_id", read_only=True)
    outlet = serializers.CharField(source="article.outlet", read_only=True)
    claimant = serializers.CharField(source="claimant.name", read_only=True, default=None, allow_null=True)
    status = serializers.ChoiceField(ClaimStatus.choices(), source="shown_status", read_only=True)
    rating = RatingSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Claim
        fields = [
            "id", "article", "outlet", "headline", "stand_alone", "kind", "claimant", "status", "rating", "decided_at",
            "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class MatchSerializer(serializers.Serializer):
    """A claim that is like another one, and why. Words, numbers and facts are compared, and no meaning."""

    claim = MatchedClaimSerializer()
    likeness = serializers.FloatField(source="likeness.degree", help_text="0 to 1")
    shared_words = serializers.ListField(
        child=serializers.CharField(),
        source="likeness.shared_words",
        help_text="as the claim that was asked about has them",
    )
    shared_numbers = serializers.ListField(child=serializers.CharField(), source="likeness.shared_numbers")
    same_facts = serializers.ListField(
        child=serializers.CharField(), source="likeness.same_facts", help_text="their names: `quantity`, `date`"
    )
    differing_facts = serializers.ListField(
        child=serializers.CharField(),
        source="likeness.differing_facts",
        help_text="of what can be compared; the claims may contradict each other",
    )
    same_claimant = serializers.BooleanField(source="likeness.same_claimant")
