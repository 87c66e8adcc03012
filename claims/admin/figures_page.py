"""The desk's figures: how far reviewers agree, how claims flow, how they are rated, what is put aside."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.admin.figure_plots import (
    plot_agreement,
    plot_days,
    plot_queue,
    plot_ratings,
    plot_reasons,
    plot_thresholds,
)
from claims.admin.figure_query import PeriodForm
from claims.admin.figure_tables import (
    say_coefficient,
    say_share,
    tell_agreement,
    tell_days,
    tell_queue,
    tell_ratings,
    tell_reasons,
    tell_reviewers,
    tell_thresholds,
    tell_times,
)
from claims.admin.figure_words import link
from claims.models import Reviewer
from claims.permissions import Power
from claims.review.agreement_figures import By, group_rounds, measure, read_rounds
from claims.review.dismissal_figures import dismissals
from claims.review.figure_claims import Figure, Selection
from claims.review.figures import flow
from claims.review.period import Period, choose_period
from claims.review.rating_figures import rating_figures


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
        "ratings": _describe_ratings(person, period),
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
        "rounds": link(overall.rounds, Selection(Figure.ROUNDS, period)),
        "same": say_share(overall.share_agreeing),
        "alpha": say_coefficient(overall.alpha_nominal),
        "ordinal": say_coefficient(overall.alpha_ordinal),
        "ordinal_rounds": link(overall.ordinal_rounds, Selection(Figure.ORDINAL_ROUNDS, period)),
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


def _describe_ratings(person: Reviewer, period: Period) -> list[dict[str, Any]]:
    """The verdicts, and the decisions, as far as there are any."""
    shown = rating_figures(person, period)
    parts = {Figure.VERDICTS: shown.verdicts, Figure.DECIDED_CLAIMS: shown.decisions}
    return [
        {"plot": plot_ratings(figure, rows), "table": tell_ratings(figure, rows, period)}
        for figure, rows in parts.items()
        if any(row.total for row in rows)
    ]


def _describe_dismissals(person: Reviewer, period: Period) -> dict[str, Any]:
    shown = dismissals(person, period)
    judged = any(row.worth or row.not_worth or row.worth_below for row in shown.thresholds)
    return {
        "reasons": tell_reasons(shown) if shown.total else None,
        "reasons_plot": plot_reasons(shown) if shown.total else "",
        "thresholds": tell_thresholds(shown) if judged else None,
        "thresholds_plot": plot_thresholds(shown) if judged else "",
    }
