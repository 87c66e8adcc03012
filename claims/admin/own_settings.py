"""What a person may set for themselves, in one place."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.models import Reviewer
from claims.permissions import Power, can


@require_safe
@needs(Power.SEE_DESK)
def own_settings(request: HttpRequest) -> HttpResponse:
    return show(request, "own_settings", {"title": _("Your settings"), "pages": list(_pages(person_of(request)))})


def _pages(person: Reviewer) -> Iterator[tuple[str, str, str]]:
    """Each page's address, its name, and what is set there."""
    language = dict(settings.LANGUAGES).get(person.language, _("As your browser asks."))
    yield (
        reverse("admin:mail_choices"),
        _("What you are mailed"),
        _("Which mails, at once or in the digest; quiet hours."),
    )
    yield reverse("admin:choose_language"), _("Language"), str(language)
    if can(person, Power.SEE_REVIEW):
        yield reverse("admin:change_keys"), _("Keys"), _("Which key does what on the queue and review pages.")
    if person.has_usable_password():
        yield (
            reverse("admin:password_change"),
            _("Password"),
            _("A new one signs you out everywhere else, and ends your API tokens."),
        )
