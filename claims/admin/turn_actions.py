"""Taking a claim, being given one, keeping it, leaving it. Each action calls one stage function."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import needs, person_of, try_to, typed_number
from claims.admin.review_page import find_claim
from claims.exceptions import LeaseLost
from claims.models import Assignment
from claims.permissions import Power, own_assignments, people_who_can
from claims.review.assignments import assign_claim, extend_lease, release_assignment, take_claim, take_next


@require_POST
@needs(Power.REVIEW)
def take_next_claim(request: HttpRequest) -> HttpResponse:
    assignment = take_next(person_of(request))
    if assignment is None:
        messages.info(request, _("Nothing waits for you: what is queued is taken, or you sit on it already."))
        return redirect("admin:review_queue")
    return redirect("admin:review_claim", assignment.claim_id)


@require_POST
@needs(Power.REVIEW)
def take(request: HttpRequest, claim_id: int) -> HttpResponse:
    find_claim(request, claim_id)
    try_to(request, lambda: take_claim(person_of(request), claim_id))
    return redirect("admin:review_claim", claim_id)


@require_POST
@needs(Power.ASSIGN)
def assign(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    colleague = people_who_can(Power.REVIEW).filter(pk=typed_number(request.POST.get("reviewer"))).first()
    if colleague is None:
        messages.error(request, _("Choose whom to give the claim to."))
    else:
        words = {"reviewer": colleague, "headline": claim.headline}
        done = _("%(reviewer)s now has “%(headline)s”, and is told by e-mail.") % words
        try_to(request, lambda: assign_claim(person_of(request), claim_id, colleague), done)
    return redirect("admin:review_queue")


@require_POST
@needs(Power.REVIEW)
def release(request: HttpRequest, claim_id: int) -> HttpResponse:
    release_assignment(person_of(request), own_assignment(request, claim_id).pk)
    messages.success(request, _("Released: the claim is back in its old place in the queue. Your draft is kept."))
    return redirect("admin:review_queue")


@require_POST
@needs(Power.REVIEW)
def heartbeat(request: HttpRequest, claim_id: int) -> HttpResponse:
    """JSON for the page's script: how long the turn now lasts."""
    assignment = own_assignment(request, claim_id)
    try:
        assignment = extend_lease(person_of(request), assignment.pk, typed_fence(request))
    except LeaseLost as lost:
        return JsonResponse({"code": lost.code, "message": lost.message}, status=409)
    left = assignment.expires_at - timezone.now()
    return JsonResponse({"expires_at": assignment.expires_at, "seconds_left": int(left.total_seconds())})


def own_assignment(request: HttpRequest, claim_id: int) -> Assignment:
    """The person's turn that the form names; 404 for anybody else's."""
    number = typed_number(request.POST.get("assignment"))
    return get_object_or_404(own_assignments(person_of(request)), pk=number, claim_id=claim_id)


def typed_fence(request: HttpRequest) -> int:
    return typed_number(request.POST.get("fence"))
