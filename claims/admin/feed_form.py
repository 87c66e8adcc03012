"""The form of a feed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.admin.desk_form import DeskForm
from claims.models import Feed


class FeedForm(DeskForm):
    url = forms.CharField(
        label=_("Address of the feed"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "dir": "ltr"}),
        help_text=_("RSS, Atom or JSON Feed; not the page that shows the articles."),
    )
    outlet = forms.CharField(
        label=_("Outlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Its articles come in under this name."),
    )


class ChangeFeedForm(FeedForm):
    def __init__(self, feed: Feed, typed: Any = None) -> None:
        super().__init__(typed, initial={"url": feed.url, "outlet": feed.outlet})
