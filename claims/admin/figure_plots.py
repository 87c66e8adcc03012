"""The desk's figures as plots; what each shows is in a table beside it, too."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.admin.figure_words import say_kind, say_rating, say_reason
from claims.admin.plots import Bar, Line, draw_bars, draw_lines
from claims.review.agreement_figures import Agreement
from claims.review.dismissal_figures import Dismissals
from claims.review.figure_claims import Figure
from claims.review.figures import Flow
from claims.review.rating_figures import RatingCount


def plot_agreement(months: Sequence[Agreement]) -> SafeString:
    """From the first month with rounds to the last; a month without leaves a gap."""
    by_month = {one.month: one for one in months if one.month}
    known = [by_month.get(month) for month in _months(min(by_month), max(by_month))]
    labels = [date_format(month, _("M Y")) for month in _months(min(by_month), max(by_month))]
    lines = [
        Line(_("Same rating"), [one.share_agreeing if one else None for one in known]),
        Line(_("Alpha"), [one.alpha_nominal if one else None for one in known]),
        Line(_("Alpha by order"), [one.alpha_ordinal if one else None for one in known]),
    ]
    return draw_lines(_("Agreement by the month of the decision"), labels, lines, high=1)


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = (first + timedelta(days=31)).replace(day=1)


def plot_queue(flow: Flow) -> SafeString:
    bars = [Bar(say_kind(row.kind), [row.open, row.taken]) for row in flow.kinds if row.open or row.taken]
    return draw_bars(_("Seats in the queue now, by kind of claim"), [_("Open"), _("Taken")], bars)


def plot_days(flow: Flow) -> SafeString:
    lines = [
        Line(_("Queued"), [row.queued for row in flow.days]),
        Line(_("Verdicts"), [row.verdicts for row in flow.days]),
        Line(_("Decisions"), [row.decisions for row in flow.days]),
        Line(_("Dismissals"), [row.dismissals for row in flow.days]),
    ]
    labels = [date_format(row.day, _("j M")) for row in flow.days]
    return draw_lines(_("Claims queued, verdicts, decisions and dismissals a day"), labels, lines, high=1)


def plot_ratings(figure: Figure, rows: Sequence[RatingCount]) -> SafeString:
    """Of verdicts (Figure.VERDICTS), or of decisions: bars in the colours of the scale, each with its name."""
    bars = [Bar(say_rating(row.rating), [row.total], f"of-rating rating-{row.rating.pk}") for row in rows]
    title = _("Verdicts by rating") if figure is Figure.VERDICTS else _("Decisions by rating")
    return draw_bars(title, [title], bars)


def plot_reasons(shown: Dismissals) -> SafeString:
    bars = [Bar(say_reason(row.reason), [row.total]) for row in shown.reasons if row.total]
    return draw_bars(_("Dismissals by reason"), [_("Dismissals")], bars)


def plot_thresholds(shown: Dismissals) -> SafeString:
    rows = shown.thresholds
    present = next(row.threshold for row in rows if row.is_present)
    return draw_lines(
        _("Share of judged claims that were dismissed, at or above each threshold of check-worthiness"),
        [number_format(f"{row.threshold:g}") for row in rows],
        [Line(_("Share dismissed"), [row.share_dismissed for row in rows])],
        high=1,
        places=[row.threshold for row in rows],
        mark=(present, _("the desk’s threshold")),
    )
