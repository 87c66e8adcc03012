"""What pages of figures are asked for in their address: a period, and the number whose claims are listed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.enums import ClaimKind, DismissalReason
from claims.exceptions import DeskError
from claims.models import Rating, Reviewer
from claims.permissions import visible_assignments
from claims.review.dismissal_figures import thresholds
from claims.review.figure_claims import AT_THRESHOLDS, NOT_SAID, Figure, Selection, groups_of
from claims.review.period import Period, choose_period

LAST_PAGE = 10**6


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


def _one_of(vocabulary: Any, unknown: Any, required: bool = False) -> forms.ChoiceField:
    told = {"invalid_choice": unknown, "required": gettext_lazy("Say which.")}
    return forms.ChoiceField(choices=vocabulary, required=required, error_messages=told)


def _row_of(rows: Any, unknown: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(rows, required=False, error_messages={"invalid_choice": unknown})


_NOBODY = gettext_lazy("Nobody of that number has a turn that counts here.")


class FigureQuery(PeriodForm):
    """`selection` is what a valid form selects, in a period that it chooses; `groups` are the fields that narrow it.

    Who has no turn that the person may see is as unknown as who is not there.
    """

    figure = _one_of(Figure.choices(), gettext_lazy("The desk counts nothing of the name “%(value)s”."), required=True)
    page = forms.IntegerField(min_value=1, max_value=LAST_PAGE, required=False)
    kind = _one_of(ClaimKind.choices(), gettext_lazy("There are no claims of the kind “%(value)s”."))
    day = forms.DateField(required=False)
    month = forms.DateField(required=False)
    reviewer = _row_of(Reviewer.objects.none(), _NOBODY)
    other = _row_of(Reviewer.objects.none(), _NOBODY)
    rating = _row_of(Rating.objects.select_related("scale"), gettext_lazy("There is no rating of that number."))
    reason = _one_of(
        [*DismissalReason.choices(), (NOT_SAID, NOT_SAID)],
        gettext_lazy("No claim is dismissed for the reason “%(value)s”."),
    )
    threshold = forms.FloatField(required=False)
    groups = ("kind", "day", "month", "reviewer", "other", "rating", "reason", "threshold")
    selection: Selection

    def __init__(self, person: Reviewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = visible_assignments(person).filter(reviewer=OuterRef("pk"))
        for name in ("reviewer", "other"):
            self.fields[name].queryset = Reviewer.objects.filter(Exists(seen))  # type: ignore[attr-defined]

    def clean_threshold(self) -> float | None:
        threshold: float | None = self.cleaned_data["threshold"]
        if threshold is not None and threshold not in thresholds():
            raise ValidationError(_("The figures tell of no such threshold. The desk’s own may have changed since."))
        return threshold

    def clean(self) -> dict[str, Any]:
        asked = super().clean()
        if not self.errors:
            self._check_groups(asked)
            self._check_days(asked)
            self.selection = self._select(asked)
        return asked

    def _check_groups(self, asked: dict[str, Any]) -> None:
        figure = Figure(asked["figure"])
        given = {name for name in self.groups if asked[name] not in (None, "")}
        if unfit := given - groups_of(figure):
            words = {"names": ", ".join(sorted(unfit)), "figure": figure}
            raise ValidationError(_("%(figure)s is not told by %(names)s.") % words)
        if figure in AT_THRESHOLDS and "threshold" not in given:
            raise ValidationError(_("Say at which threshold."))
        if "other" in groups_of(figure) and len(given & {"reviewer", "other"}) == 1:
            raise ValidationError(_("Agreement takes two: name a reviewer and the other one."))

    def _check_days(self, asked: dict[str, Any]) -> None:
        day, month = asked["day"], asked["month"]
        is_within = day is None or self.period.first <= day <= self.period.last
        if month is not None:
            is_within = month.day == 1 and self.period.first.replace(day=1) <= month <= self.period.last
        if not is_within:
            raise ValidationError(_("That day, or month, is not in the period. A month is named by its first day."))

    def _select(self, asked: dict[str, Any]) -> Selection:
        return Selection(
            Figure(asked["figure"]),
            self.period,
            kind=asked["kind"],
            day=asked["day"],
            month=asked["month"],
            reviewers=tuple(asked[name] for name in ("reviewer", "other") if asked[name]),
            rating=asked["rating"],
            reason=asked["reason"],
            threshold=asked["threshold"],
        )
