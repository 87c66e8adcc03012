from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.kept_queries import KeptQuery
from claims.models import Reviewer
from claims.permissions import remember_roles, roles_of, with_groups


class DeskSignInForm(AuthenticationForm):
    """Lets in whoever has a role at the desk, and tells others with a right password whom to ask."""

    error_messages = AuthenticationForm.error_messages | {
        "no_role": _("Your password is right, but you have no role at this desk yet. Ask an administrator for one.")
    }

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if not roles_of(user):
            raise ValidationError(self.error_messages["no_role"], code="no_role")


class DeskBackend(ModelBackend):
    """Names and passwords; who is signed in is read together with their roles."""

    def get_user(self, user_id: Any) -> Reviewer | None:
        for person in _signed_in(user_id):
            remember_roles(person, person.group_names)  # type: ignore[attr-defined]  # annotated
            return person if self.user_can_authenticate(person) else None
        return None


_signed_in = KeptQuery(lambda pk: with_groups(Reviewer.objects.filter(pk=pk)))


def page_of(request: HttpRequest) -> str:
    """The page of the desk that a form was sent from, as far as the browser tells."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else reverse("admin:index")


def find_client_address(request: HttpRequest) -> str:
    """Where a sign-in comes from: the proxy's word for it where there is one, which is the last entry it adds."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
