"""Correcting and splitting a claim. What was typed stays in the form when it is refused."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.correction_form import CorrectionForm, SplitForm
from claims.admin.doorway import needs, person_of, status_of
from claims.admin.review_page import find_claim, show_claim
from claims.exceptions import DeskError, NotPermitted
from claims.models import Appearance, ArticleVersion, Claim
from claims.permissions import Power
from claims.review.correcting import correct_claim, split_claim


@require_POST
@needs(Power.CORRECT)
def correction(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    version, now = _newest(claim), _words_of(claim)
    form = CorrectionForm.of(claim, now.quote if now else "", request.POST)
    span = form.find_new_span(version, now) if form.is_valid() and version else None
    if form.errors or version is None:
        return show_claim(request, claim, status=400, correction_form=form)
    try:
        correct_claim(person_of(request), claim_id, span=span, **form.changes)
    except DeskError as refusal:
        return _refuse(request, claim, refusal, correction_form=form)
    messages.success(request, _("Corrected. What it was before is in the claim's history."))
    return redirect("admin:review_claim", claim_id)


@require_POST
@needs(Power.CORRECT)
def split(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim, form = find_claim(request, claim_id), SplitForm.of(request.POST)
    version = _newest(claim)
    span = form.find_span(version) if version else None
    if span is None:
        return show_claim(request, claim, status=400, split_form=form)
    try:
        part = split_claim(person_of(request), claim_id, span, reason=form.cleaned_data["reason"], **form.details)
    except DeskError as refusal:
        return _refuse(request, claim, refusal, split_form=form)
    messages.success(request, _("“%(headline)s” is in the queue, for a colleague to judge.") % {"headline": part})
    return redirect("admin:review_claim", claim_id)


def _refuse(request: HttpRequest, claim: Claim, refusal: DeskError, **forms: Any) -> HttpResponse:
    if isinstance(refusal, NotPermitted):
        raise refusal
    for form in forms.values():
        form.add_error(None, refusal.message)
    return show_claim(request, claim, status=status_of(refusal), **forms)


def _newest(claim: Claim) -> ArticleVersion | None:
    return claim.article.versions.order_by("-number").first()


def _words_of(claim: Claim) -> Appearance | None:
    return claim.appearances.order_by("-version__number", "start").first()
