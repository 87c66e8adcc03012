"""The page behind the link that somebody without an account was sent: the claim, the question, and one answer.

It needs no cookie. Django's guard against forged forms rests on one, and on an address that a browser does not send
where no referrer may be sent; nor would it guard anything: nothing here is done in anybody's name but the link's, and
whoever could forge the form would have to know the link.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import number_format
from django.views.decorators.csrf import csrf_exempt

from claims.enums import OpinionStatus
from claims.exceptions import Conflict, DeskError
from claims.models import Appearance, Claim, OutsideOpinion
from claims.notifications.links import read_link
from claims.pages.opinion_form import ANSWERS, AnswerForm
from claims.pages.quoting import Passage, cut_passage
from claims.pages.throttling import PERIOD, may_knock
from claims.review.opinion_answers import (
    LONGEST_COMMENT,
    count_corrections,
    find_opinion,
    give_opinion,
    note_opened,
    note_refused,
)

METHODS = ("GET", "HEAD", "POST")
MOST_A_MINUTE = 60  # requests from one address
MOST_EVIDENCE = 100
HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",  # the link is a key: no other site may learn it
    "X-Robots-Tag": "noindex, nofollow",
    "Vary": "Accept-Language",
}


@csrf_exempt
def opinion(request: HttpRequest, link: str) -> HttpResponse:
    language = translation.get_language_from_request(request)
    with translation.override(language):
        response = _answer(request, link)
    for name, value in {**HEADERS, "Content-Language": language}.items():
        response[name] = value
    return response


def _answer(request: HttpRequest, link: str) -> HttpResponse:
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    if not may_knock(request, "opinions", MOST_A_MINUTE):
        return _turn_away(request, link)
    found = find_opinion(link)
    if found is None:
        return _show("unknown", 404)
    if request.method == "POST":
        return _take(request, found)
    return _open(request, found) if found.is_open else _show_closed(found)


def _turn_away(request: HttpRequest, link: str) -> HttpResponse:
    typed = request.method == "POST" and read_link(link)  # what strangers send is not even read
    busy = _show("busy", 429, {"form": AnswerForm(_readable(request.POST)) if typed else None})
    busy["Retry-After"] = str(PERIOD)
    return busy


def _open(request: HttpRequest, found: OutsideOpinion) -> HttpResponse:
    """Reading never uses the link up: programs that look for harm in mail follow every link."""
    if request.method == "GET":
        note_opened(found)
    return _show_form(found, AnswerForm())


def _take(request: HttpRequest, found: OutsideOpinion) -> HttpResponse:
    form = AnswerForm(_readable(request.POST))
    if not found.is_open:
        return _show_closed(found, form)
    if not form.is_valid():
        return _show_form(found, form, 400)
    answer, comment, corrections = form.opinion
    try:
        give_opinion(found.pk, answer, comment, corrections=corrections)
    except DeskError as refusal:
        found.refresh_from_db(fields=["answered_at", "revoked_at"])
        if not found.is_open:
            return _show_closed(found, form)
        form.add_error("comment" if refusal.code == "comment" else None, refusal.message)
        return _show_form(found, form, 409 if isinstance(refusal, Conflict) else 400)
    return HttpResponseRedirect(request.path)


def _readable(typed: Any) -> dict[str, str]:
    """As typed, without what the database cannot keep."""
    return {name: typed.get(name, "").replace("\x00", "") for name in ("answer", "comment", "corrections")}


def _show_form(found: OutsideOpinion, form: AnswerForm, status: int = 200) -> HttpResponse:
    """The claim as it stands, and the answer as it was typed. After a 400 it is still about the words read first."""
    corrections = form["corrections"].value() if status == 400 else count_corrections(found.claim_id)
    claim = Claim.objects.select_related("article", "claimant").get(pk=found.claim_id)
    evidence = claim.evidence.order_by("pk").only("url", "title", "publisher", "quote")[:MOST_EVIDENCE]
    context = {
        "opinion": found,
        "claim": claim,
        "passage": _find_passage(found),
        "evidence": evidence,
        "form": form,
        "corrections": corrections,
        "answers": ANSWERS.items(),
        "most": number_format(LONGEST_COMMENT, force_grouping=True),
    }
    return _show("form", status, context)


def _find_passage(found: OutsideOpinion) -> Passage | None:
    newest = Appearance.objects.filter(claim=found.claim_id).select_related("version")
    place = newest.order_by("-version__number", "start").first()
    return cut_passage(place.version.text, place.start, place.end) if place else None


def _show_closed(found: OutsideOpinion, form: AnswerForm | None = None) -> HttpResponse:
    """What has become of the link, and whom to ask: not what it was about. What was typed in vain is shown again."""
    if form or found.status is not OpinionStatus.ANSWERED:
        note_refused(found)
    status = (409 if form else 200) if found.status is OpinionStatus.ANSWERED else 410
    return _show("closed", status, {"opinion": found, "reason": str(found.status), "form": form})


def _show(page: str, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    about = {"language": translation.get_language(), "is_right_to_left": translation.get_language_bidi()}
    return HttpResponse(render_to_string(f"claims/opinions/{page}.html", about | (context or {})), status=status)
