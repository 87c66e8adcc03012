"""The review page: the claim in its article, its evidence, the verdict form, and all that happened to it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.admin.article_text import mark_version
from claims.admin.doorway import MOST_SHOWN, needs, person_of, show
from claims.admin.facts_in_words import describe_facts
from claims.admin.history_in_words import tell
from claims.admin.standing import Standing, find_standing
from claims.admin.typed_verdict import TypedVerdict, offered_ratings
from claims.admin.words import STANCES, say
from claims.enums import ClaimKind, ClaimStatus, Stance
from claims.models import Claim, Draft, Evidence, Reviewer, Verdict
from claims.permissions import (
    Power,
    people_who_can,
    visible_claims,
    visible_events,
    visible_evidence,
)


@require_safe
@needs(Power.SEE_REVIEW)
def review_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    return show_claim(request, find_claim(request, claim_id))


def find_claim(request: HttpRequest, claim_id: int) -> Claim:
    claims = visible_claims(person_of(request))
    return get_object_or_404(claims.select_related("article", "claimant", "rating", "duplicate_of"), pk=claim_id)


def show_claim(
    request: HttpRequest, claim: Claim, *, typed: TypedVerdict | None = None, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page; `typed` is what the person has just typed, else their draft is shown. `extra` goes to the template."""
    person = person_of(request)
    standing = find_standing(claim, person)
    context = {
        "standing": standing,
        "draft": typed or _find_draft(claim, person),
        **_describe(claim),
        **_describe_text(claim),
        **_describe_work(claim, person),
        **_tools(standing),
    }
    return show(request, "review", context | extra, status)


def _describe(claim: Claim) -> dict[str, Any]:
    return {
        "title": claim.headline,
        "claim": claim,
        "status": say(ClaimStatus, claim.status),
        "kind": say(ClaimKind, claim.kind),
        "facts": describe_facts(claim.facts),
        "reasons": _reasons(claim),
    }


def _describe_text(claim: Claim) -> dict[str, Any]:
    """The newest version that holds the claim's words, and these words."""
    newest = claim.appearances.select_related("version").order_by("-version__number", "start").first()
    return {
        "text": mark_version(newest.version, newest) if newest else None,
        "quote": newest.quote if newest else "",
        "newest_number": claim.article.versions.aggregate(newest=Max("number"))["newest"],
        "can_open_claims": True,
    }


def _describe_work(claim: Claim, person: Reviewer) -> dict[str, Any]:
    evidence = _evidence(claim, person)
    history = visible_events(person).filter(claim=claim).select_related("actor").order_by("-number")
    return {
        "evidence": evidence[-MOST_SHOWN:],
        "is_evidence_cut": len(evidence) > MOST_SHOWN,
        "verdicts": _verdicts(claim),
        "history": [tell(event) for event in reversed(list(history[:MOST_SHOWN]))],
        "stances": STANCES.items(),
        "most_shown": MOST_SHOWN,
    }


def _evidence(claim: Claim, person: Reviewer) -> list[Evidence]:
    """The latest, oldest first; one more than the page shows, where there are more."""
    latest = visible_evidence(person).filter(claim=claim).select_related("added_by").order_by("-pk")
    found = list(reversed(latest[: MOST_SHOWN + 1]))
    for one in found:
        one.stance_word = say(Stance, one.stance)  # type: ignore[attr-defined]
    return found


def _find_draft(claim: Claim, person: Reviewer) -> TypedVerdict:
    draft = Draft.objects.filter(claim=claim, reviewer=person).select_related("rating").first()
    return TypedVerdict.from_draft(draft)


def _tools(standing: Standing) -> dict[str, Any]:
    """What only the holder, or only an editor, needs to see."""
    tools: dict[str, Any] = {}
    if standing.mine:
        left = (standing.mine.expires_at - timezone.now()).total_seconds()
        tools |= {"ratings": offered_ratings(), "seconds_left": int(left), "beat_every": settings.LEASE_SECONDS // 3}
    if standing.may_assign:
        tools["people"] = people_who_can(Power.REVIEW)
    return tools


def _reasons(claim: Claim) -> list[dict[str, Any]]:
    """What speaks for a check before what speaks against it, with the weight as people write it."""
    reasons = sorted(claim.reasons, key=lambda reason: -reason["weight"])
    return [reason | {"signed": f"{reason['weight']:+.1f}".replace("-", "−")} for reason in reasons]


def _verdicts(claim: Claim) -> Iterable[Verdict]:
    verdicts = Verdict.objects.filter(assignment__claim=claim).select_related("rating", "assignment__reviewer")
    return verdicts.prefetch_related("evidence")
