"""What every page of the desk shares: who is asking, how a page is rendered, how a refusal is shown."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import unquote

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from claims.exceptions import Conflict, DeskError, NotPermitted
from claims.models import Reviewer
from claims.permissions import Power, require

MOST_SHOWN = 500  # rows of one list on a page of the desk; the page says where it leaves some out

View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Reviewer:
    """The person who asks; `DeskSite.has_permission` has made sure that there is one."""
    return cast(Reviewer, request.user)


def needs(power: Power) -> Callable[[View], View]:
    """The page is for people with this power; others get the sentence that says whom to ask."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(person_of(request), power)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def refuse_nul(view: View) -> View:
    """No query string with a NUL gets to a page: PostgreSQL knows no such text, and would fail at each of them."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            raise BadRequest("The query string holds a NUL.")
        return view(request, *args, **kwargs)

    return wrapped


def explain_refusals(view: View) -> View:
    """A NotPermitted that no page handles becomes a 403 page with its sentence."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotPermitted as refusal:
            return show(request, "refused", {"title": refusal.message}, status=403)

    return wrapped


def show(request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context = admin.site.each_context(request) | context
    return TemplateResponse(request, f"admin/desk/{page}.html", context, status=status)


def say_refusal(refusal: DeskError) -> str:
    """In the reader's language, also of what may not know Django: its sentence is only marked."""
    return _(refusal.marked) % refusal.known if refusal.known else _(refusal.marked)


def status_of(refusal: DeskError) -> int:
    if isinstance(refusal, NotPermitted):
        return 403
    return 409 if isinstance(refusal, Conflict) else 400


def try_to(request: HttpRequest, verb: Callable[[], object], done: str = "") -> bool:
    """Do it; the next page says that it is done, or why it is refused."""
    try:
        verb()
    except NotPermitted:
        raise
    except DeskError as refusal:
        messages.error(request, refusal.message)
        return False
    if done:
        messages.success(request, done)
    return True


def typed_words(request: HttpRequest, name: str) -> str:
    """A text field as typed, with the line ends of the desk and nothing that the database cannot keep."""
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "")


def check_length(words: str, most: int, too_long: str) -> None:
    """Raises DeskError (`too_long`, a sentence with %(most)s in it) for more than `most` characters."""
    if len(words) > most:
        raise DeskError(too_long % {"most": number_format(most, force_grouping=True)}, code="too_long")


def typed_number(value: str | None) -> int:
    """A row's number from an address or a form; 0, which no row has, if it is none."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else 0
