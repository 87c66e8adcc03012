"""The buttons on the page of a feed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import needs, person_of, try_to
from claims.admin.feed_pages import find_feed
from claims.intake import feeds
from claims.permissions import Power


@require_POST
@needs(Power.MANAGE_FEEDS)
def reading(request: HttpRequest, feed_id: int) -> HttpResponse:
    done = _("The feed is read now. Load the page again in a moment to see what came of it.")
    return _do(request, feed_id, lambda: feeds.read_feed_now(person_of(request), feed_id), done)


@require_POST
@needs(Power.MANAGE_FEEDS)
def pause(request: HttpRequest, feed_id: int) -> HttpResponse:
    done = _("The feed is paused. Nothing is read from it until it is resumed.")
    return _do(request, feed_id, lambda: feeds.pause_feed(person_of(request), feed_id), done)


@require_POST
@needs(Power.MANAGE_FEEDS)
def resumption(request: HttpRequest, feed_id: int) -> HttpResponse:
    done = _("The feed is resumed and read now.")
    return _do(request, feed_id, lambda: feeds.resume_feed(person_of(request), feed_id), done)


@require_POST
@needs(Power.MANAGE_FEEDS)
def retry(request: HttpRequest, feed_id: int, entry_id: int) -> HttpResponse:
    get_object_or_404(find_feed(request, feed_id).entries, pk=entry_id)
    done = _("It is read now. Load the page again in a moment to see what came of it.")
    return _do(request, feed_id, lambda: feeds.retry_entry(person_of(request), feed_id, entry_id), done)


@require_POST
@needs(Power.MANAGE_FEEDS)
def deletion(request: HttpRequest, feed_id: int) -> HttpResponse:
    find_feed(request, feed_id)
    feeds.delete_feed(person_of(request), feed_id)
    messages.success(request, _("The feed is deleted. Its articles stay."))
    return redirect("admin:feeds")


def _do(request: HttpRequest, feed_id: int, verb: Callable[[], object], done: str) -> HttpResponse:
    find_feed(request, feed_id)
    try_to(request, verb, done)
    return redirect(f"{reverse('admin:feed', args=[feed_id])}#entries")
