from rest_framework import serializers

from claims.enums import Role
from claims.models import Reviewer
from claims.permissions import Power

POWERS = [power.name.lower() for power in Power]


class PreferencesSerializer(serializers.ModelSerializer):
    class Meta:
        model = Reviewer
        fields = ["wants_mail"]


class MeSerializer(serializers.Serializer):
    """The caller: who they are at the desk, what they may do, and what they hold."""

    username = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices()))
    powers = serializers.ListField(child=serializers.ChoiceField(POWERS))
    open_assignments = serializers.IntegerField()
    preferences = PreferencesSerializer()
