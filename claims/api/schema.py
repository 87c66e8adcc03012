"""The OpenAPI description: every operation may be answered with a problem, and says so."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema

from claims.api.problems import MEDIA_TYPE
from claims.api.serializers.problem import ProblemSerializer

ALWAYS = (400, 401, 403, 404, 406, 429)
WITH_A_BODY = (409, 413, 415)


class DeskSchema(AutoSchema):
    def get_description(self) -> str:  # type: ignore[override]
        """What the operation says of itself; docstrings are written for people who read the code."""
        return ""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status in ALWAYS if self.method == "GET" else ALWAYS + WITH_A_BODY:
            bodies.setdefault(str(status), self._describe_problem(status))
        return bodies

    def _describe_problem(self, status: int) -> dict[str, Any]:
        described = self._get_response_for_code(ProblemSerializer, str(status), [MEDIA_TYPE])
        return described | {"description": HTTPStatus(status).phrase}


class DeskTokenScheme(KnoxTokenScheme):
    target_class = "claims.api.authentication.DeskTokens"
    name = "token"


class EvidenceItemScheme(OpenApiSerializerFieldExtension):
    target_class = "claims.api.serializers.evidence.EvidenceItemField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        fields = auto_schema.resolve_serializer(self.target.serializer_class, direction)
        return {"oneOf": [{"type": "integer"}, fields.ref]}
