"""The first page of the desk: what there is to do for this person."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.enums import ClaimStatus, EmailStatus, ExtractionStatus
from claims.models import ArticleVersion, Assignment, Reviewer
from claims.permissions import (
    Power,
    can,
    own_assignments,
    visible_articles,
    visible_claims,
    visible_emails,
    visible_webhooks,
    with_shown_status,
)

MOST = 1000  # counting stops here


class Figure(NamedTuple):
    """A counted thing with the page that shows it; counting stops at MOST."""

    counted: int
    words: str
    url: str

    @property
    def number(self) -> str:
        return f"{number_format(MOST, force_grouping=True)}+" if self.counted > MOST else str(self.counted)


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
    for status, word in words.items():
        yield Figure(_count(with_shown_status(claims, [status])), word, f"{queue}?status={status}")


def _troubles(person: Reviewer) -> Iterator[Figure]:
    articles = visible_articles(person)
    failed = _count(ArticleVersion.objects.filter(article__in=articles, extraction_status=ExtractionStatus.FAILED))
    words = ngettext("article could not be read", "articles could not be read", failed)
    yield Figure(failed, words, f"{reverse('admin:claims_article_changelist')}?extraction=failed")
    if can(person, Power.OWN_WEBHOOKS):
        idle = _count(visible_webhooks(person).filter(Q(is_stopped=True) | ~Q(paused_because__in=["", "by_hand"])))
        yield Figure(
            idle, ngettext("webhook is sent nothing", "webhooks are sent nothing", idle), reverse("admin:webhooks")
        )
    if can(person, Power.ADMINISTER):
        yield from _mail_troubles(person)


def _mail_troubles(person: Reviewer) -> Iterator[Figure]:
    mails, url = visible_emails(person), reverse("admin:claims_outgoingemail_changelist")
    failed = _count(mails.filter(status=EmailStatus.FAILED))
    late = _count(mails.filter(status=EmailStatus.WAITING).exclude(last_error=""))
    words = ngettext("e-mail was refused for good", "e-mails were refused for good", failed)
    yield Figure(failed, words, f"{url}?status__exact=failed")
    words = ngettext("e-mail is late and will be tried again", "e-mails are late and will be tried again", late)
    yield Figure(late, words, f"{url}?status__exact=waiting")


def _count(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: MOST + 1].count()
