"""The first page of the desk: what there is to do for this person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.counting import Figure, count_up
from claims.admin.mail_figures import count_troubles
from claims.admin.publication import TO_CORRECT, TO_PUBLISH, select_by_publication
from claims.enums import ClaimStatus, ExtractionStatus, PageStatus
from claims.models import ArticlePage, ArticleVersion, Assignment, Reviewer
from claims.permissions import (
    Power,
    can,
    own_assignments,
    visible_articles,
    visible_claims,
    visible_emails,
    visible_feeds,
    visible_webhooks,
    with_shown_status,
)


def describe_desk(person: Reviewer) -> dict[str, Any]:
    return {
        "figures": list(_figures(person)),
        "troubles": [figure for figure in _troubles(person) if figure.counted],
        "my_assignments": _open_assignments(person),
        "is_away": person.away_until is not None and person.away_until > timezone.localdate(),
        "can_review": can(person, Power.REVIEW),
        "can_see_review": can(person, Power.SEE_REVIEW),
        "can_add_articles": can(person, Power.ADD_ARTICLES),
    }


def _open_assignments(person: Reviewer) -> list[Assignment]:
    held = own_assignments(person).filter(closed_at=None, expires_at__gt=timezone.now())
    return list(held.select_related("claim__article").order_by("expires_at")[:20])


def _figures(person: Reviewer) -> Iterator[Figure]:
    if not can(person, Power.SEE_REVIEW):
        return
    claims, queue = visible_claims(person), reverse("admin:review_queue")
    words = {ClaimStatus.QUEUED: _("queued"), ClaimStatus.IN_REVIEW: _("in review"), ClaimStatus.DECIDED: _("decided")}
    if can(person, Power.ADJUDICATE):
        words[ClaimStatus.IN_ADJUDICATION] = _("to adjudicate")
    if can(person, Power.PUBLISH):
        del words[ClaimStatus.DECIDED]
    for status, word in words.items():
        yield Figure(count_up(with_shown_status(claims, [status])), word, f"{queue}?status={status}")
    if can(person, Power.PUBLISH):
        yield Figure(_count(person, TO_PUBLISH), _("decided, not published"), _list(TO_PUBLISH))


def _count(person: Reviewer, publication: str) -> int:
    return count_up(select_by_publication(visible_claims(person), publication))


def _list(publication: str) -> str:
    return f"{reverse('admin:claims_claim_changelist')}?publication={publication}"


def _troubles(person: Reviewer) -> Iterator[Figure]:
    articles = visible_articles(person)
    failed = count_up(ArticleVersion.objects.filter(article__in=articles, extraction_status=ExtractionStatus.FAILED))
    failed += count_up(ArticlePage.objects.filter(article__in=articles, status=PageStatus.FAILED))
    words = ngettext("article could not be read", "articles could not be read", failed)
    yield Figure(failed, words, f"{reverse('admin:claims_article_changelist')}?extraction=failed")
    if can(person, Power.PUBLISH):
        wrong = _count(person, TO_CORRECT)
        yield Figure(wrong, ngettext("fact-check to correct", "fact-checks to correct", wrong), _list(TO_CORRECT))
    if can(person, Power.MANAGE_FEEDS):
        failing = count_up(visible_feeds(person).filter(paused_at=None, told_failing_at__isnull=False))
        yield Figure(failing, ngettext("feed cannot be read", "feeds cannot be read", failing), reverse("admin:feeds"))
    if can(person, Power.OWN_WEBHOOKS):
        idle = count_up(visible_webhooks(person).filter(Q(is_stopped=True) | ~Q(paused_because__in=["", "by_hand"])))
        yield Figure(
            idle, ngettext("webhook is sent nothing", "webhooks are sent nothing", idle), reverse("admin:webhooks")
        )
    if can(person, Power.ADMINISTER):
        yield from count_troubles(visible_emails(person))
