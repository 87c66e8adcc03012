"""The desk's figures: how far reviewers agree, how claims flow, what is put aside."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.admin.figure_plots import plot_agreement, plot_days, plot_queue, plot_reasons, plot_thresholds
from claims.admin.figure_tables import (
    say_coefficient,
    say_share,
    tell_agreement,
    tell_days,
    tell_queue,
    tell_reasons,
    tell_reviewers,
    tell_thresholds,
    tell_times,
)
from claims.exceptions import DeskError
from claims.models import Reviewer
from claims.permissions import Power
from claims.review.agreement_figures import By, group_rounds, measure, read_rounds
from claims.review.dismissal_figures import dismissals
from claims.review.figures import flow
from claims.review.period import Period, choose_period


class _Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """`period` is what a valid form chooses."""

    since = _Day(label=gettext_lazy("From"), required=False)
    until = _Day(label=gettext_lazy("to"), required=False)
    period: Period

    def clean(self) -> dict[str, Any]:
        days = super().clean() or {}
        if not self.errors:
            try:
                self.period = choose_period(days.get("since"), days.get("until"))
            except DeskError as refusal:
                raise ValidationError(refusal.message) from refusal
        return days


@require_safe
@needs(Power.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.GET, label_suffix="")
    is_valid = form.is_valid()
    period = form.period if is_valid else choose_period()
    if is_valid:
        form = PeriodForm(initial={"since": period.first, "until": period.last}, label_suffix="")
    person = person_of(request)
    parts = {
        "agreement": _describe_agreement(period),
        "flow": _describe_flow(person, period),
        "dismissals": _describe_dismissals(person, period),
    }
    context = {"title": _("Figures"), "form": form, "period": period, **parts}
    return show(request, "figures", context, status=200 if is_valid else 400)


def _describe_agreement(period: Period) -> dict[str, Any]:
    rounds = read_rounds(period)
    if not rounds:
        return {}
    overall = measure(rounds)
    groups = {by: group_rounds(rounds, by) for by in By}
    return {
        "rounds": overall.rounds,
        "same": say_share(overall.share_agreeing),
        "alpha": say_coefficient(overall.alpha_nominal),
        "ordinal": say_coefficient(overall.alpha_ordinal),
        "ordinal_rounds": overall.ordinal_rounds,
        "plot": plot_agreement(groups[By.MONTH]),
        "tables": [tell_agreement(groups[by], by, period) for by in (By.MONTH, By.PAIR, By.KIND)],
    }


def _describe_flow(person: Reviewer, period: Period) -> dict[str, Any]:
    shown = flow(person, period)
    waits = shown.overall.open or shown.overall.taken
    happened = any(any(day[1:]) for day in shown.days)
    return {
        "queue": tell_queue(shown) if waits else None,
        "queue_plot": plot_queue(shown) if waits else "",
        "times": tell_times(shown) if shown.overall.to_take.count or shown.overall.to_decide.count else None,
        "days": tell_days(shown) if happened else None,
        "days_plot": plot_days(shown) if happened else "",
        "reviewers": tell_reviewers(shown) if shown.reviewers else None,
    }


def _describe_dismissals(person: Reviewer, period: Period) -> dict[str, Any]:
    shown = dismissals(person, period)
    judged = any(row.worth or row.not_worth or row.worth_below for row in shown.thresholds)
    return {
        "reasons": tell_reasons(shown) if shown.total else None,
        "reasons_plot": plot_reasons(shown) if shown.total else "",
        "thresholds": tell_thresholds(shown) if judged else None,
        "thresholds_plot": plot_thresholds(shown) if judged else "",
    }
