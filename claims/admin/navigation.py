"""The few places that every page of the desk links to."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.doorway import person_of
from claims.admin.mail_figures import list_mails, some_failed
from claims.admin.mailbox_page import has_mailbox
from claims.admin.words import say
from claims.enums import EmailStatus, Role
from claims.models import Reviewer
from claims.permissions import Power, can, roles_of, visible_emails


class Place(NamedTuple):
    url: str
    name: str
    is_here: bool


def describe_navigation(request: HttpRequest) -> dict[str, Any]:
    person = person_of(request)
    roles = sorted(roles_of(person), key=list(Role).index)
    if not roles:
        return {}
    places = list(_places(person))
    path = request.path
    for page in (reverse("admin:add_article").removesuffix("add/"), reverse("admin:feeds")):
        path = path.replace(page, _articles())
    here = max((url for url, _name in places if path.startswith(url)), key=len, default="")
    return {
        "places": [Place(url, name, url == here) for url, name in places],
        "roles": ", ".join(say(Role, role) for role in roles),
    }


def _places(person: Reviewer) -> Iterator[tuple[str, str]]:
    yield reverse("admin:index"), _("Desk")
    if can(person, Power.SEE_REVIEW):
        yield reverse("admin:review_queue"), _("Review queue")
    yield _articles(), _("Articles")
    if can(person, Power.SEE_REVIEW):
        yield reverse("admin:claims_claim_changelist"), _("Claims")
    yield reverse("admin:claims_factcheck_changelist"), _("Fact-checks")
    if can(person, Power.SEE_REVIEW):
        yield reverse("admin:policy"), _("Sign-off")
    if can(person, Power.SEE_FIGURES):
        yield reverse("admin:figures"), _("Figures")
    if can(person, Power.OWN_WEBHOOKS):
        yield reverse("admin:webhooks"), _("Webhooks")
    if has_mailbox():
        yield reverse("admin:mailbox"), _("Mailbox")
    if can(person, Power.ADMINISTER) and some_failed(visible_emails(person)):
        yield list_mails(EmailStatus.FAILED), _("Failed e-mails")


def _articles() -> str:
    return reverse("admin:claims_article_changelist")
