from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.filters import ClaimFilter
from claims.api.queries import with_claim_details, with_place
from claims.api.serializers.claims import (
    AppearanceSerializer,
    ClaimSerializer,
    EventSerializer,
    NewClaimSerializer,
)
from claims.api.serializers.evidence import EvidenceSerializer, NewEvidenceSerializer
from claims.api.serializers.review import GivenVerdictSerializer
from claims.api.views.base import SEE_REVIEW, DeskList, DeskView, represent
from claims.models import Appearance, Claim, ClaimEvent, Evidence, Verdict
from claims.permissions import (
    Power,
    visible_articles,
    visible_claims,
    visible_events,
    visible_evidence,
    visible_verdicts,
)
from claims.review.evidence import add_evidence
from claims.review.found_claims import add_claim


class ClaimView(DeskView):
    """What the views of claims share."""

    def show(self, claim_id: int, status: int = 200) -> Response:
        claims = with_claim_details(visible_claims(self.person))
        return Response(represent(ClaimSerializer, get_object_or_404(claims, pk=claim_id)), status)


class ClaimList(ClaimView, DeskList):
    powers = {"POST": Power.ADD_CLAIMS}
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    orderings = ("-id", "id", "-check_worthiness", "check_worthiness")

    def get_queryset(self) -> QuerySet[Claim]:
        return with_claim_details(visible_claims(self.person))

    @extend_schema(summary="The desk's claims")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(summary="Add a claim that you found", request=NewClaimSerializer, responses={201: ClaimSerializer})
    def post(self, request: Request) -> Response:
        values = self.read(NewClaimSerializer)
        article = get_object_or_404(visible_articles(self.person), pk=values.pop("article"))
        return self.show(add_claim(self.person, article, **values).pk, 201)


class ClaimDetail(ClaimView):
    @extend_schema(summary="A claim", responses=ClaimSerializer)
    def get(self, request: Request, claim_id: int) -> Response:
        return self.show(claim_id)


class ClaimAppearances(DeskList):
    queryset = Appearance.objects.none()
    serializer_class = AppearanceSerializer
    ordering = ("id",)

    def get_queryset(self) -> QuerySet[Appearance]:
        return with_place(self.get_claim().appearances.all())

    @extend_schema(summary="Where the claim was said")
    def get(self, request: Request, claim_id: int) -> Response:
        return self.list(request)


class ClaimHistory(DeskList):
    queryset = ClaimEvent.objects.none()
    powers = SEE_REVIEW
    serializer_class = EventSerializer
    ordering = ("number",)

    def get_queryset(self) -> QuerySet[ClaimEvent]:
        return visible_events(self.person).filter(claim=self.get_claim()).select_related("actor")

    @extend_schema(summary="What happened to the claim")
    def get(self, request: Request, claim_id: int) -> Response:
        return self.list(request)


class ClaimEvidence(DeskList):
    queryset = Evidence.objects.none()
    powers = SEE_REVIEW | {"POST": Power.REVIEW}
    serializer_class = EvidenceSerializer
    ordering = ("id",)

    def get_queryset(self) -> QuerySet[Evidence]:
        return visible_evidence(self.person).filter(claim=self.get_claim()).select_related("added_by")

    @extend_schema(summary="The evidence gathered for the claim")
    def get(self, request: Request, claim_id: int) -> Response:
        return self.list(request)

    @extend_schema(summary="Add evidence", request=NewEvidenceSerializer, responses={201: EvidenceSerializer})
    def post(self, request: Request, claim_id: int) -> Response:
        evidence = add_evidence(self.person, claim_id, **self.read(NewEvidenceSerializer))
        return Response(EvidenceSerializer(evidence).data, 201)


class ClaimVerdicts(DeskList):
    queryset = Verdict.objects.none()
    powers = SEE_REVIEW
    serializer_class = GivenVerdictSerializer
    ordering = ("id",)

    def get_queryset(self) -> QuerySet[Verdict]:
        verdicts = visible_verdicts(self.person).filter(assignment__claim=self.get_claim())
        return verdicts.select_related("rating__scale", "assignment__reviewer").prefetch_related("evidence__added_by")

    @extend_schema(
        summary="The verdicts on the claim",
        description="In a blind review your own alone, until it is in or the claim waits for your adjudication.",
    )
    def get(self, request: Request, claim_id: int) -> Response:
        return self.list(request)
