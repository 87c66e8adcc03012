"""What changes the course of a claim: each a move with a reason, and each with a counterpart that undoes it."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.serializers.claims import (
    AdjudicationSerializer,
    ClaimSerializer,
    DismissalSerializer,
    MergeSerializer,
    PrioritySerializer,
    ReasonGivenSerializer,
)
from claims.api.views.claims import ClaimView
from claims.models import Claim, Rating
from claims.permissions import Power
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim, restore_decision, unmerge_claim
from claims.review.deadlines import prioritise_claim


class ClaimDismissal(ClaimView):
    powers = {"POST": Power.DISMISS}

    @extend_schema(
        summary="Put the claim aside", request=DismissalSerializer, responses=ClaimSerializer,
        description="Not worth checking. The reason stays in its history, and the claim can be reopened.",
    )  # fmt: skip
    def post(self, request: Request, claim_id: int) -> Response:
        dismiss_claim(self.person, claim_id, **self.read(DismissalSerializer))
        return self.show(claim_id)


class ClaimReopening(ClaimView):
    powers = {"POST": Power.DISMISS}  # people take back what they dismissed themselves; editors reopen everything

    @extend_schema(
        summary="Bring a closed claim back into the queue", request=ReasonGivenSerializer, responses=ClaimSerializer
    )
    def post(self, request: Request, claim_id: int) -> Response:
        reopen_claim(self.person, claim_id, **self.read(ReasonGivenSerializer))
        return self.show(claim_id)


class ClaimRestoration(ClaimView):
    powers = {"POST": Power.REOPEN}

    @extend_schema(
        summary="Undo the reopening of a decision", request=ReasonGivenSerializer, responses=ClaimSerializer,
        description="The decision stands again, as long as nobody has judged the claim anew.",
    )  # fmt: skip
    def post(self, request: Request, claim_id: int) -> Response:
        restore_decision(self.person, claim_id, **self.read(ReasonGivenSerializer))
        return self.show(claim_id)


class ClaimMerge(ClaimView):
    powers = {"POST": Power.MERGE}

    @extend_schema(summary="Make it a duplicate of another claim", request=MergeSerializer, responses=ClaimSerializer)
    def post(self, request: Request, claim_id: int) -> Response:
        values = self.read(MergeSerializer)
        merge_claim(self.person, claim_id, values["into"], values["reason"])
        return self.show(claim_id)


class ClaimUnmerge(ClaimView):
    powers = {"POST": Power.MERGE}

    @extend_schema(summary="Take a merger back", request=ReasonGivenSerializer, responses=ClaimSerializer)
    def post(self, request: Request, claim_id: int) -> Response:
        unmerge_claim(self.person, claim_id, **self.read(ReasonGivenSerializer))
        return self.show(claim_id)


class ClaimAdjudication(ClaimView):
    powers = {"POST": Power.ADJUDICATE}

    @extend_schema(
        summary="Decide between verdicts that differ, or ask other people",
        request=AdjudicationSerializer,
        responses=ClaimSerializer,
    )
    def post(self, request: Request, claim_id: int) -> Response:
        self._adjudicate(claim_id, **self.read(AdjudicationSerializer))
        return self.show(claim_id)

    def _adjudicate(self, claim_id: int, reason: str, another_round: bool, rating: Rating | None = None) -> Claim:
        if rating is None:
            return send_to_another_round(self.person, claim_id, reason)
        return adjudicate_claim(self.person, claim_id, rating, reason)


class ClaimPriority(ClaimView):
    powers = {"POST": Power.ASSIGN}

    @extend_schema(
        summary="Change its place in the queue", request=PrioritySerializer, responses=ClaimSerializer,
        description="A boost counts like half a point of check-worthiness; what is not given stays as it is.",
    )  # fmt: skip
    def post(self, request: Request, claim_id: int) -> Response:
        prioritise_claim(self.person, claim_id, **self.read(PrioritySerializer))
        return self.show(claim_id)
