"""The form of a webhook."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.admin.desk_form import DeskForm
from claims.admin.words import WEBHOOK_EVENTS
from claims.models import Reviewer, Webhook
from claims.models.webhook import SUBSCRIBABLE
from claims.permissions import Power, can, people_who_can


class WebhookForm(DeskForm):
    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "dir": "ltr"}),
        help_text=_("It takes a POST with JSON, and answers with a status from 200 to 299."),
    )
    description = forms.CharField(
        label=_("What it is for"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    events = forms.MultipleChoiceField(
        label=_("Tell it when"),
        choices=[(event.value, WEBHOOK_EVENTS[event]) for event in SUBSCRIBABLE],
        widget=forms.CheckboxSelectMultiple,
    )


class ChangeWebhookForm(WebhookForm):
    """An administrator can give it to somebody else as well."""

    owner = forms.ModelChoiceField(label=_("Whose it is"), queryset=Reviewer.objects.none(), empty_label=None)

    def __init__(self, person: Reviewer, webhook: Webhook, typed: Any = None) -> None:
        known = {name: getattr(webhook, name) for name in ("url", "description", "events", "owner")}
        super().__init__(typed, initial=known)
        if can(person, Power.ADMINISTER):
            owners: Any = self.fields["owner"]
            may_own = Q(pk__in=people_who_can(Power.OWN_WEBHOOKS).order_by()) | Q(pk=webhook.owner_id)
            owners.queryset = Reviewer.objects.filter(may_own).order_by("username")
        else:
            del self.fields["owner"]

    @property
    def changes(self) -> dict[str, Any]:
        """What differs: who changes the address of a stopped webhook leaves its owner alone."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
