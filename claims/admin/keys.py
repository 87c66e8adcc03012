"""The keys of the review desk: what each does, and where a person has chosen another one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.admin.doorway import needs, person_of, show
from claims.models import Reviewer
from claims.permissions import Power, can


class Act(NamedTuple):
    """What a key does on the pages named. Scripts and templates know it by its name."""

    name: str
    key: str
    words: Any  # translated when they are shown
    pages: frozenset[str]


QUEUE, REVIEW = frozenset({"queue"}), frozenset({"review"})
ACTS = (
    Act("take_next", "n", gettext_lazy("take the next claim"), QUEUE | REVIEW),
    Act("take", "t", gettext_lazy("take this claim"), REVIEW),
    Act("next_claim", "j", gettext_lazy("next claim of the list"), QUEUE | REVIEW),
    Act("previous_claim", "k", gettext_lazy("previous claim of the list"), QUEUE | REVIEW),
    Act("explain", "e", gettext_lazy("write the explanation"), REVIEW),
    Act("add_evidence", "v", gettext_lazy("add evidence"), REVIEW),
    Act("record_and_next", "s", gettext_lazy("record the verdict and take the next claim"), REVIEW),
    Act("dismiss", "d", gettext_lazy("dismiss the claim, with a reason"), REVIEW),
    Act("show_words", "m", gettext_lazy("show the words in the article"), REVIEW),
    Act("to_queue", "q", gettext_lazy("back to the queue"), REVIEW),
    Act("help", "?", gettext_lazy("show the keys"), QUEUE | REVIEW),
)
RATING_KEYS = "123456789"


def keys_of(person: Reviewer) -> list[Act]:
    """Each act with the key that the person uses for it."""
    return [act._replace(key=person.keys.get(act.name, act.key)) for act in ACTS]


def describe_keys(person: Reviewer) -> dict[str, Any]:
    return {"keys": keys_of(person)} if can(person, Power.SEE_REVIEW) else {}


class KeysForm(forms.Form):
    """One field an act. A key is one character, no blank, no digit of a rating, and does one thing."""

    def __init__(self, person: Reviewer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for act in keys_of(person):
            self.fields[act.name] = KeyField(label=act.words, initial=act.key)

    def clean(self) -> dict[str, Any]:
        first: dict[str, str] = {}
        for name, key in list(self.cleaned_data.items()):
            other = first.setdefault(key, name)
            if other != name:
                words = {"key": key, "act": self.fields[other].label}
                self.add_error(name, _("“%(key)s” is already the key for: %(act)s.") % words)
        return self.cleaned_data

    @property
    def changed(self) -> dict[str, str]:
        """The keys that are not the usual ones."""
        return {act.name: self.cleaned_data[act.name] for act in ACTS if self.cleaned_data[act.name] != act.key}


class KeyField(forms.CharField):
    widget = forms.TextInput(attrs={"size": 2, "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"})
    default_error_messages = {
        "key": gettext_lazy("Type one letter or sign."),
        "rating": gettext_lazy("The digits 1 to 9 choose ratings. Type another sign."),
    }

    def clean(self, value: Any) -> str:
        key: str = super().clean(value)
        if len(key) != 1 or not key.isprintable():
            raise forms.ValidationError(self.error_messages["key"], code="key")
        if key in RATING_KEYS:
            raise forms.ValidationError(self.error_messages["rating"], code="rating")
        return key


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.SEE_REVIEW)
def change_keys(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if "usual" in request.POST:
        return _keep(request, {})
    form = KeysForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _keep(request, form.changed)
    return show(request, "change_keys", {"title": _("Keys"), "form": form}, 400 if form.errors else 200)


def _keep(request: HttpRequest, keys: dict[str, str]) -> HttpResponse:
    Reviewer.objects.filter(pk=person_of(request).pk).update(keys=keys)
    messages.success(request, _("Your keys are saved."))
    return redirect("admin:change_keys")
