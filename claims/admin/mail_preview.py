"""Each kind of mail as its reader gets it, with made-up contents: for those who answer for what the desk says."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.admin.mail_choices import say_timing
from claims.admin.mail_samples import sample, sample_person
from claims.admin.mailbox_page import MAIL_POLICY
from claims.enums import EmailKind, Timing
from claims.notifications.choices import choices_of, zone_of
from claims.notifications.messages import Letter, Message
from claims.notifications.routes import ROUTE_OF, Route
from claims.permissions import Power, can

DARK = "(prefers-color-scheme: dark)"  # as the mails' styles ask
SCHEMES = {"light": "not all", "dark": "all"}  # and what a reader's program would answer


class Switch(NamedTuple):
    words: str
    query: str
    is_on: bool


@require_safe
@needs(Power.SET_POLICY)
def mail_previews(request: HttpRequest) -> HttpResponse:
    chosen = choices_of(None)
    told = [(route, _timing(route, chosen)) for route in ROUTE_OF.values()]
    may_set = can(person_of(request), Power.ADMINISTER)
    return show(request, "mail_previews", {"title": _("How each mail looks"), "told": told, "may_set_for_all": may_set})


@require_safe
@needs(Power.SET_POLICY)
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know no views with arguments
def mail_preview(request: HttpRequest, kind: str) -> HttpResponse:
    mail_kind, language, scheme = _asked(request, kind)
    message = write_sample(mail_kind, language)
    context = {
        "title": message.subject,
        "message": message,
        "kind": mail_kind,
        "route": ROUTE_OF[mail_kind],
        "language": language,
        "schemes": list(_switches("scheme", {"light": _("Light"), "dark": _("Dark")}, language, scheme)),
        "languages": list(_switches("language", dict(settings.LANGUAGES), language, scheme)),
        "query": urlencode({"language": language, "scheme": scheme}),
    }
    return show(request, "mail_preview", context)


@require_safe
@needs(Power.SET_POLICY)
@csp(MAIL_POLICY)  # type: ignore[arg-type]
@xframe_options_sameorigin
def mail_preview_html(request: HttpRequest, kind: str) -> HttpResponse:
    """The HTML alone, for the sandboxed frame of `mail_preview`."""
    mail_kind, language, scheme = _asked(request, kind)
    return HttpResponse(write_sample(mail_kind, language).html.replace(DARK, SCHEMES[scheme]))


def _timing(route: Route, chosen: Mapping[EmailKind, Timing]) -> str:
    return say_timing(route, chosen[route.kind]) if route.kind in chosen else ""


def write_sample(kind: EmailKind, language: str) -> Message:
    person = sample_person()
    with translation.override(language), timezone.override(zone_of(person)):
        return Letter(kind, sample(kind)).to(person)


def _asked(request: HttpRequest, kind: str) -> tuple[EmailKind, str, str]:
    """Which mail, in which language and light; what is not known is as the page is, and light."""
    if kind not in list(EmailKind):
        raise Http404
    language, scheme = request.GET.get("language", ""), request.GET.get("scheme", "")
    known = dict(settings.LANGUAGES)
    return (
        EmailKind(kind),
        language if language in known else translation.get_language() or settings.LANGUAGE_CODE,
        scheme if scheme in SCHEMES else "light",
    )


def _switches(name: str, options: dict[str, Any], language: str, scheme: str) -> Iterator[Switch]:
    now = {"language": language, "scheme": scheme}
    for value, words in options.items():
        yield Switch(str(words), urlencode(now | {name: value}), now[name] == value)
