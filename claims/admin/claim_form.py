"""The form of a claim that a person found in an article."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.admin.words import KINDS
from claims.enums import ClaimKind
from claims.models import ArticleVersion


class ClaimForm(forms.Form):
    words = forms.CharField(
        label=_("Words of the article"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Exactly as they stand in the text: copy them from it."),
    )
    headline = forms.CharField(
        label=_("Headline"), max_length=300, required=False, help_text=_("Left empty: the words themselves.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()), initial=ClaimKind.OTHER, required=False)

    not_there = _("These words are not in the article's newest version. Copy them from its text.")

    def find_span(self, version: ArticleVersion) -> tuple[int, int] | None:
        """Where the words stand first and are no claim yet, as [start, end); else None, and the form says why."""
        if not self.is_valid():
            return None
        words = self.cleaned_data["words"].replace("\r\n", "\n")
        taken = set(version.appearances.values_list("start", "end"))
        free = (place for place in find_places(version.text, words) if place not in taken)
        span = next(free, None) or next(find_places(version.text, words), None)
        if span is None:
            self.add_error("words", self.not_there)
        return span

    @property
    def details(self) -> dict[str, Any]:
        return {
            "headline": self.cleaned_data["headline"],
            "kind": ClaimKind(self.cleaned_data["kind"] or ClaimKind.OTHER),
        }


def find_places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, one place after the other; places that overlap would take quadratic time."""
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + len(words))
