from rest_framework import serializers

from claims.api.serializers.fields import NameField
from claims.models import Feed, FeedEntry


class FeedSerializer(serializers.ModelSerializer):
    """A feed that the desk reads by itself. Of one that fails, `last_error` says why."""

    added_by = NameField("username")
    is_active = serializers.BooleanField(read_only=True)
    articles = serializers.IntegerField(read_only=True, help_text="that came of it")

    class Meta:
        model = Feed
        fields = [
            "id", "url", "outlet", "added_by", "created_at", "is_active", "paused_at", "last_read_at", "next_read_at",
            "failing_since", "last_error", "articles",
        ]  # fmt: skip
        read_only_fields = fields


class NewFeedSerializer(serializers.Serializer):
    """The address of an RSS, Atom or JSON feed; its articles come in under the name of the outlet."""

    url = serializers.CharField(max_length=2000)
    outlet = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ChangedFeedSerializer(NewFeedSerializer):
    """What is left out stays. `is_active` pauses and resumes."""

    is_active = serializers.BooleanField(required=False)


class FeedEntrySerializer(serializers.ModelSerializer):
    """A page that the feed has named, and what became of it; `article` is the number of its article."""

    class Meta:
        model = FeedEntry
        fields = [
            "id", "url", "title", "published_on", "created_at", "status", "attempts", "next_attempt_at", "last_error",
            "article",
        ]  # fmt: skip
        read_only_fields = fields
