from rest_framework import serializers

from claims.api.serializers.fields import NameField
from claims.enums import OpinionAnswer, OpinionStatus
from claims.models import OutsideOpinion
from claims.review.opinions import LONGEST_NAME, LONGEST_QUESTION, MOST_DAYS


class OpinionSerializer(serializers.ModelSerializer):
    """What somebody without an account thinks of a claim: advice, and no verdict. The link is in their mail alone."""

    asked_by = NameField("username")
    address = serializers.CharField(source="shown_address", read_only=True, help_text="for who may ask; else empty")
    status = serializers.ChoiceField(OpinionStatus.choices(), read_only=True)
    answer = serializers.ChoiceField(
        OpinionAnswer.choices(), source="shown_answer", read_only=True, allow_blank=True,
        help_text="as the comment: empty while you owe a blind verdict",
    )  # fmt: skip
    comment = serializers.CharField(source="shown_comment", read_only=True)
    revoked_by = NameField("username", allow_null=True)

    class Meta:
        model = OutsideOpinion
        fields = [
            "id", "asked_by", "name", "address", "question", "asked_at", "expires_at", "status", "opened_at", "answer",
            "comment", "answered_at", "revoked_at", "revoked_by", "refused_at",
        ]  # fmt: skip
        read_only_fields = fields


class NewOpinionSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=LONGEST_NAME)
    address = serializers.EmailField(max_length=254)
    question = serializers.CharField(max_length=LONGEST_QUESTION)
    days = serializers.IntegerField(
        min_value=1, max_value=MOST_DAYS, required=False, help_text="that the link holds; 7 unless given"
    )
