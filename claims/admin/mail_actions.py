"""Sending mail again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from claims.admin.doorway import needs, person_of
from claims.notifications.delivery import resend_emails
from claims.permissions import Power, visible_emails


@require_POST
@needs(Power.ADMINISTER)
def resend_email(request: HttpRequest, email_id: int) -> HttpResponse:
    email = visible_emails(person_of(request)).filter(pk=email_id)
    if not email.exists():
        raise Http404
    say_resent(request, resend_emails(email))
    return redirect("admin:claims_outgoingemail_change", email_id)


def say_resent(request: HttpRequest, count: int) -> None:
    words = ngettext("%(n)s e-mail is sent again.", "%(n)s e-mails are sent again.", count) % {"n": count}
    messages.success(request, words)
