"""Adding an article, and an article with its claims."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.admin.article_form import ArticleForm
from claims.admin.article_text import mark_version
from claims.admin.claim_form import ClaimForm
from claims.admin.doorway import MOST_SHOWN, needs, person_of, show, try_to, typed_number
from claims.admin.rereading import describe_rereadings, may_extract_again
from claims.admin.unread_article import show_unread
from claims.admin.words import say
from claims.enums import ClaimStatus, ExtractionStatus
from claims.exceptions import DeskError, NotPermitted
from claims.extraction import EXTRACTOR_VERSION
from claims.intake.articles import add_article
from claims.intake.extracting import retry_extraction
from claims.intake.untouched import retired
from claims.models import Article, ArticleVersion, Claim
from claims.permissions import Power, can, visible_articles, visible_claims
from claims.review.found_claims import add_claim
from claims.stored_words import say_stored


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.ADD_ARTICLES)
def add_article_page(request: HttpRequest) -> HttpResponse:
    form = ArticleForm.from_request(request)
    if not form.is_valid():
        return _show_form(request, form, 400 if form.is_bound else 200)
    try:
        article, is_new = add_article(form.new_article(), person_of(request))
    except NotPermitted:
        raise
    except DeskError as refusal:
        form.refuse(refusal)
        return _show_form(request, form, 400)
    _say_what_came_of_it(request, is_new, has_text=not form.is_address_alone)
    return redirect("admin:article", article.pk)


def _say_what_came_of_it(request: HttpRequest, is_new: bool, has_text: bool) -> None:
    if is_new and has_text:
        messages.success(request, _("The article is in. Its claims appear here as soon as it has been read."))
    elif is_new:
        messages.success(request, _("The article is in. Its page is read now: load this one again in a moment."))
    elif has_text:
        messages.info(request, _("The desk has this text already. This is its article."))
    else:
        messages.info(request, _("The desk knows this address already. This is its article."))


def _show_form(request: HttpRequest, form: ArticleForm, status: int) -> HttpResponse:
    return show(request, "add_article", {"title": _("Add article"), "form": form}, status)


@require_safe
@needs(Power.SEE_DESK)
def article_page(request: HttpRequest, article_id: int) -> HttpResponse:
    return show_article(request, _find_article(request, article_id))


def show_article(
    request: HttpRequest, article: Article, form: ClaimForm | None = None, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    versions = list(article.versions.defer("text").order_by("-number"))
    if not versions:
        return show_unread(request, article, status)
    chosen = next((v for v in versions if v.number == typed_number(request.GET.get("version"))), versions[0])
    claims = _claims_in(request, chosen)
    may_add = can(person, Power.ADD_CLAIMS) and chosen == versions[0]
    context = {
        "title": str(article),
        "article": article,
        "versions": versions,
        "version": chosen,
        "extraction": say(ExtractionStatus, chosen.extraction_status),
        "failure": say_stored(chosen.failure),
        "limits": say_stored(chosen.extraction_note),
        "text": mark_version(chosen),
        "claims": claims[:MOST_SHOWN],
        "are_claims_cut": len(claims) > MOST_SHOWN,
        "most_shown": MOST_SHOWN,
        "form": form or (ClaimForm() if may_add else None),
        "can_retry": can(person, Power.REOPEN),
        "can_extract_again": may_extract_again(person, chosen),
        "newest_extractor": EXTRACTOR_VERSION,
        "rereadings": describe_rereadings(chosen, person),
        "can_open_claims": can(person, Power.SEE_REVIEW),
    }
    return show(request, "article", context, status)


def _find_article(request: HttpRequest, article_id: int) -> Article:
    return get_object_or_404(visible_articles(person_of(request)).select_related("added_by"), pk=article_id)


def _claims_in(request: HttpRequest, version: ArticleVersion) -> list[tuple[Claim, str]]:
    """The version's claims in the order of their words, each with its status in words; one more than are shown.

    What a newer extractor has retired is told with its reading, not among the claims that stand.
    """
    claims = visible_claims(person_of(request)).filter(appearances__version=version)
    claims = claims.exclude(pk__in=retired(claims).values("pk"))
    in_order = claims.select_related("rating", "claimant").order_by("appearances__start")
    found: dict[Any, None] = dict.fromkeys(in_order[: MOST_SHOWN + 1])
    return [(claim, say(ClaimStatus, claim.shown_status)) for claim in found]


@require_POST
@needs(Power.ADD_CLAIMS)
def add_claim_to(request: HttpRequest, article_id: int) -> HttpResponse:
    """A claim that a person found: its words as they stand in the newest version."""
    article, form = _find_article(request, article_id), ClaimForm(request.POST)
    version = article.versions.order_by("-number").first()
    span = form.find_span(version) if version else None
    if span is None:
        return show_article(request, article, form, 400)
    try:
        claim = add_claim(person_of(request), article, *span, **form.details)
    except NotPermitted:
        raise
    except DeskError as refusal:
        form.add_error("words", refusal.message)
        return show_article(request, article, form, 409)
    messages.success(request, _("“%(headline)s” is in the queue, for a colleague to judge.") % {"headline": claim})
    return redirect("admin:article", article_id)


@require_POST
@needs(Power.REOPEN)
def retry(request: HttpRequest, article_id: int) -> HttpResponse:
    version = get_object_or_404(
        ArticleVersion.objects.filter(article__in=visible_articles(person_of(request)), article_id=article_id),
        number=typed_number(request.POST.get("version")),
    )
    try_to(request, lambda: retry_extraction(version.pk), _("The article will be read again in a moment."))
    return redirect("admin:article", article_id)
