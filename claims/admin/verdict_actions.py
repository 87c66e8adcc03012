"""The verdict form and what belongs to it: drafts and evidence. What was typed is never lost by a refusal."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import needs, person_of, status_of, typed_words
from claims.admin.review_page import find_claim, show_claim
from claims.admin.turn_actions import own_assignment, take_next_and_show, typed_fence
from claims.admin.typed_verdict import TypedVerdict
from claims.exceptions import DeskError, LeaseLost, NotPermitted
from claims.models import Assignment, Claim, Evidence
from claims.permissions import Power
from claims.review.drafts import Window, save_draft
from claims.review.evidence import add_evidence
from claims.review.verdicts import record_verdict


@require_POST
@needs(Power.REVIEW)
def draft(request: HttpRequest, claim_id: int) -> HttpResponse:
    """JSON for the page's script, the page again for a person without it."""
    claim, typed = find_claim(request, claim_id), TypedVerdict.from_request(request)
    wants_json = request.headers.get("Accept") == "application/json"
    try:
        _save(request, claim, typed, seen=request.POST.get("draft_seen"))
    except DeskError as refusal:
        status = status_of(refusal)
        if wants_json:
            told = {"code": refusal.code, "message": refusal.message, "seen": getattr(refusal, "seen", "")}
            return JsonResponse(told, status=status)
        return show_claim(request, claim, typed=typed, status=status, verdict_error=refusal.message)
    if wants_json:
        return JsonResponse({"saved": True})
    messages.success(request, _("Your draft is saved."))
    return redirect("admin:review_claim", claim_id)


@require_POST
@needs(Power.REVIEW)
def evidence(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Add what stands in the evidence fields; what stands in the verdict form around them is kept as the draft."""
    claim, typed = find_claim(request, claim_id), TypedVerdict.from_request(request)
    try:
        added = _add_evidence(request, claim, typed)
    except NotPermitted:
        raise
    except DeskError as refusal:
        _keep(request, claim, typed)
        return show_claim(request, claim, typed=typed, status=status_of(refusal), evidence_error=refusal.message)
    _keep(request, claim, TypedVerdict(typed.rating, typed.explanation, typed.evidence | {added.pk}))
    messages.success(request, _("Evidence added."))
    return redirect(f"{reverse('admin:review_claim', args=[claim_id])}#evidence")


def _add_evidence(request: HttpRequest, claim: Claim, typed: TypedVerdict) -> Evidence:
    if not typed.new_evidence:
        raise DeskError(_("Give the address of the evidence."), code="evidence")
    typed.check_lengths()
    return add_evidence(person_of(request), claim.pk, **typed.new_evidence)


@require_POST
@needs(Power.REVIEW)
def verdict(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim, typed = find_claim(request, claim_id), TypedVerdict.from_request(request)
    assignment = own_assignment(request, claim_id)
    try:
        _record(request, assignment, typed)
    except DeskError as refusal:
        return _refuse(request, claim, typed, refusal)
    if "and_next" in request.POST:
        messages.success(request, _("Verdict recorded: “%(headline)s”.") % {"headline": claim.headline})
        return take_next_and_show(request)
    words = _("Verdict recorded: “%(headline)s”. Take the next claim?")
    messages.success(request, words % {"headline": claim.headline})
    return redirect(f"{reverse('admin:review_queue')}#take-next")


def _record(request: HttpRequest, assignment: Assignment, typed: TypedVerdict) -> None:
    if typed.rating is None:
        raise DeskError(_("Choose a rating."), code="rating_needed")
    typed.check_lengths()
    record_verdict(
        person_of(request),
        assignment.pk,
        typed_fence(request),
        rating=typed.rating,
        explanation=typed.explanation,
        evidence=typed.all_evidence,
    )


def _refuse(request: HttpRequest, claim: Claim, typed: TypedVerdict, refusal: DeskError) -> HttpResponse:
    if refusal.code == "verdict_recorded":
        messages.info(request, refusal.message)
        return redirect("admin:review_claim", claim.pk)
    if not isinstance(refusal, LeaseLost):  # there the stage has kept it
        _keep(request, claim, typed)
    return show_claim(request, claim, typed=typed, status=status_of(refusal), verdict_error=refusal.message)


def _keep(request: HttpRequest, claim: Claim, typed: TypedVerdict) -> None:
    """As the draft, where it can be one: it may be too long, or the person's verdict be in."""
    with suppress(DeskError):
        _save(request, claim, typed)


def _save(request: HttpRequest, claim: Claim, typed: TypedVerdict, seen: str | None = None) -> None:
    typed.check_lengths()
    save_draft(
        person_of(request),
        claim,
        rating=typed.rating,
        explanation=typed.explanation,
        evidence=typed.all_evidence,
        window=Window(typed_words(request, "window")[:36], seen),
    )
