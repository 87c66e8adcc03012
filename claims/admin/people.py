"""People, their roles and their API tokens; only administrators see them."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, SetUnusablePasswordMixin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from claims.admin.passwords import ending_tokens
from claims.admin.powers import DeskModelAdmin
from claims.admin.words import say
from claims.enums import Role
from claims.models import Reviewer
from claims.permissions import Power

admin.site.unregister([AuthToken, Group])  # roles are given to people, and are not edited

# The library speaks English alone.
_TOKEN = {"user": _("person"), "token_key": _("beginning"), "created": _("made"), "expiry": _("ends")}
AuthToken._meta.verbose_name, AuthToken._meta.verbose_name_plural = _("API token"), _("API tokens")
AuthToken._meta.app_config.verbose_name = _("API tokens")
for name, words in _TOKEN.items():
    AuthToken._meta.get_field(name).verbose_name = words


_LOSS = _(
    '<ul id="id_unusable_warning" class="messagelist"><li class="warning">If disabled, the current password for this '
    "user will be lost.</li></ul>"
)


class PasswordForm(AdminPasswordChangeForm):
    """Django's own; its warning in the reader's language, too."""

    usable_password_help_text = format_lazy("{}{}", SetUnusablePasswordMixin.usable_password_help_text, _LOSS)  # type: ignore[assignment]


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group: Group) -> str:  # type: ignore[override]
        return say(Role, group.name)


class RoleFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("roles")

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(pk, say(Role, str(name))) for pk, name in super().field_choices(field, request, model_admin)]


@admin.register(Reviewer)
class ReviewerAdmin(DeskModelAdmin, UserAdmin):
    view_power = add_power = change_power = Power.ADMINISTER
    list_display = ["username", "full_name", "roles", "email", "wants_mail", "is_active", "last_login"]
    list_filter = [("groups", RoleFilter), "is_active"]
    filter_horizontal = []
    change_password_form = PasswordForm
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "wants_mail", "language"]}),
        (_("At the desk"), {"fields": ["groups", "is_active", "last_login", "date_joined"]}),
        (_("What the queue gives them"), {"fields": ["topics", "languages", "capacity", "away_until"]}),
        (
            _("When mail may come"),
            {"fields": ["time_zone", "digest_hour", "quiet_from", "quiet_until", "mail_paused_until"]},
        ),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        (_("At the desk"), {"fields": ["email", "groups"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reviewer]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("name"))
    def full_name(self, person: Reviewer) -> str:
        return person.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, person: Reviewer) -> str:
        return ", ".join(say(Role, group.name) for group in person.groups.all())

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        person = self.get_object(request, unquote(id))
        with ending_tokens(request, person) if person else nullcontext():
            return super().user_change_password(request, id, form_url)

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["form_class"] = RolesField
            kwargs["widget"] = forms.CheckboxSelectMultiple
            kwargs["label"] = _("Roles")
            kwargs["help_text"] = _("What the person may do at the desk. Without a role they cannot sign in.")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(AuthToken)
class TokenAdmin(DeskModelAdmin):
    """Tokens are made by `manage.py create_token` and can be taken back here."""

    view_power = delete_power = Power.ADMINISTER
    actions: Any = ["delete_selected"]
    list_display = ["user", "token_key", "created", "expiry"]
    list_select_related = ["user"]
    fields = ["user", "token_key", "created", "expiry"]
