from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.filters import FactCheckFilter
from claims.api.serializers.fact_checks import (
    FactCheckSerializer,
    NewCorrectionSerializer,
    NewFactCheckSerializer,
    PublishedCorrectionSerializer,
    WithdrawalSerializer,
)
from claims.api.views.base import DeskList, DeskView
from claims.models import Correction, FactCheck
from claims.permissions import Power, visible_claims, visible_fact_checks
from claims.publishing.claim_review import build_claim_review
from claims.publishing.fact_checks import correct_fact_check, name_edition, publish_claim, withdraw_fact_check
from claims.publishing.listing import with_corrected


class FactCheckView(DeskView):
    """What the views of fact-checks share."""

    def get_fact_checks(self) -> QuerySet[Any]:
        found = visible_fact_checks(self.person).select_related("rating", "published_by", "claim")
        return with_corrected(found).prefetch_related("evidence")

    def show(self, slug: str, status: int = 200) -> Response:
        found = get_object_or_404(self.get_fact_checks(), slug=slug)
        return Response(FactCheckSerializer(found).data, status)

    def get_fact_check(self) -> FactCheck:
        related = visible_fact_checks(self.person).select_related("rating", "claim__article", "claim__claimant")
        return get_object_or_404(related, slug=self.kwargs["slug"])


class FactCheckList(FactCheckView, DeskList):
    powers = {"POST": Power.PUBLISH}
    serializer_class = FactCheckSerializer
    filterset_class = FactCheckFilter
    ordering = ("-published_at", "-id")

    def get_queryset(self) -> QuerySet[FactCheck]:
        return self.get_fact_checks()

    @extend_schema(summary="What the desk has published, the newest first; what is withdrawn says so")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Publish a decided claim",
        description="The rating is the decision's. Its page is public at once.",
        request=NewFactCheckSerializer,
        responses={201: FactCheckSerializer},
    )
    def post(self, request: Request) -> Response:
        values = self.read(NewFactCheckSerializer)
        claim = get_object_or_404(visible_claims(self.person), pk=values.pop("claim"))
        decided_at = values.pop("decided_at", None)
        seen = name_edition(decided_at) if decided_at else None
        return self.show(publish_claim(self.person, claim.pk, seen=seen, **values).slug, 201)


class FactCheckDetail(FactCheckView):
    @extend_schema(summary="A fact-check", responses=FactCheckSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return self.show(slug)


class FactCheckClaimReview(FactCheckView):
    @extend_schema(
        summary="A fact-check as schema.org's ClaimReview (JSON-LD)",
        description="As it stands in its public page. Of one that is withdrawn there is none: 404.",
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, slug: str) -> Response:
        found = self.get_fact_check()
        if found.withdrawn_at:
            raise Http404
        return Response(build_claim_review(found))


class FactCheckCorrections(DeskList, FactCheckView):
    queryset = Correction.objects.none()
    powers = {"POST": Power.PUBLISH}
    serializer_class = PublishedCorrectionSerializer
    ordering = ("number",)

    def get_queryset(self) -> QuerySet[Correction]:
        return self.get_fact_check().corrections.select_related("corrected_by")

    @extend_schema(summary="What was corrected, in the open")
    def get(self, request: Request, slug: str) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Correct a fact-check",
        description="Readers see the note and the day. After another review of its claim it takes the new decision's"
        " rating; then it may stay as it is otherwise.",
        request=NewCorrectionSerializer,
        responses={201: PublishedCorrectionSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        found = self.get_fact_check()
        correction = correct_fact_check(self.person, found.slug, **self.read(NewCorrectionSerializer))
        return Response(PublishedCorrectionSerializer(correction).data, 201)


class FactCheckWithdrawal(FactCheckView):
    powers = {"POST": Power.PUBLISH}

    @extend_schema(
        summary="Withdraw a fact-check",
        description="Its page stays, and says when and why. The claim is decided as before, and can be published anew.",
        request=WithdrawalSerializer,
        responses=FactCheckSerializer,
    )
    def post(self, request: Request, slug: str) -> Response:
        found = self.get_fact_check()
        withdraw_fact_check(self.person, found.slug, **self.read(WithdrawalSerializer))
        return self.show(slug)
