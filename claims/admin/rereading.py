"""Reading an article again with a newer extractor, and what earlier re-readings changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import MOST_SHOWN, needs, person_of, typed_number
from claims.admin.words import CHANGES
from claims.enums import Change, EventKind
from claims.intake.reextracting import extract_again, outdated_versions
from claims.models import ArticleVersion, Claim, Reviewer
from claims.permissions import Power, can, visible_articles, visible_claims, visible_events

_SIGNS = {
    Change.ADDED: "+",
    Change.FOUND_AGAIN: "↑",
    Change.RETIRED: "−",
    Change.RELABELLED: "~",
    Change.KEPT: "=",
    Change.ELSEWHERE: "",
    Change.LEFT_ALONE: "",
}
_ALWAYS_COUNTED = {Change.ADDED, Change.RETIRED, Change.RELABELLED, Change.KEPT}


@dataclass(frozen=True)
class Group:
    """The claims that a re-reading changed in one way; `claims` (each with its old headline or "") for all but KEPT."""

    sign: str
    what: str
    number: int
    claims: list[tuple[Claim, str]]


@dataclass(frozen=True)
class Rereading:
    old: str
    new: str
    at: datetime
    asked_by: str
    groups: list[Group]

    @property
    def has_changes(self) -> bool:
        return any(group.claims for group in self.groups)


def describe_rereadings(version: ArticleVersion, person: Reviewer) -> list[Rereading]:
    """Newest first."""
    return [_describe(version, difference, person) for difference in reversed(version.differences)]


def _describe(version: ArticleVersion, difference: dict[str, Any], person: Reviewer) -> Rereading:
    ids = [
        claim_id
        for change in Change
        if change is not Change.KEPT
        for claim_id in difference.get(change, [])[:MOST_SHOWN]
    ]
    claims = visible_claims(person).in_bulk(ids)
    old_headlines = _old_headlines(version, difference, person)
    groups = [
        Group(
            _SIGNS[change],
            str(CHANGES[change]),
            len(difference.get(change, [])),
            [(claims[pk], old_headlines.get(pk, "")) for pk in difference.get(change, []) if pk in claims],
        )
        for change in _SIGNS
        if difference.get(change) or change in _ALWAYS_COUNTED
    ]
    at = datetime.fromisoformat(difference["at"])
    return Rereading(difference["from"], difference["to"], at, difference["asked_by"], groups)


def _old_headlines(version: ArticleVersion, difference: dict[str, Any], person: Reviewer) -> dict[int, str]:
    events = visible_events(person).filter(
        claim__in=difference[Change.RELABELLED][:MOST_SHOWN],
        kind=EventKind.RELABELLED,
        details__version=version.number,
        details__extractor=difference["to"],
        details__changes__has_key="headline",
    )
    return dict(events.order_by("number").values_list("claim", "details__changes__headline__old"))


def may_extract_again(person: Reviewer, version: ArticleVersion) -> bool:
    return can(person, Power.REEXTRACT) and outdated_versions().filter(pk=version.pk).exists()


@require_POST
@needs(Power.REEXTRACT)
def reextract(request: HttpRequest, article_id: int) -> HttpResponse:
    person = person_of(request)
    version = get_object_or_404(
        ArticleVersion.objects.filter(article__in=visible_articles(person), article_id=article_id),
        number=typed_number(request.POST.get("version")),
    )
    if extract_again(version.pk, person):
        messages.success(request, _("The article will be read again in a moment. What people have worked on stays."))
    else:
        messages.info(request, _("The newest extractor has read this version, or is about to."))
    return redirect("admin:article", article_id)
