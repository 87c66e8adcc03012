"""The feeds that the desk reads, and the page of one: how it stands, what it named, and the form that changes it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.admin.doorway import MOST_SHOWN, needs, person_of, show, typed_number
from claims.admin.feed_form import ChangeFeedForm, FeedForm
from claims.admin.words import say
from claims.enums import PageStatus
from claims.intake.feeds import add_feed, can_be_retried, change_feed, with_articles
from claims.models import Feed
from claims.permissions import Power, visible_feeds
from claims.stored_words import say_stored

MOST_ENTRIES = 50  # on a page


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.MANAGE_FEEDS)
def feeds(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _show_list(request, FeedForm(), 200)
    form = FeedForm(request.POST)
    added, status = form.hand_in(lambda: add_feed(person_of(request), **form.cleaned_data))
    if added is None:
        return _show_list(request, form, status)
    messages.success(
        request, _("The feed is added and read now. Load the page again in a moment to see what it names.")
    )
    return redirect("admin:feed", added.pk)


def _show_list(request: HttpRequest, form: FeedForm, status: int) -> HttpResponse:
    rows: list[Any] = list(with_articles(visible_feeds(person_of(request))).order_by("-id")[: MOST_SHOWN + 1])
    for row in rows:
        row.standing = describe_standing(row)
    context = {
        "title": _("Feeds"),
        "feeds": rows[:MOST_SHOWN],
        "are_feeds_cut": len(rows) > MOST_SHOWN,
        "most_shown": MOST_SHOWN,
        "form": form,
    }
    return show(request, "feeds", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.MANAGE_FEEDS)
def feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    found = find_feed(request, feed_id)
    if request.method != "POST":
        return _show_one(request, found, ChangeFeedForm(found), 200)
    form = ChangeFeedForm(found, request.POST)
    changed, status = form.hand_in(lambda: change_feed(person_of(request), found.pk, **form.cleaned_data))
    if changed is None:
        return _show_one(request, found, form, status)
    messages.success(request, _("The feed is changed."))
    return redirect("admin:feed", found.pk)


def find_feed(request: HttpRequest, feed_id: int) -> Any:
    feeds = with_articles(visible_feeds(person_of(request))).select_related("added_by")
    return get_object_or_404(feeds, pk=feed_id)


def _show_one(request: HttpRequest, feed: Any, form: ChangeFeedForm, status: int) -> HttpResponse:
    before = typed_number(request.GET.get("before"))
    entries = feed.entries.filter(pk__lt=before) if before else feed.entries
    page: list[Any] = list(entries.order_by("-id")[: MOST_ENTRIES + 1])
    shown = page[:MOST_ENTRIES]
    for entry in shown:
        _describe(entry)
    context = {
        "title": str(feed),
        "feed": feed,
        "standing": describe_standing(feed),
        "why": say_stored(feed.last_error),
        "entries": shown,
        "older": shown[-1].pk if len(page) > MOST_ENTRIES else None,
        "is_first_page": not before,
        "form": form,
    }
    return show(request, "feed", context, status)


def _describe(entry: Any) -> None:
    entry.status_word = say(PageStatus, entry.status)
    entry.error_words = say_stored(entry.last_error)
    entry.next_at = entry.next_attempt_at if entry.status == PageStatus.WAITING and entry.last_error else None
    entry.can_be_retried = can_be_retried(entry)


def describe_standing(feed: Feed) -> str:
    if not feed.is_active:
        return _("Paused")
    return _("Failing") if feed.failing_since else _("Active")
