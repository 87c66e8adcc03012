from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.serializers.claims import ClaimSerializer, RatingSerializer, ReasonSerializer
from claims.api.serializers.evidence import (
    DraftEvidenceSerializer,
    EvidenceItemField,
    EvidenceSerializer,
    NewEvidenceSerializer,
)
from claims.api.serializers.fields import NameField, PersonField, RatingField, TextField
from claims.enums import ClaimKind, SeatStatus
from claims.models import Assignment, Draft, Seat, Verdict
from claims.priority import explain_priority


class TakingSerializer(serializers.Serializer):
    """Empty: the next claim of the queue, or the next of a kind, an outlet, a topic, a language.

    `claim`: this very one. With `reviewer`, an editor gives it to somebody.
    """

    claim = serializers.IntegerField(required=False)
    reviewer = PersonField(required=False)
    kind = serializers.ChoiceField(ClaimKind.choices(), required=False)
    outlet = serializers.CharField(max_length=200, required=False)
    topic = serializers.CharField(max_length=100, required=False, help_text="a section of the outlet")
    language = serializers.CharField(max_length=10, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "reviewer" in attrs and "claim" not in attrs:
            raise serializers.ValidationError({"claim": "Say which claim to give."})
        if "claim" in attrs and attrs.keys() - {"claim", "reviewer"}:
            raise serializers.ValidationError({"claim": "A claim by its number needs no other wish."})
        return attrs


class ReassignmentSerializer(serializers.Serializer):
    reviewer = PersonField()


class AssignmentSerializer(serializers.ModelSerializer):
    """A turn at a claim. Send `fence` with every later call, and a heartbeat before `expires_at`."""

    reviewer = NameField("username")
    assigned_by = NameField("username", allow_null=True)
    claim = ClaimSerializer(read_only=True)

    class Meta:
        model = Assignment
        fields = [
            "id", "fence", "expires_at", "taken_at", "closed_at", "outcome", "reviewer", "assigned_by", "claim",
        ]  # fmt: skip
        read_only_fields = fields


class FenceSerializer(serializers.Serializer):
    fence = serializers.IntegerField(help_text="of the assignment, as it was given at the taking")


class ExpirySerializer(serializers.Serializer):
    expires_at = serializers.DateTimeField()


class NewVerdictSerializer(FenceSerializer):
    """A judgement: a rating of the desk's scale, why, and the evidence it rests on."""

    rating = RatingField()
    explanation = TextField()
    evidence = serializers.ListField(child=EvidenceItemField(NewEvidenceSerializer), max_length=200, required=False)


class VerdictSerializer(serializers.ModelSerializer):
    assignment = serializers.IntegerField(source="assignment_id", read_only=True)
    reviewer = NameField("username", source="assignment.reviewer")
    rating = RatingSerializer(read_only=True)
    evidence = EvidenceSerializer(source="sources", many=True, read_only=True)
    claim = ClaimSerializer(source="assignment.claim", read_only=True)

    class Meta:
        model = Verdict
        fields = ["id", "assignment", "reviewer", "rating", "explanation", "evidence", "created_at", "claim"]
        read_only_fields = fields


class GivenVerdictSerializer(serializers.ModelSerializer):
    """A verdict beside the others of its claim."""

    reviewer = NameField("username", source="assignment.reviewer")
    rating = RatingSerializer(read_only=True)
    evidence = EvidenceSerializer(many=True, read_only=True)

    class Meta:
        model = Verdict
        fields = ["id", "reviewer", "rating", "explanation", "evidence", "created_at"]
        read_only_fields = fields


class DraftSerializer(serializers.ModelSerializer):
    """What the caller has typed about a claim and not handed in, or handed in too late."""

    rating = RatingField(allow_null=True, required=False)
    explanation = serializers.CharField(allow_blank=True, trim_whitespace=False, required=False)
    evidence = serializers.ListField(child=EvidenceItemField(DraftEvidenceSerializer), max_length=200, required=False)

    class Meta:
        model = Draft
        fields = ["claim", "rating", "explanation", "evidence", "updated_at"]
        read_only_fields = ["claim", "updated_at"]


class QueuedSeatSerializer(serializers.ModelSerializer):
    """A place at a claim: open to the caller, or held by somebody until a time."""

    seat = serializers.IntegerField(source="id", read_only=True)
    status = serializers.ChoiceField([SeatStatus.OPEN, SeatStatus.TAKEN], read_only=True)
    waiting_since = serializers.DateTimeField(source="created_at", read_only=True)
    held_by = serializers.CharField(allow_null=True, read_only=True)
    held_until = serializers.DateTimeField(allow_null=True, read_only=True)
    why = serializers.SerializerMethodField(help_text="what the priority is made of by now")
    claim = ClaimSerializer(read_only=True)

    class Meta:
        model = Seat
        fields = [
            "seat", "status", "is_overdue", "priority", "why", "waiting_since", "held_by", "held_until", "claim",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ReasonSerializer(many=True))
    def get_why(self, seat: Any) -> list[dict[str, float | str]]:
        return explain_priority(seat.claim, seat.claim.reach, seat.created_at, timezone.now())
