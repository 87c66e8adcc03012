"""The job that reads the page of an article that was sent in by its address alone; and its being tried again.

The address of the article stays as it was sent, wherever it leads.
"""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from claims.enums import PageStatus
from claims.exceptions import Conflict
from claims.fetching import Fetcher
from claims.intake import page_reading
from claims.intake.articles import NewArticle, add_read_page
from claims.intake.page_reading import FETCHER, noting_failures
from claims.intake.page_source import read_source
from claims.jobs import READ_PAGE
from claims.models import ArticlePage, Reviewer
from claims.notifications.routing import tell_page_failed
from claims.notifications.webhooks import tell_of_page
from claims.permissions import Power, require, visible_articles


def read_page(page_id: int, fetcher: Fetcher = FETCHER) -> None:
    """Read the page if it waits and nobody reads it. What its sender has said stands in the article already."""
    page = take_page(page_id)
    if page:
        with noting_failures(page, partial(record_failure, page)):
            found = fetcher.fetch(page.article.url)
            add_read_page(NewArticle(url=page.article.url), read_source(found.url, found.content_type, found.body))


@transaction.atomic
def take_page(page_id: int) -> ArticlePage | None:
    """None if there is nothing (more) to fetch."""
    takeable = page_reading.takeable(ArticlePage).select_related("article")
    page = takeable.select_for_update(skip_locked=True, of=("self",)).filter(pk=page_id).first()
    if page is None or page_reading.begin_attempt(page):
        return page
    _tell_failed(page)
    return None


@transaction.atomic
def record_failure(page: ArticlePage, error: str, is_passing: bool) -> None:
    """An attempt that was overtaken, or whose article has its text by now, notes nothing."""
    ours = page_reading.lock_attempt(page)
    if ours:
        page_reading.note_failure(ours, error, is_passing)
        if ours.status == PageStatus.FAILED:
            _tell_failed(ours)


def _tell_failed(page: ArticlePage) -> None:
    tell_page_failed(page)
    tell_of_page(page)


@transaction.atomic
def retry_page(person: Reviewer, article_id: int) -> None:
    """Give the page of an article that is without its text another set of attempts.

    Raises Conflict where there is no such page, or it is being read; NotPermitted.
    """
    require(person, Power.ADD_ARTICLES)
    pages = ArticlePage.objects.filter(article__in=visible_articles(person), article=article_id)
    page = pages.select_for_update(no_key=True, of=("self",)).first()
    if page is None or not page_reading.can_be_retried(page):
        raise Conflict(_("There is nothing to try again: look at how it stands now."), code="not_retried")
    page_reading.try_again(page, READ_PAGE)


def wake_pages() -> int:
    """The sweep. Returns how many."""
    return page_reading.wake(page_reading.takeable(ArticlePage), READ_PAGE)


def release_taken_pages() -> None:
    page_reading.release(ArticlePage)
