"""Rows with all that their serializers show, in a number of queries that does not grow with the rows."""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery

from claims.enums import ClaimStatus
from claims.models import Appearance, Article, ArticleVersion, Assignment, Claim, Reviewer, Seat, Verdict
from claims.permissions import visible_claims
from claims.priority import with_reach


def with_newest_version(articles: QuerySet[Article], *more: str) -> QuerySet[Article]:
    """Each article with the `version` number and `extraction_status` of its newest version, and `more` fields of it."""
    newest = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
    fields = {"version": "number", "extraction_status": "extraction_status"} | {name: name for name in more}
    shown = {name: Subquery(newest.values(field)[:1]) for name, field in fields.items()}
    return articles.select_related("added_by").annotate(**shown)


def count_claims(article: Article, person: Reviewer) -> dict[str, int]:
    """How many claims of the article stand in each status, as the person may know it."""
    claims: QuerySet[Any] = visible_claims(person).filter(article=article)
    counted = claims.order_by().values_list("shown_status").annotate(Count("pk"))
    return {status.value: 0 for status in ClaimStatus} | dict(counted)


def with_claim_details(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    places = Appearance.objects.select_related("version__article").defer("version__text")
    shown = claims.select_related("article", "claimant", "rating__scale", "added_by", "rule__policy")
    return shown.prefetch_related(Prefetch("appearances", places))


def with_assignment_details(assignments: QuerySet[Assignment], person: Reviewer) -> QuerySet[Assignment]:
    claims = with_claim_details(visible_claims(person))
    return assignments.select_related("reviewer", "assigned_by").prefetch_related(Prefetch("claim", claims))


def with_verdict_details(verdicts: QuerySet[Verdict], person: Reviewer) -> QuerySet[Verdict]:
    claims = Prefetch("assignment__claim", with_claim_details(visible_claims(person)))
    shown = verdicts.select_related("rating__scale", "assignment__reviewer")
    return shown.prefetch_related(claims, "evidence__added_by")


def with_holders(seats: QuerySet[Seat], person: Reviewer) -> QuerySet[Seat]:
    """Each seat with its claim, and by whom it is held until when (`held_by`, `held_until`), if it is."""
    turn = Assignment.objects.filter(seat=OuterRef("pk"), closed_at=None)
    shown = {"held_by": Subquery(turn.values("reviewer__username")), "held_until": Subquery(turn.values("expires_at"))}
    claims = with_reach(with_claim_details(visible_claims(person)))
    return seats.annotate(**shown).prefetch_related(Prefetch("claim", claims))
