"""What a person is mailed, and when; and what the desk mails those who have not chosen."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.admin.doorway import needs, person_of, show
from claims.enums import EmailKind, Timing
from claims.models import Reviewer
from claims.notifications.choices import choices_of, choose, choose_for_desk
from claims.notifications.routes import ROUTES, Route, timings_of
from claims.permissions import Power, can

WORDS = {
    Timing.AT_ONCE: gettext_lazy("at once"),
    Timing.DIGEST: gettext_lazy("in the digest"),
    Timing.NEVER: gettext_lazy("never"),
}
DIGEST_WORDS = {Timing.AT_ONCE: gettext_lazy("every morning"), Timing.NEVER: gettext_lazy("never")}


class ChoicesForm(forms.Form):
    """One field an event: when to tell of it."""

    def __init__(self, chosen: Mapping[EmailKind, Timing], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for route in ROUTES:
            self.fields[route.kind] = _field(route, chosen[route.kind])

    @property
    def choices(self) -> dict[EmailKind, Timing]:
        return {EmailKind(name): Timing(value) for name, value in self.cleaned_data.items()}


def say_timing(route: Route, timing: Timing) -> str:
    return str((DIGEST_WORDS if route.kind is EmailKind.DIGEST else WORDS)[timing])


def _field(route: Route, chosen: Timing) -> forms.ChoiceField:
    options = [(timing.value, say_timing(route, timing)) for timing in timings_of(route.kind)]
    field = forms.ChoiceField(choices=options, initial=chosen.value, widget=forms.RadioSelect)
    field.label, field.help_text = str(route.event), str(route.hears)  # a form lives as long as its page
    return field


class TimesForm(forms.ModelForm):
    """When mail may come. The quiet hours have a beginning and an end, or are none."""

    class Meta:
        model = Reviewer
        fields = ["wants_mail", "time_zone", "digest_hour", "quiet_from", "quiet_until", "mail_paused_until"]
        labels = {
            "wants_mail": gettext_lazy("Send me mail"),
            "time_zone": gettext_lazy("Time zone"),
            "digest_hour": gettext_lazy("Hour of the morning digest"),
            "quiet_from": gettext_lazy("Quiet from"),
            "quiet_until": gettext_lazy("until"),
            "mail_paused_until": gettext_lazy("No mail until"),
        }
        help_texts = {
            "wants_mail": gettext_lazy("Without it, nothing at all is sent."),
            "time_zone": gettext_lazy("As Europe/Berlin. Empty: the desk’s."),
            "digest_hour": gettext_lazy("0 to 23, in your time zone."),
            "quiet_from": gettext_lazy("What happens in these hours is mailed when they are over."),
            "quiet_until": "",
            "mail_paused_until": gettext_lazy("What happens meanwhile stands in the first digest after it."),
        }
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "mail_paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        times = super().clean() or {}
        if (times.get("quiet_from") is None) != (times.get("quiet_until") is None) and not self.errors:
            self.add_error("quiet_until", _("Give both ends of the quiet hours, or none."))
        return times


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.SEE_DESK)
def mail_choices(request: HttpRequest) -> HttpResponse:
    person, data = person_of(request), request.POST if request.method == "POST" else None
    choices, times = ChoicesForm(choices_of(person), data), TimesForm(data, instance=person)
    if choices.is_valid() and times.is_valid():
        with transaction.atomic():
            choose(person, choices.choices)
            times.save()
        messages.success(request, _("Your choices are saved."))
        return redirect("admin:mail_choices")
    is_wrong = bool(choices.errors or times.errors)
    context = {
        "title": _("What you are mailed"),
        "choices": choices,
        "times": times,
        "address": person.email,
        "may_set_for_all": can(person, Power.ADMINISTER),
        "may_preview": can(person, Power.SET_POLICY),
    }
    return show(request, "mail_choices", context, 400 if is_wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.ADMINISTER)
def mail_defaults(request: HttpRequest) -> HttpResponse:
    person, data = person_of(request), request.POST if request.method == "POST" else None
    choices = ChoicesForm(choices_of(None), data)
    if choices.is_valid():
        choose_for_desk(person, choices.choices)
        messages.success(request, _("The desk’s choices are saved."))
        return redirect("admin:mail_defaults")
    context = {"title": _("What the desk mails"), "choices": choices, "is_desks": True}
    return show(request, "mail_choices", context, 400 if choices.errors else 200)
