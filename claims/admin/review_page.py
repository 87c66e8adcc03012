"""The review page: the claim in its article, its evidence, the verdict form, and all that happened to it."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.article_text import mark_version
from claims.admin.contact_form import describe_contacts
from claims.admin.correction_form import CorrectionForm, SplitForm
from claims.admin.doorway import needs, person_of, show, typed_number
from claims.admin.fact_check_form import describe_fact_checks
from claims.admin.facts_in_words import describe_facts
from claims.admin.moves import Moves, find_moves
from claims.admin.opinion_form import describe_opinions
from claims.admin.priority_form import PriorityForm
from claims.admin.queue_filter import read_wanted
from claims.admin.review_work import describe_sign_off, describe_work
from claims.admin.standing import Standing, count_free, find_standing
from claims.admin.typed_verdict import TypedVerdict, offered_ratings
from claims.admin.words import DISMISSALS, say
from claims.enums import ClaimKind, ClaimStatus, DismissalReason
from claims.models import ArticleVersion, Claim, ClaimantContact, Draft, FactCheck, OutsideOpinion, Reviewer
from claims.permissions import Power, blind_claims, people_who_can, visible_claims
from claims.review.drafts import moment_of
from claims.review.queue import Wanted

WARN_AT = 120  # seconds before a turn ends
MOST_DUPLICATES = 50  # named on the page of the claim that they repeat


@require_safe
@needs(Power.SEE_REVIEW)
def review_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    return show_claim(request, find_claim(request, claim_id))


def find_claim(request: HttpRequest, claim_id: int) -> Any:
    """With what the page would have to ask for piece by piece."""
    person = person_of(request)
    claims = visible_claims(person).annotate(
        is_blind=Exists(blind_claims(person).filter(pk=OuterRef("pk"))),
        free=count_free(),
        newest_number=Subquery(_versions.order_by("-number").values("number")[:1]),
        has_duplicates=Exists(Claim.objects.filter(duplicate_of=OuterRef("pk"))),
        has_draft=Exists(Draft.objects.filter(claim=OuterRef("pk"), reviewer=person.pk)),
        has_contacts=Exists(ClaimantContact.objects.filter(claim=OuterRef("pk"))),
        has_opinions=Exists(OutsideOpinion.objects.filter(claim=OuterRef("pk"))),
        has_fact_checks=Exists(_fact_checks),
        is_public=Exists(_fact_checks.filter(withdrawn_at=None)),
    )
    related = claims.select_related("article", "claimant", "rating", "duplicate_of", "rule__policy")
    return get_object_or_404(related, pk=claim_id)


_fact_checks = FactCheck.objects.filter(claim=OuterRef("pk"))
_versions = ArticleVersion.objects.filter(article=OuterRef("article"))


def show_claim(
    request: HttpRequest, claim: Any, *, typed: TypedVerdict | None = None, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page; `typed` is what the person has just typed, else their draft is shown. `extra` goes to the template."""
    person = person_of(request)
    standing, moves = find_standing(claim, person), find_moves(claim, person)
    drafts = Draft.objects.filter(claim=claim, reviewer=person).select_related("rating")
    draft = drafts.first() if claim.has_draft or typed else None  # a refusal may have kept what was typed
    work = describe_work(claim, person, with_columns=moves.adjudication)
    context = {
        "standing": standing,
        "moves": moves,
        "draft": typed or TypedVerdict.from_draft(draft),
        "draft_seen": moment_of(draft),
        "draft_window": draft.window if draft else "",
        "wanted": {name: value for name, value in vars(_wanted(request)).items() if value},
        **_describe(claim, person),
        **_describe_text(claim),
        **describe_sign_off(claim),
        **work,
        **describe_fact_checks(claim, person, moves, work),
        **describe_contacts(claim, person),
        **describe_opinions(claim, person),
        **_tools(claim, standing, moves),
    }
    if moves.merging:
        context["wanted_target"] = typed_number(request.GET.get("merge_into")) or ""
    if moves.correcting:
        context |= {"correction_form": CorrectionForm.of(claim, context["quote"]), "split_form": SplitForm.of()}
    if not getattr(moves, extra.get("refused", ""), True):
        context["formless_error"] = extra["error"]
    return show(request, "review", context | extra, status)


def _describe(claim: Any, person: Reviewer) -> dict[str, Any]:
    return {
        "title": claim.headline,
        "claim": claim,
        "status": say(ClaimStatus, claim.shown_status),
        "kind": say(ClaimKind, claim.kind),
        "dismissed_as": say(DismissalReason, claim.dismissed_as),
        "facts": describe_facts(claim.facts),
        "reasons": _reasons(claim),
        "duplicates": _duplicates(claim, person) if claim.has_duplicates else [],
    }


def _duplicates(claim: Claim, person: Reviewer) -> QuerySet[Claim]:
    return visible_claims(person).filter(duplicate_of=claim).order_by("pk")[:MOST_DUPLICATES]


def _describe_text(claim: Any) -> dict[str, Any]:
    """The newest version that holds the claim's words, and these words."""
    newest = claim.appearances.select_related("version").order_by("-version__number", "start").first()
    return {
        "text": mark_version(newest.version, newest) if newest else None,
        "quote": newest.quote if newest else "",
        "newest_number": claim.newest_number,
        "can_open_claims": True,
    }


def _wanted(request: HttpRequest) -> Wanted:
    """What the list was narrowed to that the person takes claims from."""
    return read_wanted(request.POST if request.method == "POST" else request.GET)


def _tools(claim: Claim, standing: Standing, moves: Moves) -> dict[str, Any]:
    """What only the holder, who adjudicates, or an editor needs to see."""
    tools: dict[str, Any] = {}
    if standing.mine:
        left = (standing.mine.expires_at - timezone.now()).total_seconds()
        turn = settings.LEASE_SECONDS
        tools |= {"seconds_left": int(left), "beat_every": turn // 3, "warn_at": min(WARN_AT, turn // 4)}
    if standing.mine or moves.adjudication:
        tools["ratings"] = offered_ratings()
    if standing.may_assign or (moves.reassign and standing.others):
        tools["people"] = people_who_can(Power.REVIEW)
    if moves.dismissal:
        tools["dismissals"] = [(value, word) for value, word in DISMISSALS.items() if value in OFFERED_DISMISSALS]
    if moves.prioritise:
        tools["priority_form"] = PriorityForm.of(claim)
    return tools


OFFERED_DISMISSALS = frozenset(DismissalReason) - {DismissalReason.NO_LONGER_FOUND}  # that one is the machine's


def _reasons(claim: Claim) -> list[dict[str, Any]]:
    """What speaks for a check before what speaks against it, with the weight as people write it."""
    reasons = sorted(claim.reasons, key=lambda reason: -reason["weight"])
    return [
        reason | {"text": _(reason["text"]) if reason["text"] else "", "signed": _signed(reason["weight"])}
        for reason in reasons
    ]


def _signed(weight: float) -> str:
    return number_format(f"{weight:+.1f}").replace("-", "−")
