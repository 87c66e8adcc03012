"""Putting a claim aside and bringing it back, each with a reason."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import check_length, needs, person_of, status_of, typed_words
from claims.admin.review_page import find_claim, show_claim
from claims.exceptions import DeskError, NotPermitted
from claims.models import Reviewer
from claims.permissions import Power
from claims.review.closing import dismiss_claim, reopen_claim

MOST_CHARACTERS = 5_000
Move = Callable[[Reviewer, int, str], object]


@require_POST
@needs(Power.DISMISS)
def dismissal(request: HttpRequest, claim_id: int) -> HttpResponse:
    done = _("Dismissed. The reason is in the claim's history.")
    return _move(request, claim_id, dismiss_claim, done, f"{reverse('admin:review_queue')}#take-next")


@require_POST
@needs(Power.REOPEN)
def reopening(request: HttpRequest, claim_id: int) -> HttpResponse:
    done = _("Reopened: the claim is back in the queue.")
    return _move(request, claim_id, reopen_claim, done, reverse("admin:review_claim", args=[claim_id]))


def _move(request: HttpRequest, claim_id: int, move: Move, done: str, to: str) -> HttpResponse:
    claim, reason = find_claim(request, claim_id), typed_words(request, "reason")
    try:
        check_length(reason, MOST_CHARACTERS, _("The reason is longer than %(most)s characters. Shorten it."))
        move(person_of(request), claim_id, reason)
    except NotPermitted:
        raise
    except DeskError as refusal:
        status = status_of(refusal)
        return show_claim(request, claim, status=status, closing_error=refusal.message, closing_reason=reason)
    messages.success(request, done)
    return redirect(to)
