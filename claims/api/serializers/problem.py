from rest_framework import serializers


class ProblemSerializer(serializers.Serializer):
    """Problem details (RFC 9457). `code` is for programs, `detail` for people and says what to do."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    instance = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]
        required=False, help_text="What does not hold, by field; only where fields are wrong."
    )
    draft = serializers.URLField(required=False, help_text="Where what you sent was kept; only for a verdict too late.")
