"""The desk's figures as tables in plain words; each number leads to the claims behind it."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from claims.admin.figure_words import link, say_kind, say_month, say_pair, say_rating, say_reason
from claims.enums import ClaimKind
from claims.review.agreement_figures import Agreement, By
from claims.review.dismissal_figures import Dismissals, ReasonCount, Threshold
from claims.review.figure_claims import NOT_SAID, Figure, Selection
from claims.review.figures import DayFlow, Flow, KindFlow, ReviewerFlow, Spread
from claims.review.period import Period
from claims.review.rating_figures import RatingCount

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
    return _("not defined") if share is None else _("%(number)s%%") % {"number": f"{share * 100:.0f}"}


def say_coefficient(value: float | None) -> str:
    return _("not defined") if value is None else number_format(f"{value:.2f}").replace("-", "−")


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


def say_group(agreement: Agreement) -> str:
    if agreement.people:
        return say_pair(*agreement.people)
    return say_month(agreement.month) if agreement.month else say_kind(agreement.kind)


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
    return Table(
        captions[by], columns, [_agreement_row(one, by, period) for one in shown], _agreement_file(by, period), note
    )


def _agreement_file(by: By, period: Period) -> str:
    return _file("agreement", period, by=by.value)


def _agreement_row(agreement: Agreement, by: By, period: Period) -> list[Any]:
    group: dict[str, Any] = {"kind": agreement.kind, "month": agreement.month, "reviewers": agreement.people}
    return [
        say_group(agreement),
        link(agreement.rounds, Selection(Figure.ROUNDS, period, **group)),
        say_share(agreement.share_agreeing),
        *([say_coefficient(agreement.kappa)] if by is By.PAIR else []),
        say_coefficient(agreement.alpha_nominal),
        say_coefficient(agreement.alpha_ordinal),
        link(agreement.ordinal_rounds, Selection(Figure.ORDINAL_ROUNDS, period, **group)),
    ]


# Flow.


def tell_queue(flow: Flow) -> Table:
    columns = [_("Kind"), _("Open"), _("Taken"), _("Overdue"), _("Longest wait"), _("Half wait less than")]
    rows = [_queue_row(row, flow.period) for row in flow.kinds if row.open or row.taken]
    file = _file("flow", flow.period, by="kind")
    return Table(_("Seats by kind of claim"), columns, rows, file, total=_queue_row(flow.overall, flow.period))


def _queue_row(row: KindFlow, period: Period) -> list[Any]:
    return [
        say_kind(row.kind),
        link(row.open, Selection(Figure.OPEN_SEATS, period, row.kind)),
        link(row.taken, Selection(Figure.TAKEN_SEATS, period, row.kind)),
        link(row.overdue, Selection(Figure.OVERDUE_SEATS, period, row.kind)),
        say_time(row.oldest),
        say_time(row.median_wait),
    ]


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
    rows = [_times_row(row, flow.period) for row in flow.kinds if row.to_take.count or row.to_decide.count]
    file = _file("flow", flow.period, by="kind")
    return Table(_("Times by kind of claim"), columns, rows, file, total=_times_row(flow.overall, flow.period))


def _times_row(row: KindFlow, period: Period) -> list[Any]:
    taken, decided = (Selection(one, period, row.kind) for one in (Figure.FIRST_TURNS, Figure.DECIDED_CLAIMS))
    return [say_kind(row.kind), *_say_spread(row.to_take, taken), *_say_spread(row.to_decide, decided)]


def _say_spread(spread: Spread, selection: Selection) -> list[Any]:
    return [link(spread.count, selection), say_time(spread.median), say_time(spread.p90)]


def tell_days(flow: Flow) -> Table:
    columns = [_("Day"), _("Queued"), _("Verdicts"), _("Decisions"), _("Dismissals")]
    rows = [_day_row(row, flow.period) for row in reversed(flow.days)]
    return Table(_("Day by day"), columns, rows, _file("flow", flow.period, by="day"))


def _day_row(row: DayFlow, period: Period) -> list[Any]:
    numbers = {
        Figure.QUEUED: row.queued,
        Figure.VERDICTS: row.verdicts,
        Figure.DECISIONS: row.decisions,
        Figure.DISMISSALS: row.dismissals,
    }
    counts = (link(number, Selection(figure, period, day=row.day)) for figure, number in numbers.items())
    return [date_format(row.day, _("j M Y")), *counts]


def tell_reviewers(flow: Flow) -> Table:
    columns = [pgettext("person", "Reviewer"), _("Verdicts"), _("Turns open now"), _("Turns that ran out")]
    rows = [_reviewer_row(row, flow.period) for row in flow.reviewers]
    return Table(_("Reviewers"), columns, rows, _file("flow", flow.period, by="reviewer"))


def _reviewer_row(row: ReviewerFlow, period: Period) -> list[Any]:
    numbers = {
        Figure.VERDICTS: row.verdicts,
        Figure.OPEN_TURNS: row.open_turns,
        Figure.LAPSED_TURNS: row.lapsed_turns,
    }
    who = (row.person,)
    counts = (link(number, Selection(figure, period, reviewers=who)) for figure, number in numbers.items())
    return [str(row.person), *counts]


# Ratings.


def tell_ratings(figure: Figure, rows: Sequence[RatingCount], period: Period) -> Table:
    """Of verdicts (Figure.VERDICTS), or of decisions."""
    sums = sum((row.kinds for row in rows), Counter[str]())
    kinds = [kind for kind in ClaimKind if sums[kind]]

    def count(number: int, **group: Any) -> Any:
        return link(number, Selection(figure, period, **group))

    def tell(row: RatingCount) -> list[Any]:
        of_kinds = (count(row.kinds[kind], kind=kind, rating=row.rating) for kind in kinds)
        return [say_rating(row.rating), *of_kinds, count(row.total, rating=row.rating)]

    is_verdicts = figure is Figure.VERDICTS
    caption = _("Verdicts by rating and kind") if is_verdicts else _("Decisions by rating and kind")
    columns = [_("Rating"), *(say_kind(kind) for kind in kinds), _("All")]
    total = [_("All"), *(count(sums[kind], kind=kind) for kind in kinds), count(sums.total())]
    file = _file("ratings", period, by="verdict" if is_verdicts else "decision")
    return Table(caption, columns, [tell(row) for row in rows], file, total=total)


# Dismissals.


def tell_reasons(shown: Dismissals) -> Table:
    kinds = [kind for kind in ClaimKind if shown.kinds[kind]]

    def count(number: int, **group: Any) -> Any:
        return link(number, Selection(Figure.DISMISSED_CLAIMS, shown.period, **group))

    def tell(row: ReasonCount) -> list[Any]:
        reason = row.reason or NOT_SAID
        of_kinds = (count(row.kinds[kind], kind=kind, reason=reason) for kind in kinds)
        return [say_reason(row.reason), *of_kinds, count(row.total, reason=reason)]

    columns = [_("Reason"), *(say_kind(kind) for kind in kinds), _("All")]
    rows = [tell(row) for row in shown.reasons if row.total]
    total = [_("All"), *(count(shown.kinds[kind], kind=kind) for kind in kinds), count(shown.total)]
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
    rows = [_threshold_row(row, shown.period) for row in shown.thresholds]
    return Table(_("Judged claims at each threshold"), columns, rows, _file("dismissals", shown.period, by="threshold"))


def _threshold_row(row: Threshold, period: Period) -> list[Any]:
    def count(number: int, figure: Figure) -> Any:
        return link(number, Selection(figure, period, threshold=row.threshold))

    return [
        _say_threshold(row),
        count(row.worth, Figure.WORTH),
        count(row.not_worth, Figure.NOT_WORTH),
        say_share(row.share_dismissed),
        count(row.worth_below, Figure.WORTH_BELOW),
    ]


def _say_threshold(row: Threshold) -> str:
    words = number_format(f"{row.threshold:g}")
    return _("%(threshold)s (the desk’s)") % {"threshold": words} if row.is_present else words
