from typing import Any

from rest_framework import serializers

from claims.enums import EmailKind, Role, Timing
from claims.models import Reviewer
from claims.notifications.choices import choices_of
from claims.notifications.routes import ROUTES, Route
from claims.permissions import Power

POWERS = [power.name.lower() for power in Power]


class MailChoicesSerializer(serializers.Serializer):
    """When the caller hears of each kind of event. What is not named stays as it is."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {route.kind.value: _timing(route) for route in ROUTES}

    def validate_digest(self, timing: str) -> str:
        if timing == Timing.DIGEST:
            raise serializers.ValidationError("Choose at_once or never: there is no digest of digests.")
        return timing

    def get_attribute(self, instance: Reviewer) -> dict[EmailKind, Timing]:
        return choices_of(instance)


def _timing(route: Route) -> serializers.ChoiceField:
    return serializers.ChoiceField(Timing.choices(), required=False, help_text=str(route.event))


class PreferencesSerializer(serializers.ModelSerializer):
    """Who hears of what, and when: `mail` names each kind of event; times are in the caller's `time_zone`."""

    mail = MailChoicesSerializer(required=False)

    class Meta:
        model = Reviewer
        fields = ["wants_mail", "mail", "time_zone", "digest_hour", "quiet_from", "quiet_until", "mail_paused_until"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        begins, ends = (attrs.get(name, getattr(self.instance, name)) for name in ("quiet_from", "quiet_until"))
        if (begins is None) != (ends is None):
            raise serializers.ValidationError({"quiet_until": "Give both ends of the quiet hours, or none."})
        return attrs


class MeSerializer(serializers.Serializer):
    """The caller: who they are at the desk, what they may do, and what they hold."""

    username = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices()))
    powers = serializers.ListField(child=serializers.ChoiceField(POWERS))
    open_assignments = serializers.IntegerField()
    preferences = PreferencesSerializer()
