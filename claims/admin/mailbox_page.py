"""The embedded desk's mailbox: mail that would leave a server is read here. Everybody sees what was sent to them."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from claims.admin.doorway import person_of, show
from claims.models import Reviewer
from claims.notifications.mailbox import LocalMail, read_mail, read_mailbox
from claims.permissions import Power, can

BACKEND = "claims.notifications.mailbox.MailboxBackend"
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],  # mail carries its styles with it; nothing else is allowed
    "frame-ancestors": [SELF],
    "form-action": [NONE],
    "base-uri": [NONE],
    "sandbox": True,
}


def has_mailbox() -> bool:
    return settings.EMAIL_BACKEND == BACKEND


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    _require_mailbox()
    person = person_of(request)
    address = None if can(person, Power.ADMINISTER) else person.email
    mails = read_mailbox(address) if address != "" else []
    context = {"title": _("Mailbox"), "mails": mails, "is_everybodys": address is None}
    return show(request, "mailbox", context)


@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know no views with arguments
def mail(request: HttpRequest, name: str) -> HttpResponse:
    found = _find_mail(person_of(request), name)
    return show(request, "mail", {"title": found.subject, "mail": found})


@require_safe
@csp(MAIL_POLICY)  # type: ignore[arg-type]
@xframe_options_sameorigin
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The mail's own HTML, for the sandboxed frame of `mail`."""
    return HttpResponse(_find_mail(person_of(request), name).html)


def _find_mail(person: Reviewer, name: str) -> LocalMail:
    _require_mailbox()
    found = read_mail(name)
    if found is None or not (can(person, Power.ADMINISTER) or (person.email and found.to == person.email)):
        raise Http404
    return found


def _require_mailbox() -> None:
    if not has_mailbox():
        raise Http404
