"""The desk's figures, as JSON and as tables. Times are whole seconds; shares and coefficients have four digits."""

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from claims.enums import ClaimKind, DismissalReason
from claims.review.agreement_figures import Agreement, By


class CoefficientField(serializers.FloatField):
    def to_representation(self, value: Any) -> Any:
        return round(float(value), 4)


class SecondsField(serializers.IntegerField):
    def to_representation(self, value: Any) -> int:
        return round(value / timedelta(seconds=1))


class PeriodQuery(serializers.Serializer):
    since = serializers.DateField(required=False, help_text="The first day; without it, 90 days up to the last one.")
    until = serializers.DateField(required=False, help_text="The last day, which counts too; without it, today.")


class AgreementQuery(PeriodQuery):
    by = serializers.ChoiceField(By.choices(), required=False, help_text="Groups beside the overall figures.")


class FlowFileQuery(PeriodQuery):
    by = serializers.ChoiceField(["day", "kind", "reviewer"], default="day", help_text="What a row is.")


class DismissalFileQuery(PeriodQuery):
    by = serializers.ChoiceField(["reason", "threshold"], default="reason", help_text="What a row is.")


class RatingFileQuery(PeriodQuery):
    by = serializers.ChoiceField(["verdict", "decision"], default="verdict", help_text="What is counted.")


class ReportSerializer(serializers.Serializer):
    since = serializers.DateField(source="period.first")
    until = serializers.DateField(source="period.last")


class AgreementSerializer(serializers.Serializer):
    """Agreement over rounds with two verdicts at least, of decided claims. null: not defined.

    Kappa and alpha are 1 where people always agree, 0 where they agree as by chance, less where they do so less often.
    Kappa is of two people; the ordinal alpha forgives what lies near on the scale, and leaves out ratings beside it.
    """

    group = serializers.SerializerMethodField(help_text="all; the two usernames; the kind; or the month, as 2026-03")
    reviewers = serializers.ListField(child=serializers.CharField(), source="usernames", help_text="of a pair")
    rounds = serializers.IntegerField()
    share_agreeing = CoefficientField(allow_null=True, help_text="0 to 1, of all pairs of verdicts in a round")
    cohens_kappa = CoefficientField(source="kappa", allow_null=True, help_text="of a pair")
    alpha_nominal = CoefficientField(allow_null=True)
    ordinal_rounds = serializers.IntegerField(help_text="with two ratings at least that have a place on the scale")
    alpha_ordinal = CoefficientField(allow_null=True)

    def get_group(self, agreement: Agreement) -> str:
        if agreement.people:
            return " / ".join(agreement.usernames)
        return f"{agreement.month:%Y-%m}" if agreement.month else agreement.kind or "all"


class AgreementReportSerializer(ReportSerializer):
    overall = AgreementSerializer()
    groups = AgreementSerializer(many=True)


class SpreadSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    median = SecondsField(allow_null=True)
    p90 = SecondsField(allow_null=True)


class KindFlowSerializer(serializers.Serializer):
    """Seats in the queue now, and the seconds from a seat to its taking and from the queue to the decision."""

    kind = serializers.SerializerMethodField(help_text="or all")
    open_seats = serializers.IntegerField(source="open")
    taken_seats = serializers.IntegerField(source="taken")
    overdue_seats = serializers.IntegerField(source="overdue")
    oldest_wait = SecondsField(source="oldest", allow_null=True, help_text="of an open seat")
    median_wait = SecondsField(allow_null=True, help_text="of the open seats")
    to_take = SpreadSerializer()
    to_decide = SpreadSerializer()

    def get_kind(self, row: Any) -> str:
        return row.kind or "all"


class DayFlowSerializer(serializers.Serializer):
    day = serializers.DateField()
    queued = serializers.IntegerField()
    verdicts = serializers.IntegerField()
    decisions = serializers.IntegerField()
    dismissals = serializers.IntegerField(help_text="by people")


class ReviewerFlowSerializer(serializers.Serializer):
    username = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.get_full_name")
    verdicts = serializers.IntegerField()
    open_turns = serializers.IntegerField(help_text="now")
    lapsed_turns = serializers.IntegerField()


class FlowSerializer(ReportSerializer):
    overall = KindFlowSerializer()
    kinds = KindFlowSerializer(many=True)
    days = DayFlowSerializer(many=True)
    reviewers = ReviewerFlowSerializer(many=True)


class KindCountsSerializer(serializers.Serializer):
    def get_fields(self) -> dict[str, serializers.Field]:
        return {kind.value: serializers.IntegerField() for kind in ClaimKind}


class ReasonCountSerializer(serializers.Serializer):
    reason = serializers.SerializerMethodField(help_text=f"{', '.join(DismissalReason)}; or unknown")
    total = serializers.IntegerField()
    kinds = KindCountsSerializer()

    def get_reason(self, row: Any) -> str:
        return row.reason or "unknown"


class ThresholdSerializer(serializers.Serializer):
    """Of the judged claims, those at or above a threshold of check-worthiness."""

    threshold = CoefficientField()
    is_present = serializers.BooleanField(help_text="the desk's own")
    worth = serializers.IntegerField()
    not_worth = serializers.IntegerField(help_text="dismissed")
    share_dismissed = CoefficientField(allow_null=True, help_text="null: nobody judged such a claim")
    worth_below = serializers.IntegerField(help_text="worth checking, and kept out by the threshold")


class DismissalsSerializer(ReportSerializer):
    total = serializers.IntegerField()
    reasons = ReasonCountSerializer(many=True)
    thresholds = ThresholdSerializer(many=True)


class RatingCountSerializer(serializers.Serializer):
    rating = serializers.CharField(source="rating.name")
    scale = serializers.CharField(source="rating.scale.name")
    total = serializers.IntegerField()
    kinds = KindCountsSerializer()


class RatingFiguresSerializer(ReportSerializer):
    verdicts = RatingCountSerializer(many=True, help_text="of the period")
    decisions = RatingCountSerializer(many=True, help_text="of the period, that still stand")
