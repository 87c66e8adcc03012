"""One click ends a kind of mail: its address stands in every mail, and needs no signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.models import Reviewer
from claims.notifications.choices import switch_off
from claims.notifications.headers import read_off_token
from claims.notifications.routes import ROUTE_OF


@csrf_exempt  # a mail program sends no cookie (RFC 8058); who has the address may use it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """Asking shows what would be switched off, for programs look at every link in a mail; only a POST does it."""
    found = read_off_token(token)
    if found is None:
        raise Http404
    person, kind = get_object_or_404(Reviewer, pk=found[0]), found[1]
    if request.method == "POST":
        switch_off(person, kind)
    route = ROUTE_OF.get(kind)
    if route is None:
        raise Http404
    context = {"title": _("No more mail of this kind"), "route": route, "is_done": request.method == "POST"}
    return render(request, "claims/mail_off.html", context)
