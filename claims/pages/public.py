"""What the pages for readers share: everybody may read them, nobody can do anything there, caches may keep them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

KEPT = 60  # seconds a cache shows a page without asking: so soon a correction shows

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Read only. A cache asks for it again by its ETag, which tells languages apart too.

    No Last-Modified: a rating that is renamed, a review that begins or another language changes a page as well.
    """
    kept = cache_control(public=True, max_age=KEPT)(conditional_page(view))
    return csrf_exempt(require_safe(kept))  # so that a POST is told that nothing can be sent here


def show(page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(write(page, context), status=status)


def write(page: str, context: dict[str, Any]) -> str:
    """It knows nothing of who asks. Days are those of the desk's own place."""
    desk = {"desk": settings.DESK_NAME, "desk_language": settings.LANGUAGE_CODE}
    with timezone.override(settings.DESK_TIME_ZONE):
        return render_to_string(f"claims/fact_checks/{page}.html", desk | context)
