from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.serializers.policy import PolicySerializer
from claims.api.views.base import SEE_REVIEW, DeskList
from claims.models import SignOffPolicy
from claims.permissions import Power
from claims.review.policy import adopt_policy


class PolicyList(DeskList):
    powers = SEE_REVIEW | {"POST": Power.SET_POLICY}
    serializer_class = PolicySerializer
    ordering = ("-number",)

    def get_queryset(self) -> QuerySet[SignOffPolicy]:
        return SignOffPolicy.objects.select_related("created_by").prefetch_related("rules")

    @extend_schema(summary="The sign-off policy in force, then those before it")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Put another policy into force",
        description="The last rule must fit every claim. Claims that are under review keep their rule.",
        request=PolicySerializer,
        responses={201: PolicySerializer},
    )
    def post(self, request: Request) -> Response:
        values = self.read(PolicySerializer)
        policy = adopt_policy(self.person, values["rules"], values.get("note", ""))
        return Response(PolicySerializer(self.get_queryset().get(pk=policy.pk)).data, 201)
