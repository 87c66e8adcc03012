from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.serializers.matches import MatchSerializer
from claims.api.views.base import DeskView
from claims.matching.similar import similar_claims


class ClaimMatches(DeskView):
    @extend_schema(
        summary="Claims like it, checked ones and others",
        description="The likest first: at most ten that are decided or published, and ten others.",
        responses=MatchSerializer(many=True),
    )
    def get(self, request: Request, claim_id: int) -> Response:
        matches = similar_claims(self.person, self.get_claim())
        return Response(MatchSerializer(matches, many=True).data)
