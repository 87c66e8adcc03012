from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.serializers.opinions import NewOpinionSerializer, OpinionSerializer
from claims.api.views.base import SEE_REVIEW, DeskList, DeskView
from claims.models import OutsideOpinion
from claims.permissions import Power, visible_opinions
from claims.review.opinions import ask_opinion, revoke_opinion


class ClaimOpinions(DeskList):
    queryset = OutsideOpinion.objects.none()
    powers = SEE_REVIEW | {"POST": Power.ASK_OUTSIDE}
    serializer_class = OpinionSerializer
    ordering = ("id",)

    def get_queryset(self) -> QuerySet[OutsideOpinion]:
        return visible_opinions(self.person).filter(claim=self.get_claim()).select_related("asked_by", "revoked_by")

    @extend_schema(
        summary="What people without an account think of the claim",
        description="In a blind review what you have asked yourself, without the answers, until your verdict is in.",
    )
    def get(self, request: Request, claim_id: int) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Ask somebody without an account for an opinion",
        description="They get a mail with a link that shows the claim and takes one answer.",
        request=NewOpinionSerializer,
        responses={201: OpinionSerializer},
    )
    def post(self, request: Request, claim_id: int) -> Response:
        asked = ask_opinion(self.person, claim_id, **self.read(NewOpinionSerializer))
        return Response(OpinionSerializer(visible_opinions(self.person).get(pk=asked.pk)).data, 201)


class ClaimOpinion(DeskView):
    powers = {"DELETE": Power.ASK_OUTSIDE}

    @extend_schema(
        summary="Revoke the link of somebody who was asked for an opinion",
        description="It shows and takes nothing any more. That they were asked stays in the history.",
        responses={204: None},
    )
    def delete(self, request: Request, claim_id: int, opinion_id: int) -> Response:
        opinion = get_object_or_404(visible_opinions(self.person), pk=opinion_id, claim=claim_id)
        revoke_opinion(self.person, opinion.pk)
        return Response(status=204)
