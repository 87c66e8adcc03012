"""Noting that the claimant was asked, and what they answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.contact_form import MOST_CHARACTERS, new_contact_form
from claims.admin.doorway import check_length, needs, person_of, status_of, typed_words
from claims.admin.review_page import find_claim, show_claim
from claims.exceptions import DeskError, NotPermitted
from claims.permissions import Power, visible_contacts
from claims.review.contacts import ask_claimant, record_answer


@require_POST
@needs(Power.REVIEW)
def contact(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim, form = find_claim(request, claim_id), new_contact_form(request.POST)
    if not form.is_valid():
        return show_claim(request, claim, status=400, contact_form=form)
    try:
        ask_claimant(person_of(request), claim_id, **form.contact)
    except NotPermitted:
        raise
    except DeskError as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else "question", refusal.message)
        return show_claim(request, claim, status=status_of(refusal), contact_form=form)
    messages.success(request, _("Noted: colleagues see that the claimant was asked."))
    return _back(claim_id)


@require_POST
@needs(Power.REVIEW)
def answer(request: HttpRequest, claim_id: int, contact_id: int) -> HttpResponse:
    claim, words = find_claim(request, claim_id), typed_words(request, "answer")
    get_object_or_404(visible_contacts(person_of(request)), pk=contact_id, claim=claim)
    try:
        check_length(words, MOST_CHARACTERS, _("The answer is longer than %(most)s characters. Shorten it."))
        record_answer(person_of(request), contact_id, words)
    except NotPermitted:
        raise
    except DeskError as refusal:
        typed = {"contact": contact_id, "answer": words, "error": refusal.message}
        return show_claim(request, claim, status=status_of(refusal), typed_answer=typed)
    messages.success(request, _("The answer is noted."))
    return _back(claim_id)


def _back(claim_id: int) -> HttpResponse:
    return redirect(f"{reverse('admin:review_claim', args=[claim_id])}#contacts")
