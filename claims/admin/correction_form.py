"""The forms with which an editor corrects a claim, or splits one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.admin.claim_form import ClaimForm, find_places
from claims.enums import ClaimKind
from claims.models import Appearance, ArticleVersion, Claim


class ReasonedForm(ClaimForm):
    reason = forms.CharField(label=_("Why (kept in the history)"), required=False, max_length=5_000)


class CorrectionForm(ReasonedForm):
    """Other words, another headline or kind. `now` is where the claim's words stand, if they do."""

    @classmethod
    def of(cls, claim: Claim, quote: str, typed: Any = None) -> "CorrectionForm":
        initial = {"words": quote, "headline": claim.headline, "kind": claim.kind}
        form = cls(typed, auto_id="correction_%s", initial=initial)
        form.fields["headline"].required = True
        form.fields["headline"].help_text = ""
        return form

    def find_new_span(self, version: ArticleVersion, now: Appearance | None) -> tuple[int, int] | None:
        """The place of the typed words that is nearest to where the claim's stand; None for the same words."""
        words = self.cleaned_data["words"].replace("\r\n", "\n")
        if now and now.version_id == version.pk and words == now.quote:
            return None
        start = now.start if now else 0
        place = min(find_places(version.text, words), key=lambda place: abs(place[0] - start), default=None)
        if place is None:
            self.add_error("words", self.not_there)
        return place

    @property
    def changes(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "headline": typed["headline"],
            "kind": ClaimKind(typed["kind"]) if typed["kind"] else None,
            "reason": typed["reason"],
        }


class SplitForm(ReasonedForm):
    @classmethod
    def of(cls, typed: Any = None) -> "SplitForm":
        return cls(typed, auto_id="split_%s")
