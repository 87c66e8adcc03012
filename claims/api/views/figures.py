"""The desk's figures, each as JSON and as a file for a spreadsheet."""

from collections.abc import Iterable
from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from claims.api.serializers.figures import (
    AgreementQuery,
    AgreementReportSerializer,
    AgreementSerializer,
    DayFlowSerializer,
    DismissalFileQuery,
    DismissalsSerializer,
    FlowFileQuery,
    FlowSerializer,
    KindFlowSerializer,
    PeriodQuery,
    RatingCountSerializer,
    RatingFiguresSerializer,
    RatingFileQuery,
    ReasonCountSerializer,
    ReviewerFlowSerializer,
    ThresholdSerializer,
)
from claims.api.tables import CSVRenderer, write_table
from claims.api.views.base import DeskView
from claims.permissions import Power
from claims.review.agreement_figures import AgreementReport, By, agreement
from claims.review.dismissal_figures import dismissals
from claims.review.figures import flow
from claims.review.period import Period, choose_period
from claims.review.rating_figures import rating_figures

A_FILE = {(200, "text/csv"): OpenApiTypes.STR}


class FiguresView(DeskView):
    powers = {"GET": Power.SEE_FIGURES}
    query_class: ClassVar[type[Serializer]] = PeriodQuery

    def read_query(self) -> tuple[Period, str | None]:
        """The period asked for, and what to group by. What is left empty is not asked for; raises ValidationError."""
        asked = {name: value for name, value in self.request.query_params.items() if value}
        query = self.query_class(data=asked)
        query.is_valid(raise_exception=True)
        values = query.validated_data
        return choose_period(values.get("since"), values.get("until")), values.get("by")


class FileView(FiguresView):
    renderer_classes = [CSVRenderer]

    def send(self, name: str, serializer: Serializer, rows: Iterable[Any]) -> Response:
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(write_table(serializer, rows), headers=headers)


def _agreement(period: Period, by: str | None) -> AgreementReport:
    return agreement(period, By(by) if by else None)


class AgreementFigures(FiguresView):
    query_class = AgreementQuery

    @extend_schema(
        summary="How far reviewers agree", parameters=[AgreementQuery], responses=AgreementReportSerializer,
        description="Over the rounds with two verdicts or more of claims decided in the period.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        return Response(AgreementReportSerializer(_agreement(*self.read_query())).data)


class AgreementFile(FileView):
    query_class = AgreementQuery

    @extend_schema(
        summary="How far reviewers agree, as a file", parameters=[AgreementQuery], responses=A_FILE,
        description="A row for all, and one for each group.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        report = _agreement(*self.read_query())
        return self.send("agreement", AgreementSerializer(), [report.overall, *report.groups])


class FlowFigures(FiguresView):
    @extend_schema(
        summary="How claims flow through review", parameters=[PeriodQuery], responses=FlowSerializer,
        description="The queue as it stands now, and what happened in the period; what you are blind to is left out.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        period, _by = self.read_query()
        return Response(FlowSerializer(flow(self.person, period)).data)


class FlowFile(FileView):
    query_class = FlowFileQuery

    @extend_schema(
        summary="How claims flow through review, as a file", parameters=[FlowFileQuery], responses=A_FILE,
        description="A row for each day of the period, for all and each kind of claim, or for each reviewer.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        period, by = self.read_query()
        shown = flow(self.person, period)
        if by == "kind":
            return self.send("flow", KindFlowSerializer(), [shown.overall, *shown.kinds])
        if by == "reviewer":
            return self.send("flow", ReviewerFlowSerializer(), shown.reviewers)
        return self.send("flow", DayFlowSerializer(), shown.days)


class DismissalFigures(FiguresView):
    @extend_schema(
        summary="What is dismissed and why, and what other thresholds would let in",
        parameters=[PeriodQuery],
        responses=DismissalsSerializer,
    )
    def get(self, request: Request) -> Response:
        period, _by = self.read_query()
        return Response(DismissalsSerializer(dismissals(self.person, period)).data)


class DismissalFile(FileView):
    query_class = DismissalFileQuery

    @extend_schema(
        summary="Dismissals, as a file", parameters=[DismissalFileQuery], responses=A_FILE,
        description="A row for each reason, or for each threshold of check-worthiness.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        period, by = self.read_query()
        shown = dismissals(self.person, period)
        if by == "threshold":
            return self.send("dismissals", ThresholdSerializer(), shown.thresholds)
        return self.send("dismissals", ReasonCountSerializer(), shown.reasons)


class RatingFigures(FiguresView):
    @extend_schema(
        summary="How claims are rated", parameters=[PeriodQuery], responses=RatingFiguresSerializer,
        description="Verdicts and decisions by rating and kind of claim; what you are blind to is left out.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        period, _by = self.read_query()
        return Response(RatingFiguresSerializer(rating_figures(self.person, period)).data)


class RatingFile(FileView):
    query_class = RatingFileQuery

    @extend_schema(
        summary="Ratings, as a file", parameters=[RatingFileQuery], responses=A_FILE,
        description="A row for each rating: how many verdicts, or decisions, say so.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        period, by = self.read_query()
        shown = rating_figures(self.person, period)
        return self.send("ratings", RatingCountSerializer(), shown.decisions if by == "decision" else shown.verdicts)
