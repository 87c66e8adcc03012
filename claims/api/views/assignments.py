from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.problems import Elaborated
from claims.api.queries import complete_assignment, complete_verdict, with_assignment_details
from claims.api.serializers.review import (
    AssignmentSerializer,
    ExpirySerializer,
    FenceSerializer,
    NewVerdictSerializer,
    ReassignmentSerializer,
    TakingSerializer,
    VerdictSerializer,
)
from claims.api.views.base import DeskList, DeskView, represent
from claims.exceptions import LeaseLost
from claims.models import Assignment, Reviewer
from claims.permissions import Power, own_assignments
from claims.review.assignments import assign_claim, extend_lease, reassign, release_assignment, take_claim, take_next
from claims.review.queue import Wanted
from claims.review.verdicts import record_verdict

REVIEW = dict.fromkeys(("GET", "POST", "DELETE"), Power.REVIEW)


class AssignmentList(DeskList):
    powers = REVIEW
    serializer_class = AssignmentSerializer

    def get_queryset(self) -> QuerySet[Assignment]:
        held = own_assignments(self.person).filter(closed_at=None, expires_at__gt=timezone.now())
        return with_assignment_details(held, self.person)

    @extend_schema(summary="Your open assignments")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        summary="Take the next claim, or this one, or give it to somebody",
        request=TakingSerializer,
        responses={201: AssignmentSerializer, 204: OpenApiResponse(description="Nothing waits for you.")},
    )
    def post(self, request: Request) -> Response:
        assignment = self._take(self.person, **self.read(TakingSerializer))
        if assignment is None:
            return Response(status=204)
        return Response(represent(AssignmentSerializer, complete_assignment(assignment, self.person)), 201)

    def _take(
        self, person: Reviewer, claim: int | None = None, reviewer: Reviewer | None = None, **wanted: str
    ) -> Assignment | None:
        if claim is None:
            return take_next(person, Wanted(**wanted))
        return assign_claim(person, claim, reviewer) if reviewer else take_claim(person, claim)


class AssignmentDetail(DeskView):
    powers = REVIEW

    @extend_schema(summary="An assignment of yours", responses=AssignmentSerializer)
    def get(self, request: Request, assignment_id: int) -> Response:
        assignments = with_assignment_details(own_assignments(self.person), self.person)
        return Response(AssignmentSerializer(get_object_or_404(assignments, pk=assignment_id)).data)

    @extend_schema(summary="Leave the claim to others", responses={204: None})
    def delete(self, request: Request, assignment_id: int) -> Response:
        release_assignment(self.person, assignment_id)
        return Response(status=204)


class AssignmentReassignment(DeskView):
    powers = {"POST": Power.ASSIGN}

    @extend_schema(
        summary="Give somebody's turn to somebody else, or take it over",
        description="Who held it is told, and keeps their draft.",
        request=ReassignmentSerializer,
        responses={201: AssignmentSerializer},
    )
    def post(self, request: Request, assignment_id: int) -> Response:
        assignment = reassign(self.person, assignment_id, **self.read(ReassignmentSerializer))
        return Response(represent(AssignmentSerializer, complete_assignment(assignment, self.person)), 201)


class AssignmentHeartbeat(DeskView):
    powers = REVIEW

    @extend_schema(summary="Keep the assignment", request=FenceSerializer, responses=ExpirySerializer)
    def post(self, request: Request, assignment_id: int) -> Response:
        expires_at = extend_lease(self.person, assignment_id, **self.read(FenceSerializer))
        return Response(represent(ExpirySerializer, {"expires_at": expires_at}))


class AssignmentVerdict(DeskView):
    powers = REVIEW

    @extend_schema(
        summary="Hand in your verdict",
        description="Too late, or with an old fence: 409, and what you sent is kept as your draft of the claim.",
        request=NewVerdictSerializer,
        responses={201: VerdictSerializer},
    )
    def post(self, request: Request, assignment_id: int) -> Response:
        values = self.read(NewVerdictSerializer)
        try:
            verdict = record_verdict(self.person, assignment_id, **values)
        except LeaseLost as lost:
            raise Elaborated(lost, self._kept_draft(request, assignment_id)) from lost
        return Response(represent(VerdictSerializer, complete_verdict(verdict, self.person)), 201)

    def _kept_draft(self, request: Request, assignment_id: int) -> dict[str, Any]:
        claim_id = own_assignments(self.person).values_list("claim", flat=True).get(pk=assignment_id)
        if not self.person.drafts.filter(claim=claim_id).exists():
            return {}
        return {"draft": reverse("api:claim-draft", [claim_id], request=request)}
