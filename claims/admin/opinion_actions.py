"""Asking somebody without an account for an opinion, asking again, and taking the link back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.doorway import needs, person_of, try_to
from claims.admin.opinion_form import new_opinion_form
from claims.admin.review_page import find_claim, show_claim
from claims.models import OutsideOpinion, Reviewer
from claims.permissions import Power, visible_opinions
from claims.review.opinions import ask_again, ask_opinion, revoke_opinion


@require_POST
@needs(Power.ASK_OUTSIDE)
def opinion(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim, form = find_claim(request, claim_id), new_opinion_form(request.POST)
    asked, status = form.hand_in(lambda: ask_opinion(person_of(request), claim_id, **form.cleaned_data))
    if asked is None:
        return show_claim(request, claim, status=status, opinion_form=form)
    messages.success(request, _("%(name)s gets a mail with the question and a link.") % {"name": asked.name})
    return _back(claim_id)


@require_POST
@needs(Power.ASK_OUTSIDE)
def revocation(request: HttpRequest, claim_id: int, opinion_id: int) -> HttpResponse:
    return _do(request, claim_id, opinion_id, revoke_opinion, _("The link is revoked: it shows nothing any more."))


@require_POST
@needs(Power.ASK_OUTSIDE)
def repetition(request: HttpRequest, claim_id: int, opinion_id: int) -> HttpResponse:
    return _do(request, claim_id, opinion_id, ask_again, _("The question is sent again, with a new link."))


def _do(
    request: HttpRequest, claim_id: int, opinion_id: int, verb: Callable[[Reviewer, int], OutsideOpinion], done: str
) -> HttpResponse:
    person = person_of(request)
    get_object_or_404(visible_opinions(person), pk=opinion_id, claim=find_claim(request, claim_id))
    try_to(request, lambda: verb(person, opinion_id), done)
    return _back(claim_id)


def _back(claim_id: int) -> HttpResponse:
    return redirect(f"{reverse('admin:review_claim', args=[claim_id])}#opinions")
