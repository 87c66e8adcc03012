"""Articles, claims and what happened to them, as lists to search. They change only through the desk's own pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from claims.admin.doorway import person_of, typed_number
from claims.admin.powers import DeskModelAdmin
from claims.admin.publication import PUBLICATION, select_by_publication
from claims.admin.words import EXTRACTION, STATUSES, say
from claims.enums import UNREAD, ClaimStatus
from claims.models import (
    Article,
    ArticlePage,
    ArticleVersion,
    Assignment,
    Claim,
    Claimant,
    ClaimEvent,
    Evidence,
    Reviewer,
    Verdict,
)
from claims.permissions import (
    Power,
    can,
    visible_articles,
    visible_assignments,
    visible_claims,
    visible_events,
    visible_evidence,
    visible_verdicts,
    with_shown_status,
)
from claims.stored_words import say_stored


def _lead_to(page: str, object_id: str) -> HttpResponse:
    """The desk's own page of the row. Raises Http404 for what is no row's number."""
    number = typed_number(object_id)
    if not number:
        raise Http404
    return redirect(f"admin:{page}", number)


class ExtractionFilter(admin.SimpleListFilter):
    title = _("extraction")
    parameter_name = "extraction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(EXTRACTION.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        status = self.value()
        return _in_extraction(queryset, status) if status else queryset


def _in_extraction(articles: QuerySet[Article], status: str) -> QuerySet[Article]:
    """Those with a version in the status; those without any by how their page stands."""
    read = ArticleVersion.objects.filter(extraction_status=status)
    unread = ArticlePage.objects.filter(status__in=UNREAD.get(status, ()))
    return articles.filter(Q(pk__in=read.values("article")) | Q(pk__in=unread.values("article")))


@admin.register(Article)
class ArticleAdmin(DeskModelAdmin):
    view_power, add_power = Power.SEE_DESK, Power.ADD_ARTICLES
    list_display = ["__str__", "outlet", "section", "published_on", "created_at"]
    list_filter = [ExtractionFilter]
    search_fields = ["title", "outlet", "url", "external_id"]

    def visible(self, person: Reviewer) -> QuerySet[Article]:
        return visible_articles(person)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        manages_feeds = can(person_of(request), Power.MANAGE_FEEDS)
        return super().changelist_view(request, {"manages_feeds": manages_feeds, **(extra_context or {})})

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("admin:add_article")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return _lead_to("article", object_id)


class PublicationFilter(admin.SimpleListFilter):
    title = _("publication")
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(PUBLICATION.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        value = self.value()
        return select_by_publication(queryset, value) if value in PUBLICATION else queryset


class StatusFilter(admin.SimpleListFilter):
    """By the status that the person may know."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATUSES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        status = self.value()
        return with_shown_status(queryset, [status]) if status else queryset


@admin.register(Claim)
class ClaimAdmin(DeskModelAdmin):
    list_display = ["headline", "shown_status", "kind", "check_worthiness", "rating", "claimant", "article"]
    list_filter = [StatusFilter, PublicationFilter, "kind"]
    list_select_related = ["rating", "claimant", "article"]
    search_fields = ["headline"]

    def visible(self, person: Reviewer) -> QuerySet[Claim]:
        return visible_claims(person)

    @admin.display(description=_("status"), ordering="shown_status")
    def shown_status(self, claim: Any) -> str:
        return say(ClaimStatus, claim.shown_status)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return _lead_to("review_claim", object_id)


@admin.register(Claimant)
class ClaimantAdmin(DeskModelAdmin):
    change_power = Power.ADMINISTER
    search_fields = ["name"]


@admin.register(Evidence)
class EvidenceAdmin(DeskModelAdmin):
    list_display = ["__str__", "stance", "is_primary", "publisher", "claim", "added_by", "created_at"]
    list_filter = ["stance", "is_primary"]
    list_select_related = ["claim", "added_by"]
    search_fields = ["title", "publisher", "url"]

    def visible(self, person: Reviewer) -> QuerySet[Evidence]:
        return visible_evidence(person)


@admin.register(ClaimEvent)
class ClaimEventAdmin(DeskModelAdmin):
    list_display = ["at", "claim", "number", "kind", "actor", "told"]
    list_filter = ["kind"]
    list_select_related = ["claim", "actor"]
    fields = [
        "claim",
        "number",
        "kind",
        "actor",
        "at",
        "came_from",
        "became",
        "told",
        "details",
        "previous_hash",
        "hash",
    ]
    readonly_fields = ["came_from", "became", "told"]

    def visible(self, person: Reviewer) -> QuerySet[ClaimEvent]:
        return visible_events(person)

    @admin.display(description=_("from status"), empty_value="–")
    def came_from(self, event: ClaimEvent) -> str:
        return say(ClaimStatus, event.from_status)

    @admin.display(description=_("to status"), empty_value="–")
    def became(self, event: ClaimEvent) -> str:
        return say(ClaimStatus, event.to_status)

    @admin.display(description=_("reason"), ordering="reason")
    def told(self, event: ClaimEvent) -> str:
        return say_stored(event.reason)


@admin.register(Assignment)
class AssignmentAdmin(DeskModelAdmin):
    list_display = ["claim", "reviewer", "taken_at", "expires_at", "closed_at", "outcome"]
    list_filter = ["outcome"]
    list_select_related = ["claim", "reviewer"]
    # Not the seat: its number would tell of rounds.
    fields = ["claim", "reviewer", "assigned_by", "taken_at", "expires_at", "closed_at", "outcome"]
    readonly_fields = ["taken_at"]

    def visible(self, person: Reviewer) -> QuerySet[Assignment]:
        return visible_assignments(person)


@admin.register(Verdict)
class VerdictAdmin(DeskModelAdmin):
    list_display = ["claim", "rating", "reviewer", "created_at"]
    list_filter = ["rating"]
    list_select_related = ["rating", "assignment__claim", "assignment__reviewer"]

    def visible(self, person: Reviewer) -> QuerySet[Verdict]:
        return visible_verdicts(person)

    @admin.display(description=_("claim"))
    def claim(self, verdict: Verdict) -> Claim:
        return verdict.assignment.claim

    @admin.display(description=_("reviewer"))
    def reviewer(self, verdict: Verdict) -> Any:
        return verdict.assignment.reviewer
