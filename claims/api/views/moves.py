"""What changes the course of a claim: each a move with a reason, and each with a counterpart that undoes it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.serializers.claims import (
    AdjudicationSerializer,
    ClaimSerializer,
    CorrectionSerializer,
    DismissalSerializer,
    MergeSerializer,
    PrioritySerializer,
    ReasonGivenSerializer,
    SplitSerializer,
)
from claims.api.views.claims import ClaimView
from claims.models import Claim, Rating
from claims.permissions import Power
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim, restore_decision, unmerge_claim
from claims.review.correcting import correct_claim, split_claim
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


class ClaimCorrection(ClaimView):
    powers = {"POST": Power.CORRECT}

    @extend_schema(
        summary="Correct its words, headline or kind", request=CorrectionSerializer, responses=ClaimSerializer,
        description="What it was before stays in its history. Facts of words that are left behind go with them.",
    )  # fmt: skip
    def post(self, request: Request, claim_id: int) -> Response:
        correct_claim(self.person, claim_id, **_with_span(self.read(CorrectionSerializer)))
        return self.show(claim_id)


class ClaimSplit(ClaimView):
    powers = {"POST": Power.CORRECT}

    @extend_schema(
        summary="Make a part of it a claim of its own", request=SplitSerializer, responses={201: ClaimSerializer}
    )
    def post(self, request: Request, claim_id: int) -> Response:
        part = split_claim(self.person, claim_id, **_with_span(self.read(SplitSerializer)))
        return self.show(part.pk, 201)


def _with_span(values: dict[str, Any]) -> dict[str, Any]:
    """The services know start and end as one."""
    start, end = values.pop("start", None), values.pop("end", None)
    return values if start is None else values | {"span": (start, end)}


class ClaimPriority(ClaimView):
    powers = {"POST": Power.ASSIGN}

    @extend_schema(
        summary="Change its place in the queue", request=PrioritySerializer, responses=ClaimSerializer,
        description="A boost counts like half a point of check-worthiness; what is not given stays as it is.",
    )  # fmt: skip
    def post(self, request: Request, claim_id: int) -> Response:
        prioritise_claim(self.person, claim_id, **self.read(PrioritySerializer))
        return self.show(claim_id)
