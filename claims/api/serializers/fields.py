from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.kept_queries import KeptQuery
from claims.models import Rating, Reviewer

_ratings = Rating.objects.filter(scale__is_default=True).select_related("scale")
_by_id = KeptQuery(lambda pk: _ratings.filter(pk=pk))
_by_name = KeptQuery(lambda name: _ratings.filter(name=name))


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string"}]})
class RatingField(serializers.Field):
    """A rating of the desk's scale, by id or by name."""

    default_error_messages = {"unknown": "This is no rating of the desk: choose one of ratings/, by id or name."}

    def to_internal_value(self, data: Any) -> Rating:
        find = _by_id if type(data) is int else _by_name if isinstance(data, str) and "\0" not in data else None
        found = find(data) if find else []
        if not found:
            self.fail("unknown")
        return found[0]

    def to_representation(self, value: Rating) -> int:
        return value.pk


class NameField(serializers.SlugRelatedField):
    """What a related row is called, or null where there is none."""

    def __init__(self, slug_field: str = "name", **kwargs: Any) -> None:
        super().__init__(slug_field, read_only=True, **kwargs)


class PersonField(serializers.SlugRelatedField):
    """Somebody, by username."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("username", queryset=Reviewer.objects.all(), **kwargs)

    def to_internal_value(self, data: Any) -> Reviewer:
        if not isinstance(data, str) or "\0" in data:
            self.fail("invalid")
        return super().to_internal_value(data)


class TextField(serializers.CharField):
    """What a person writes, to its last blank; a NUL, which PostgreSQL cannot keep, is refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, max_length=50_000, **kwargs)


class RawTextField(serializers.CharField):
    """Text as it was sent; what cannot be kept is the stage's to refuse, in its own words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, **kwargs)
        self.validators = []

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):  # a number is no text
            self.fail("invalid")
        return data


@extend_schema_field(OpenApiTypes.OBJECT)
class FactsField(serializers.JSONField):
    """What the machine read in the words: quantities, dates."""
