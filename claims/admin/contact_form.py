"""The claimant was asked: the log of it on the review page, and its form."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin.doorway import MOST_SHOWN
from claims.admin.words import CHANNELS, say
from claims.enums import Channel
from claims.models import Claim, ClaimantContact, Reviewer
from claims.permissions import Power, can, visible_contacts

MOST_CHARACTERS = 5_000


def _time_field(label: Any, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget, **more)


class ContactForm(forms.Form):
    channel = forms.ChoiceField(label=_("How"), choices=list(CHANNELS.items()))
    asked_at = _time_field(_("When (UTC)"), help_text=_("Left empty: now."))
    answer_due_at = _time_field(_("Answer due by (UTC)"))
    question = forms.CharField(
        label=_("What was asked"), max_length=MOST_CHARACTERS, widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def contact(self) -> dict[str, Any]:
        return self.cleaned_data | {"channel": Channel(self.cleaned_data["channel"])}


def new_contact_form(typed: Any = None) -> ContactForm:
    return ContactForm(typed, auto_id="contact_%s")


def describe_contacts(claim: Any, person: Reviewer) -> dict[str, Any]:
    return {
        "contacts": _contacts(claim, person) if claim.has_contacts else [],
        "contact_form": new_contact_form() if can(person, Power.REVIEW) else None,
    }


def _contacts(claim: Claim, person: Reviewer) -> list[ClaimantContact]:
    """The latest, oldest first, each with its channel in words and whether its answer is late."""
    latest = visible_contacts(person).filter(claim=claim).select_related("asked_by").order_by("-pk")[:MOST_SHOWN]
    contacts: list[Any] = list(reversed(latest))
    for one in contacts:
        one.channel_word = say(Channel, one.channel)
        one.is_late = bool(not one.answer and one.answer_due_at and one.answer_due_at < timezone.now())
    return contacts
