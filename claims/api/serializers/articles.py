from typing import Any

from rest_framework import serializers

from claims.api.queries import count_claims
from claims.api.serializers.fields import NameField, RawTextField
from claims.enums import Change, ExtractionStatus
from claims.models import Article, ArticlePage

TEXT_NEEDED = (
    "Send the article's text here, or its page's source as `html`, or its `url` alone: then the desk reads the page "
    "there. A `url` beside the text says which article it is."
)
ONE_OF_THEM = "Send the article's `text` or its page's `html`, not both."


class ArticlePageSerializer(serializers.ModelSerializer):
    """The page of an article that was sent in by its `url` alone. Of one that waits, `last_error` says why it was not
    read before, and `next_attempt_at` when it is tried again; of one that has failed, why.
    """

    class Meta:
        model = ArticlePage
        fields = ["status", "attempts", "next_attempt_at", "last_error"]
        read_only_fields = fields


class ArticleSerializer(serializers.ModelSerializer):
    """An article and where the extraction of its newest version stands.

    While the desk has yet to read its `page`, `version` is null and `extraction_status` is `waiting`, or `failed` once
    the page has failed: send the text with the same `url` then, or have the page tried again.
    """

    added_by = NameField("username", allow_null=True)
    url = serializers.CharField(read_only=True)  # may be empty, which is no URL
    version = serializers.IntegerField(read_only=True, allow_null=True)
    extraction_status = serializers.ChoiceField(ExtractionStatus.choices(), read_only=True)
    page = ArticlePageSerializer(read_only=True, allow_null=True, help_text="null: its text was sent")

    class Meta:
        model = Article
        fields = [
            "id", "title", "outlet", "section", "language", "url", "external_id", "published_on", "added_by",
            "created_at", "version", "extraction_status", "page",
        ]  # fmt: skip
        read_only_fields = fields


class DifferenceSerializer(serializers.Serializer):
    """What another reading of the version, by a newer extractor, did to its claims: how many of them in which way."""

    from_extractor = serializers.CharField(source="from")
    to_extractor = serializers.CharField(source="to")
    at = serializers.DateTimeField()
    asked_by = serializers.CharField(help_text="a username; empty: nobody in person", allow_blank=True)
    claims = serializers.SerializerMethodField(help_text="numbers by what happened to them")

    def get_claims(self, difference: dict[str, Any]) -> dict[str, int]:
        return {change.value: len(difference.get(change, [])) for change in Change}


class ArticleDetailSerializer(ArticleSerializer):
    """The article with its newest text, why it could not be read if so, and how many claims stand where."""

    text = serializers.CharField(read_only=True)
    sha256 = serializers.CharField(read_only=True)
    failure = serializers.CharField(read_only=True)
    extraction_note = serializers.CharField(
        read_only=True, help_text="within which limits the extractor could read the text; empty: none"
    )
    differences = DifferenceSerializer(many=True, read_only=True, help_text="one a re-extraction, oldest first")
    claims = serializers.SerializerMethodField(help_text="numbers by status")

    class Meta(ArticleSerializer.Meta):
        fields = [
            *ArticleSerializer.Meta.fields,
            "text",
            "sha256",
            "failure",
            "extraction_note",
            "differences",
            "claims",
        ]
        read_only_fields = fields

    def get_claims(self, article: Article) -> dict[str, int]:
        return count_claims(article, self.context["person"])


class NewArticleSerializer(serializers.Serializer):
    """An article to check: its text, its page's source or its `url` alone, and what is known about it, which goes
    before what the page says. `url` or `external_id` identify it.
    """

    text = RawTextField(
        help_text="the article's own text, or a pasted page, which is cleaned; without it the desk reads the `url`",
        required=False,
    )
    html = RawTextField(help_text="instead of the text: the source of its page, up to 3 MB", required=False)
    title = serializers.CharField(max_length=500, allow_blank=True, required=False)
    outlet = serializers.CharField(max_length=200, allow_blank=True, required=False)
    url = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    external_id = serializers.CharField(max_length=200, allow_blank=True, required=False)
    published_on = serializers.DateField(allow_null=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.keys() & {"text", "html"} and not attrs.get("url"):
            raise serializers.ValidationError({"text": TEXT_NEEDED}, code="required")
        if attrs.get("text", "").strip() and attrs.get("html", "").strip():
            raise serializers.ValidationError({"html": ONE_OF_THEM}, code="both")
        return attrs


class RejectedLineSerializer(serializers.Serializer):
    line = serializers.IntegerField(help_text="counted from 1")
    code = serializers.CharField()
    detail = serializers.CharField()


class BulkResultSerializer(serializers.Serializer):
    """What became of the lines. Accepted lines stay, whatever happens to others; sending a line again is harmless."""

    accepted = serializers.IntegerField()
    rejected = RejectedLineSerializer(many=True)
