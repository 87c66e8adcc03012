"""An article that was sent in by its address alone, as long as it has no text: how its page stands, and what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import needs, person_of, show, try_to
from claims.admin.words import say
from claims.enums import PageStatus
from claims.intake.article_pages import retry_page
from claims.intake.page_reading import can_be_retried
from claims.models import Article
from claims.permissions import Power, can, visible_articles
from claims.stored_words import say_stored


def show_unread(request: HttpRequest, article: Article, status: int = 200) -> HttpResponse:
    page, may_send = article.page, can(person_of(request), Power.ADD_ARTICLES)
    context: dict[str, Any] = {
        "title": str(article),
        "article": article,
        "page": page,
        "standing": say(PageStatus, page.status),
        "why": say_stored(page.last_error),
        "may_send": may_send,
        "can_retry": may_send and page.last_error and can_be_retried(page),
    }
    return show(request, "unread_article", context, status)


@require_POST
@needs(Power.ADD_ARTICLES)
def retry(request: HttpRequest, article_id: int) -> HttpResponse:
    get_object_or_404(visible_articles(person_of(request)), pk=article_id)
    done = _("Its page is read now: load this one again in a moment.")
    try_to(request, lambda: retry_page(person_of(request), article_id), done)
    return redirect("admin:article", article_id)
