"""Putting a claim aside and bringing it back, each with a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import check_length, needs, person_of, status_of, typed_number, typed_words
from claims.admin.review_page import OFFERED_DISMISSALS, find_claim, show_claim
from claims.enums import DismissalReason
from claims.exceptions import DeskError, NotPermitted
from claims.models import Reviewer
from claims.permissions import Power, visible_claims
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim, restore_decision, unmerge_claim

MOST_CHARACTERS = 5_000
Move = Callable[[Reviewer, int, str], object]


@require_POST
@needs(Power.DISMISS)
def dismissal(request: HttpRequest, claim_id: int) -> HttpResponse:
    typed = request.POST.get("category", "")
    category = DismissalReason(typed) if typed in OFFERED_DISMISSALS else DismissalReason.OTHER

    def dismiss(person: Reviewer, claim_id: int, reason: str) -> object:
        return dismiss_claim(person, claim_id, reason, category)

    done, to = _("Dismissed. The reason is in the claim's history."), f"{reverse('admin:review_queue')}#take-next"
    return move(request, claim_id, dismiss, "dismissal", done, to=to, typed={"category": category})


@require_POST
@needs(Power.DISMISS)
def reopening(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Who may only dismiss reopens what they have dismissed."""
    return move(request, claim_id, reopen_claim, "reopening", _("Reopened: the claim is open again."))


@require_POST
@needs(Power.REOPEN)
def restoration(request: HttpRequest, claim_id: int) -> HttpResponse:
    return move(request, claim_id, restore_decision, "restoration", _("Restored: the earlier decision stands."))


@require_POST
@needs(Power.MERGE)
def merging(request: HttpRequest, claim_id: int) -> HttpResponse:
    """First the other claim is shown; the second time, with its number confirmed, they are merged."""
    claim, number = find_claim(request, claim_id), typed_number(request.POST.get("target"))
    target = visible_claims(person_of(request)).filter(pk=number).first()
    typed = {"target": request.POST.get("target", ""), "reason": typed_words(request, "reason")}
    if target is None:
        error = _("There is no claim of that number. It stands above the headline on the other claim's page.")
        return show_claim(request, claim, status=400, refused="merging", error=error, typed_move=typed)
    if typed_number(request.POST.get("confirmed")) != target.pk and target.pk != claim.pk:
        return show_claim(request, claim, merging_into=target, typed_move=typed)

    def merge(person: Reviewer, claim_id: int, reason: str) -> object:
        return merge_claim(person, claim_id, target.pk, reason)

    done = _("Merged into “%(headline)s”.") % {"headline": target.headline}
    return move(request, claim_id, merge, "merging", done, typed=typed, merging_into=target)


@require_POST
@needs(Power.MERGE)
def unmerging(request: HttpRequest, claim_id: int) -> HttpResponse:
    return move(request, claim_id, unmerge_claim, "unmerging", _("Unmerged: the claim stands for itself again."))


def move(
    request: HttpRequest,
    claim_id: int,
    act: Move,
    name: str,
    done: str,
    *,
    to: str = "",
    typed: dict[str, str] | None = None,
    **extra: Any,
) -> HttpResponse:
    """Do it for the reason that was typed; a refusal is shown at the form `name`, with all that was typed.

    `extra` goes to the page's template then.
    """
    claim, reason = find_claim(request, claim_id), typed_words(request, "reason")
    try:
        check_length(reason, MOST_CHARACTERS, _("The reason is longer than %(most)s characters. Shorten it."))
        act(person_of(request), claim_id, reason)
    except NotPermitted:
        raise
    except DeskError as refusal:
        extra |= {"refused": name, "error": refusal.message, "typed_move": (typed or {}) | {"reason": reason}}
        return show_claim(request, claim, status=status_of(refusal), **extra)
    messages.success(request, done)
    return redirect(to or reverse("admin:review_claim", args=[claim_id]))
