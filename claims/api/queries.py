"""Rows with all that their serializers show, in a number of queries that does not grow with the rows."""

from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    JSONField,
    Manager,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from claims.enums import UNREAD, ClaimStatus, PageStatus
from claims.kept_queries import KeptQuery
from claims.models import (
    Appearance,
    Article,
    ArticleVersion,
    Assignment,
    Claim,
    Claimant,
    Evidence,
    Reviewer,
    Seat,
    SignOffRule,
    Verdict,
)
from claims.permissions import visible_claims
from claims.priority import with_reach

# What is said of an article whose text is still to come from its page.
_WITHOUT_TEXT: dict[str, Any] = {
    "extraction_status": Case(*(When(page__status__in=pages, then=Value(status)) for status, pages in UNREAD.items())),
    "failure": Case(When(page__status=PageStatus.FAILED, then=F("page__last_error")), default=Value("", TextField())),
    "differences": Value([], JSONField()),
}


def with_newest_version(articles: QuerySet[Article], *more: str) -> QuerySet[Article]:
    """Each article with the `version` number and `extraction_status` of its newest version, and `more` fields of it.

    Where it has none yet, its `page` says how it stands, and all else is empty.
    """
    newest = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by("-number")
    shown: dict[str, Any] = {"version": Subquery(newest.values("number")[:1])}
    for name in ("extraction_status", *more):
        field: Any = ArticleVersion._meta.get_field(name)
        without = _WITHOUT_TEXT.get(name, Value(""))
        shown[name] = Coalesce(Subquery(newest.values(name)[:1]), without, output_field=field)
    return articles.select_related("added_by", "page").annotate(**shown)


def count_claims(article: Article, person: Reviewer) -> dict[str, int]:
    """How many claims of the article stand in each status, as the person may know it."""
    claims: QuerySet[Any] = visible_claims(person).filter(article=article)
    counted = claims.order_by().values_list("shown_status").annotate(Count("pk"))
    return {status.value: 0 for status in ClaimStatus} | dict(counted)


def with_claim_details(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """Claims of `visible_claims`, with the words of related rows beside them, and their `places`."""
    places = Prefetch("appearances", with_place(Appearance.objects.all()), to_attr="places")
    return with_claim_words(claims).prefetch_related(places)


def with_claim_words(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """Words of related rows: the whole rows would cost more."""
    words = {
        "article_title": F("article__title"),
        "outlet": F("article__outlet"),
        "topic": F("article__section"),
        "language": F("article__language"),
        "claimant_name": _word(Claimant.objects, "claimant", "name"),
        "added_by_name": _word(Reviewer.objects, "added_by", "username"),
        "policy": _word(SignOffRule.objects, "rule", "policy__number"),
    }
    return claims.annotate(**words).select_related("rating__scale")


def _word(rows: Manager[Any], key: str, word: str) -> Subquery:
    """Of the row that a foreign key names. With many joins PostgreSQL takes longer to plan a page than to read it."""
    return Subquery(rows.filter(pk=OuterRef(key)).values(word))


def with_place(appearances: QuerySet[Appearance]) -> QuerySet[Any]:
    """Each with the `article`, its `outlet` and the `number` of the version."""
    words = {"article": F("version__article"), "outlet": F("version__article__outlet"), "number": F("version__number")}
    return appearances.annotate(**words)


def with_assignment_details(assignments: QuerySet[Assignment], person: Reviewer) -> QuerySet[Assignment]:
    claims = with_claim_details(visible_claims(person))
    return assignments.select_related("reviewer", "assigned_by").prefetch_related(Prefetch("claim", claims))


def complete_assignment(assignment: Assignment, person: Reviewer) -> Assignment:
    """With its claim, and its people at hand: for the person's own act, which has just moved the claim.

    Its status is not hidden here: who sits at it knows that it is in review, who has judged may know all.
    """
    claim: Any = _claim_with_words.get(assignment.claim_id)
    claim.places = _places_of(claim.pk)
    assignment.claim = claim
    if assignment.reviewer_id == person.pk:
        assignment.reviewer = person
    return assignment


def complete_verdict(verdict: Any, person: Reviewer) -> Verdict:
    """With its claim, its evidence as `sources`, and its people at hand: for the person's own act."""
    complete_assignment(verdict.assignment, person)
    verdict.sources = _sources_of(verdict.pk)
    return verdict


_claim_with_words = KeptQuery(
    lambda claim: with_claim_words(Claim.objects.annotate(shown_status=F("status"))).filter(pk=claim)
)
_sources_of = KeptQuery(lambda verdict: Evidence.objects.filter(verdicts=verdict).select_related("added_by"))
_places_of = KeptQuery(lambda claim: with_place(Appearance.objects.filter(claim=claim)))


def with_holders(seats: QuerySet[Seat], person: Reviewer) -> QuerySet[Seat]:
    """Each seat with its claim, and by whom it is held until when (`held_by`, `held_until`), if it is."""
    turn = Assignment.objects.filter(seat=OuterRef("pk"), closed_at=None)
    shown = {"held_by": Subquery(turn.values("reviewer__username")), "held_until": Subquery(turn.values("expires_at"))}
    claims = with_reach(with_claim_details(visible_claims(person)))
    return seats.annotate(**shown).prefetch_related(Prefetch("claim", claims))
