"""Taking a claim, being given one, keeping it, leaving it. Each action calls one stage function."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import needs, person_of, try_to, typed_number
from claims.admin.priority_form import PriorityForm
from claims.admin.queue_filter import read_wanted
from claims.admin.review_page import find_claim, show_claim
from claims.exceptions import Conflict, LeaseLost
from claims.models import Assignment
from claims.permissions import Power, own_assignments, people_who_can, visible_assignments
from claims.review.assignments import assign_claim, extend_lease, reassign, release_assignment, take_claim, take_next
from claims.review.deadlines import prioritise_claim
from claims.review.queue import Wanted


@require_POST
@needs(Power.REVIEW)
def take_next_claim(request: HttpRequest) -> HttpResponse:
    return take_next_and_show(request)


def take_next_and_show(request: HttpRequest) -> HttpResponse:
    """The next of the claims that the page was narrowed to, and its page, which is narrowed so too."""
    wanted = read_wanted(request.POST)
    try:
        assignment = take_next(person_of(request), wanted)
    except Conflict as refusal:
        messages.error(request, refusal.message)
        return _back_to_queue(wanted)
    if assignment is None:
        messages.info(request, _("Nothing waits for you: what is queued is taken, or you sit on it already."))
        return _back_to_queue(wanted)
    return redirect(reverse("admin:review_claim", args=[assignment.claim_id]) + _query(wanted))


def _back_to_queue(wanted: Wanted) -> HttpResponse:
    return redirect(reverse("admin:review_queue") + _query(wanted))


def _query(wanted: Wanted) -> str:
    query = urlencode({name: value for name, value in vars(wanted).items() if value})
    return f"?{query}" if query else ""


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
@needs(Power.ASSIGN)
def reassign_turn(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Give a colleague's turn to another one, or take it over."""
    find_claim(request, claim_id)
    person = person_of(request)
    turns = visible_assignments(person).filter(claim=claim_id)
    turn = get_object_or_404(turns, pk=typed_number(request.POST.get("assignment")))
    colleague = people_who_can(Power.REVIEW).filter(pk=typed_number(request.POST.get("reviewer"))).first()
    if colleague is None:
        messages.error(request, _("Choose whom to give the claim to."))
    else:
        words = {"reviewer": colleague, "holder": turn.reviewer}
        done = _("%(reviewer)s sits there now; %(holder)s is told by e-mail, and keeps their draft.") % words
        try_to(request, lambda: reassign(person, turn.pk, colleague), done)
    return redirect("admin:review_claim", claim_id)


@require_POST
@needs(Power.ASSIGN)
def prioritise(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    form = PriorityForm.of(claim, request.POST)
    if not form.is_valid():
        return show_claim(request, claim, status=400, priority_form=form)
    done = _("Its place in the queue is changed.")
    try_to(request, lambda: prioritise_claim(person_of(request), claim_id, **form.changes), done)
    return redirect("admin:review_claim", claim_id)


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
        expires_at = extend_lease(person_of(request), assignment.pk, typed_fence(request))
    except LeaseLost as lost:
        return JsonResponse({"code": lost.code, "message": lost.message}, status=409)
    left = expires_at - timezone.now()
    return JsonResponse({"expires_at": expires_at, "seconds_left": int(left.total_seconds())})


def own_assignment(request: HttpRequest, claim_id: int) -> Assignment:
    """The person's turn that the form names; 404 for anybody else's."""
    number = typed_number(request.POST.get("assignment"))
    return get_object_or_404(own_assignments(person_of(request)), pk=number, claim_id=claim_id)


def typed_fence(request: HttpRequest) -> int:
    return typed_number(request.POST.get("fence"))
