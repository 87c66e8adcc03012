"""Publishing a decided claim, correcting its fact-check and withdrawing it. What was typed stays when it is refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.closing_actions import move
from claims.admin.doorway import needs, person_of
from claims.admin.fact_check_form import FactCheckForm, new_fact_check_form, new_publication_form
from claims.admin.review_page import find_claim, show_claim
from claims.admin.review_work import list_evidence
from claims.models import FactCheck, Reviewer
from claims.permissions import Power, visible_fact_checks
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check


@require_POST
@needs(Power.PUBLISH)
def publication(request: HttpRequest, claim_id: int) -> HttpResponse:
    person, claim = person_of(request), find_claim(request, claim_id)
    form = new_publication_form(claim, list_evidence(claim, person), typed=request.POST)

    def publish(content: dict[str, Any]) -> str:
        slug = publish_claim(person, claim_id, seen=request.POST.get("seen", ""), **content).slug
        return _say(_("Published. {link} is on the desk’s public pages."), slug)

    return _try(request, claim_id, form, publish, "publication_form")


@require_POST
@needs(Power.PUBLISH)
def fact_check_correction(request: HttpRequest, claim_id: int, slug: str) -> HttpResponse:
    person, claim = person_of(request), find_claim(request, claim_id)
    fact_check = _find(request, claim_id, slug)
    form = new_fact_check_form(fact_check, list_evidence(claim, person), request.POST)

    def correct(content: dict[str, Any]) -> str:
        correct_fact_check(person, slug, seen=request.POST.get("seen", ""), **content)
        return _say(_("Corrected. {link} says what it said before, and what was wrong."), slug)

    return _try(request, claim_id, form, correct, "fact_check_form", corrected_slug=slug)


@require_POST
@needs(Power.PUBLISH)
def withdrawal(request: HttpRequest, claim_id: int, slug: str) -> HttpResponse:
    _find(request, claim_id, slug)

    def withdraw(person: Reviewer, _claim_id: int, reason: str) -> object:
        return withdraw_fact_check(person, slug, reason)

    return move(request, claim_id, withdraw, "withdrawal", _("Withdrawn. Readers are told when and why."))


def _find(request: HttpRequest, claim_id: int, slug: str) -> FactCheck:
    return get_object_or_404(visible_fact_checks(person_of(request)), claim=claim_id, slug=slug)


def _try(
    request: HttpRequest,
    claim_id: int,
    form: FactCheckForm,
    verb: Callable[[dict[str, Any]], str],
    name: str,
    **extra: Any,
) -> HttpResponse:
    """Do it with what the form holds, and say what `verb` returns; a refusal shows the page with the form as typed."""
    done, status = form.hand_in(lambda: verb(form.cleaned_data))
    if done is None:
        extra[name] = form
        if form.refused_as != "edition_passed":  # only who is told so goes on from what a colleague did meanwhile
            extra["edition"] = request.POST.get("seen", "")
        return show_claim(request, find_claim(request, claim_id), status=status, **extra)
    messages.success(request, done)
    return redirect("admin:review_claim", claim_id)


def _say(words: str, slug: str) -> str:
    """With a link to the public page for {link}."""
    link = format_html('<a href="{}">{}</a>', reverse("fact_check", args=[slug]), _("The fact-check"))
    return format_html(words, link=link)
