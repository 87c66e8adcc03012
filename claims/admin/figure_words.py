"""What a number among the figures counts, in words; and the link to the claims behind it."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from claims.admin.words import say
from claims.enums import ClaimKind, DismissalReason
from claims.models import Rating
from claims.review.figure_claims import NOT_SAID, NOW, Behind, Figure, Selection
from claims.review.period import Period

_NAMES = {
    Figure.OPEN_SEATS: gettext_lazy("Open seats"),
    Figure.TAKEN_SEATS: gettext_lazy("Taken seats"),
    Figure.OVERDUE_SEATS: gettext_lazy("Overdue seats"),
    Figure.FIRST_TURNS: gettext_lazy("Seats taken for the first time"),
    Figure.DECIDED_CLAIMS: gettext_lazy("Decided claims"),
    Figure.QUEUED: gettext_lazy("Claims that came into the queue"),
    Figure.VERDICTS: gettext_lazy("Verdicts"),
    Figure.DECISIONS: gettext_lazy("Decisions"),
    Figure.DISMISSALS: gettext_lazy("Dismissals"),
    Figure.OPEN_TURNS: gettext_lazy("Open turns"),
    Figure.LAPSED_TURNS: gettext_lazy("Turns that ran out"),
    Figure.DISMISSED_CLAIMS: gettext_lazy("Dismissed claims"),
    Figure.WORTH: gettext_lazy("Judged worth checking, at or above the threshold"),
    Figure.NOT_WORTH: gettext_lazy("Judged and dismissed, at or above the threshold"),
    Figure.WORTH_BELOW: gettext_lazy("Judged worth checking, below the threshold"),
    Figure.ROUNDS: gettext_lazy("Rounds that two people or more judged"),
    Figure.ORDINAL_ROUNDS: gettext_lazy("Rounds with two ratings or more that have a place on the scale"),
}
_MOMENTS = {
    Figure.OPEN_SEATS: gettext_lazy("Waits since"),
    Figure.TAKEN_SEATS: gettext_lazy("Waits since"),
    Figure.OVERDUE_SEATS: gettext_lazy("Waits since"),
    Figure.FIRST_TURNS: gettext_lazy("Taken"),
    Figure.DECIDED_CLAIMS: gettext_lazy("Decided"),
    Figure.QUEUED: gettext_lazy("Queued"),
    Figure.VERDICTS: gettext_lazy("Judged"),
    Figure.DECISIONS: gettext_lazy("Decided"),
    Figure.DISMISSALS: gettext_lazy("Dismissed"),
    Figure.OPEN_TURNS: gettext_lazy("Taken"),
    Figure.LAPSED_TURNS: gettext_lazy("Ran out"),
    Figure.DISMISSED_CLAIMS: gettext_lazy("Dismissed"),
    Figure.WORTH: gettext_lazy("Last judged"),
    Figure.NOT_WORTH: gettext_lazy("Last judged"),
    Figure.WORTH_BELOW: gettext_lazy("Last judged"),
    Figure.ROUNDS: gettext_lazy("Decided"),
    Figure.ORDINAL_ROUNDS: gettext_lazy("Decided"),
}


def say_kind(kind: str) -> str:
    return say(ClaimKind, kind) if kind else _("All")


def say_reason(reason: str) -> str:
    return say(DismissalReason, reason) if reason not in ("", NOT_SAID) else _("Not said")


def say_month(month: date) -> str:
    return date_format(month, _("M Y"))


def say_rating(rating: Rating) -> str:
    """With its scale, where that is not the desk's present one."""
    words = {"rating": rating.name, "scale": rating.scale.name}
    return rating.name if rating.scale.is_default else _("%(rating)s (%(scale)s)") % words


def say_pair(one: object, other: object) -> str:
    return _("%(one)s and %(other)s") % {"one": one, "other": other}


def say_period(period: Period) -> str:
    first, last = period.first, period.last
    if first == last:
        return date_format(last, _("j F Y"))
    whole = _("j F Y")
    shared = whole if first.year != last.year else _("j F") if first.month != last.month else pgettext("date", "j")
    words = {"first": date_format(first, shared), "last": date_format(last, whole)}
    return _("%(first)s to %(last)s") % words


def name_of(selection: Selection) -> str:
    """What is counted, and of which group: “Dismissed claims: Trivial, Quantity”."""
    name, groups = str(_NAMES[selection.figure]), ", ".join(_groups(selection))
    return _("%(figure)s: %(groups)s") % {"figure": name, "groups": groups} if groups else name


def title_of(selection: Selection) -> str:
    """With the time; a day has told it already."""
    if selection.day:
        return name_of(selection)
    time = _("now") if selection.figure in NOW else say_period(selection.period)
    return _("%(what)s, %(time)s") % {"what": name_of(selection), "time": time}


def _groups(selection: Selection) -> Iterator[str]:
    if selection.threshold is not None:
        yield f"{selection.threshold:g}"
    if selection.reason:
        yield say_reason(selection.reason)
    if selection.rating:
        yield say_rating(selection.rating)
    if selection.reviewers:
        one, *others = selection.reviewers
        yield say_pair(one, others[0]) if others else str(one)
    if selection.kind:
        yield say_kind(selection.kind)
    if selection.month:
        yield say_month(selection.month)
    if selection.day:
        yield date_format(selection.day, _("j F Y"))


def moment_of(figure: Figure) -> str:
    return str(_MOMENTS[figure])


def say_times(figure: Figure, n: int) -> str:
    """So many of what the figure counts on each claim."""
    if figure in (Figure.OPEN_SEATS, Figure.TAKEN_SEATS, Figure.OVERDUE_SEATS, Figure.FIRST_TURNS):
        words = ngettext("%(n)s seat", "%(n)s seats", n)
    elif figure in (Figure.OPEN_TURNS, Figure.LAPSED_TURNS):
        words = ngettext("%(n)s turn", "%(n)s turns", n)
    elif figure is Figure.VERDICTS:
        words = ngettext("%(n)s verdict", "%(n)s verdicts", n)
    elif figure in (Figure.ROUNDS, Figure.ORDINAL_ROUNDS):
        words = ngettext("%(n)s round", "%(n)s rounds", n)
    else:
        words = ngettext("%(n)s time", "%(n)s times", n)
    return words % {"n": number_format(n, force_grouping=True)}


def say_counts(figure: Figure, behind: Behind) -> str:
    words = ngettext("%(n)s claim", "%(n)s claims", behind.claims)
    claims = words % {"n": number_format(behind.claims, force_grouping=True)}
    if behind.counted == behind.claims:
        return claims
    told = {"times": say_times(figure, behind.counted), "claims": claims}
    return _("%(times)s on %(claims)s. Each claim is listed once, at the last of them.") % told


def link(number: int, selection: Selection) -> SafeString | int:
    """The number, leading to the claims behind it; nothing is behind a zero."""
    if not number:
        return number
    address = f"{reverse('admin:figure_claims')}?{urlencode(selection.as_query())}"
    words = f"{number}: {name_of(selection)}"
    return format_html('<a href="{}" aria-label="{}">{}</a>', address, words, number)
