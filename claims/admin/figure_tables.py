"""The desk's figures as tables in plain words."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.words import say
from claims.enums import ClaimKind, DismissalReason
from claims.review.agreement_figures import Agreement, By
from claims.review.dismissal_figures import Dismissals, ReasonCount, Threshold
from claims.review.figures import Flow, KindFlow, Spread
from claims.review.period import Period

MOST_PAIRS = 30  # shown; the file has them all


class Table(NamedTuple):
    """The first cell of a row names it. `file`: where the same is as CSV; `note`: what the table leaves out.

    `total` is a row over all of them.
    """

    caption: str
    columns: Sequence[str]
    rows: list[list[Any]]
    file: str = ""
    note: str = ""
    total: Sequence[Any] = ()


def say_share(share: float | None) -> str:
    return _("not defined") if share is None else f"{share:.0%}"


def say_coefficient(value: float | None) -> str:
    return _("not defined") if value is None else f"{value:.2f}".replace("-", "−")


def say_time(time: timedelta | None) -> str:
    """Two units at most: what a person would say."""
    if time is None:
        return "–"
    minutes = round(time / timedelta(minutes=1))
    days, hours = divmod(minutes // 60, 24)
    if days:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes % 60}
    return _("%(minutes)s min") % {"minutes": minutes} if minutes else _("under a minute")


def say_kind(kind: str) -> str:
    return say(ClaimKind, kind) if kind else _("All")


def say_group(agreement: Agreement) -> str:
    if agreement.people:
        return _("%(one)s and %(other)s") % {"one": agreement.people[0], "other": agreement.people[1]}
    return date_format(agreement.month, "M Y") if agreement.month else say_kind(agreement.kind)


def _file(report: str, period: Period, **query: str) -> str:
    return f"{reverse(f'api:figures-{report}-csv')}?{urlencode(query | period.as_query())}"


# Agreement.


def tell_agreement(groups: Sequence[Agreement], by: By, period: Period) -> Table:
    captions = {By.PAIR: _("Pairs of reviewers"), By.KIND: _("Kinds of claims"), By.MONTH: _("Months of the decision")}
    names = {By.PAIR: _("Pair"), By.KIND: _("Kind"), By.MONTH: _("Month")}
    kappa = [_("Kappa")] if by is By.PAIR else []
    columns = [names[by], _("Rounds (n)"), _("Same rating"), *kappa, _("Alpha"), _("Alpha by order"), _("of n")]
    left_out = max(len(groups) - MOST_PAIRS, 0) if by is By.PAIR else 0
    words = ngettext("%(n)s more pair is in the file.", "%(n)s more pairs are in the file.", left_out)
    note = words % {"n": left_out} if left_out else ""
    shown = groups[: len(groups) - left_out]
    return Table(captions[by], columns, [_agreement_row(one, by) for one in shown], _agreement_file(by, period), note)


def _agreement_file(by: By, period: Period) -> str:
    return _file("agreement", period, by=by.value)


def _agreement_row(agreement: Agreement, by: By) -> list[Any]:
    return [
        say_group(agreement),
        agreement.rounds,
        say_share(agreement.share_agreeing),
        *([say_coefficient(agreement.kappa)] if by is By.PAIR else []),
        say_coefficient(agreement.alpha_nominal),
        say_coefficient(agreement.alpha_ordinal),
        agreement.ordinal_rounds,
    ]


# Flow.


def tell_queue(flow: Flow) -> Table:
    columns = [_("Kind"), _("Open"), _("Taken"), _("Overdue"), _("Longest wait"), _("Half wait less than")]
    rows = [_queue_row(row) for row in flow.kinds if row.open or row.taken]
    file = _file("flow", flow.period, by="kind")
    return Table(_("Seats by kind of claim"), columns, rows, file, total=_queue_row(flow.overall))


def _queue_row(row: KindFlow) -> list[Any]:
    return [say_kind(row.kind), row.open, row.taken, row.overdue, say_time(row.oldest), say_time(row.median_wait)]


def tell_times(flow: Flow) -> Table:
    columns = [
        _("Kind"),
        _("Seats taken"),
        _("Half taken within"),
        _("9 in 10 taken within"),
        _("Claims decided"),
        _("Half decided within"),
        _("9 in 10 decided within"),
    ]
    rows = [_times_row(row) for row in flow.kinds if row.to_take.count or row.to_decide.count]
    file = _file("flow", flow.period, by="kind")
    return Table(_("Times by kind of claim"), columns, rows, file, total=_times_row(flow.overall))


def _times_row(row: KindFlow) -> list[Any]:
    return [say_kind(row.kind), *_say_spread(row.to_take), *_say_spread(row.to_decide)]


def _say_spread(spread: Spread) -> list[Any]:
    return [spread.count, say_time(spread.median), say_time(spread.p90)]


def tell_days(flow: Flow) -> Table:
    columns = [_("Day"), _("Queued"), _("Verdicts"), _("Decisions"), _("Dismissals")]
    rows = [
        [date_format(row.day, "j M Y"), row.queued, row.verdicts, row.decisions, row.dismissals]
        for row in reversed(flow.days)
    ]
    return Table(_("Day by day"), columns, rows, _file("flow", flow.period, by="day"))


def tell_reviewers(flow: Flow) -> Table:
    columns = [_("Reviewer"), _("Verdicts"), _("Turns open now"), _("Turns that ran out")]
    rows = [[str(row.person), row.verdicts, row.open_turns, row.lapsed_turns] for row in flow.reviewers]
    return Table(_("Reviewers"), columns, rows, _file("flow", flow.period, by="reviewer"))


# Dismissals.


def say_reason(row: ReasonCount) -> str:
    return say(DismissalReason, row.reason) if row.reason else _("Not said")


def tell_reasons(shown: Dismissals) -> Table:
    kinds = [kind for kind in ClaimKind if shown.kinds[kind]]
    columns = [_("Reason"), *(say_kind(kind) for kind in kinds), _("All")]
    rows = [[say_reason(row), *(row.kinds[kind] for kind in kinds), row.total] for row in shown.reasons if row.total]
    total = [_("All"), *(shown.kinds[kind] for kind in kinds), shown.total]
    file = _file("dismissals", shown.period, by="reason")
    return Table(_("Dismissals by reason and kind"), columns, rows, file, total=total)


def tell_thresholds(shown: Dismissals) -> Table:
    columns = [
        _("Threshold"),
        _("Worth checking"),
        _("Dismissed"),
        _("Share dismissed"),
        _("Worth checking, but below"),
    ]
    rows = [
        [_say_threshold(row), row.worth, row.not_worth, say_share(row.share_dismissed), row.worth_below]
        for row in shown.thresholds
    ]
    return Table(_("Judged claims at each threshold"), columns, rows, _file("dismissals", shown.period, by="threshold"))


def _say_threshold(row: Threshold) -> str:
    words = f"{row.threshold:g}"
    return _("%(threshold)s (the desk’s)") % {"threshold": words} if row.is_present else words
