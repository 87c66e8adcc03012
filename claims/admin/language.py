"""In which language the desk speaks: to each person in the one they chose, to a program in English."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.admin.doorway import needs, person_of, show
from claims.models import Reviewer
from claims.permissions import Power

FOR_PROGRAMS = "en"
_PROGRAMS = ("/api/", "/healthz/")
_FOR_READERS = "/fact-checks/"


class OwnLanguage:
    """The person's own language goes before what LocaleMiddleware read from their browser.

    A program gets English, whatever the browser's headers say: it reads the `code` of a refusal, its log and its tests
    the sentence, and both must not change with whoever runs it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language_for(request)
        if not language:
            return self.get_response(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]  # as LocaleMiddleware does
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response


def _language_for(request: HttpRequest) -> str:
    """Empty: what the browser asks for."""
    if request.path_info.startswith(_PROGRAMS):
        return FOR_PROGRAMS
    if request.path_info.startswith(_FOR_READERS):
        return ""  # not even asked who it is: caches keep these pages for everybody
    chosen = getattr(request.user, "language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language of pages and mails"), required=False)

    def __init__(self, person: Reviewer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"language": person.language})
        self.fields["language"].choices = [("", _("What my browser asks for")), *settings.LANGUAGES]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.SEE_DESK)
def choose_language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(person_of(request), request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _keep(request, form.cleaned_data["language"])
    return show(request, "language", {"title": _("Language"), "form": form}, 400 if form.errors else 200)


def _keep(request: HttpRequest, language: str) -> HttpResponse:
    Reviewer.objects.filter(pk=person_of(request).pk).update(language=language)
    asked = language or translation.get_language_from_request(request)
    with translation.override(asked):  # the message is for the next page
        messages.success(request, _("Your language is saved."))
    return redirect("admin:choose_language")
