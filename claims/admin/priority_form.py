"""The form with which an editor moves a claim in the queue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import Claim

BOOSTS = [
    (2, _("+2: much sooner")),
    (1, _("+1: sooner")),
    (0, _("0: as it comes")),
    (-1, _("−1: later")),
    (-2, _("−2: much later")),
]


class PriorityForm(forms.Form):
    boost = forms.TypedChoiceField(label=_("Boost"), choices=BOOSTS, coerce=int)
    due_at = forms.DateTimeField(
        label=_("Due (UTC)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("A deadline that is moved on makes a late claim punctual again."),
    )
    reason = forms.CharField(
        label=_("Why (kept in the history)"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    @classmethod
    def of(cls, claim: Claim, typed: Any = None) -> "PriorityForm":
        due_at = claim.due_at and claim.due_at.replace(second=0, microsecond=0)
        return cls(typed, auto_id="priority_%s", initial={"boost": claim.boost, "due_at": due_at})

    @property
    def changes(self) -> dict[str, Any]:
        """For the service; what was not changed is left out. The fields show no seconds, so that these do not count."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data if name != "reason"}
        return changed | {"reason": self.cleaned_data["reason"]}
