"""One act of an editor on many claims of the queue, each for itself: what fails stops no other. And its undoing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from claims.admin.closing_actions import MOST_CHARACTERS
from claims.admin.doorway import check_length, needs, person_of, typed_number, typed_words
from claims.admin.priority_form import BOOSTS
from claims.admin.review_page import OFFERED_DISMISSALS
from claims.enums import DismissalReason, EventKind
from claims.exceptions import DeskError
from claims.lifecycle import lock_claim
from claims.models import ClaimEvent, Reviewer
from claims.permissions import Power, people_who_can, require, visible_claims
from claims.review.assignments import assign_claim
from claims.review.closing import dismiss_claim
from claims.review.deadlines import prioritise_claim
from claims.review.undoing import undo_act

MOST_AT_ONCE = 100
UNDO_WITHIN = 600  # seconds
_SALT = "claims.admin.bulk_actions"

Act = Callable[[Reviewer, int], int | None]  # does it to a claim; its event's number, None where nothing changed


@dataclass
class Outcome:
    """`done`: claim and event of what changed. `failed`: headline of the claim, and why."""

    done: list[tuple[int, int]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


@require_POST
@needs(Power.ASSIGN)
def bulk(request: HttpRequest) -> HttpResponse:
    try:
        claims = _chosen(request)
        act = _read_act(request)
    except DeskError as refusal:
        messages.error(request, refusal.message)
        return _back(request)
    outcome = _do_to_each(person_of(request), claims, act)
    _tell_done(request, outcome)
    _tell_failed(request, outcome)
    return _back(request)


@require_POST
@needs(Power.ASSIGN)
def bulk_undo(request: HttpRequest) -> HttpResponse:
    """Takes back what the signed list names, as far as it still stands."""
    done = _read_done(person_of(request), request.POST.get("done", ""))
    if done is None:
        messages.error(request, _("The time to undo that is over. Each claim's own page leads back, too."))
        return _back(request)

    def undo(person: Reviewer, claim_id: int) -> int:
        undo_act(person, claim_id, done[claim_id])
        return done[claim_id]

    outcome = _do_to_each(person_of(request), done, undo)
    count = len(outcome.done)
    if count:
        messages.success(request, ngettext("Undone for %(n)s claim.", "Undone for %(n)s claims.", count) % {"n": count})
    _tell_failed(request, outcome)
    return _back(request)


def _chosen(request: HttpRequest) -> list[int]:
    claims = [number for number in map(typed_number, dict.fromkeys(request.POST.getlist("claim"))) if number]
    if not claims:
        raise DeskError(_("Choose claims first: the boxes stand before them."))
    if len(claims) > MOST_AT_ONCE:
        raise DeskError(_("Choose at most %(most)s claims at a time.") % {"most": MOST_AT_ONCE})
    return claims


def _read_act(request: HttpRequest) -> Act:
    """Raises DeskError where something is missing, before anything is done."""
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise DeskError(_("Choose what to do with the claims."))
    return act(request)


def _assigning(request: HttpRequest) -> Act:
    colleague = people_who_can(Power.REVIEW).filter(pk=typed_number(request.POST.get("reviewer"))).first()
    if colleague is None:
        raise DeskError(_("Choose whom to give the claims to."))

    def assign(person: Reviewer, claim_id: int) -> int:
        turn = assign_claim(person, claim_id, colleague)
        return ClaimEvent.objects.get(claim=claim_id, kind=EventKind.ASSIGNED, details__assignment=turn.pk).number

    return assign


def _boosting(request: HttpRequest) -> Act:
    boosts = {str(boost): boost for boost, _words in BOOSTS}
    boost = boosts.get(request.POST.get("boost", ""))
    if boost is None:
        raise DeskError(_("Choose a priority."))

    @transaction.atomic
    def prioritise(person: Reviewer, claim_id: int) -> int | None:
        before = lock_claim(claim_id).boost
        claim = prioritise_claim(person, claim_id, boost=boost)
        return None if before == boost else claim.last_event_number

    return prioritise


def _dismissing(request: HttpRequest) -> Act:
    typed, reason = request.POST.get("category", ""), typed_words(request, "reason")
    category = DismissalReason(typed) if typed in OFFERED_DISMISSALS else DismissalReason.OTHER
    check_length(reason, MOST_CHARACTERS, _("The reason is longer than %(most)s characters. Shorten it."))
    if not reason.strip():
        raise DeskError(_("Give a reason: it stays in each claim's history."))
    require(person_of(request), Power.DISMISS)

    def dismiss(person: Reviewer, claim_id: int) -> int:
        return dismiss_claim(person, claim_id, reason, category).last_event_number

    return dismiss


_ACTS = {"assign": _assigning, "boost": _boosting, "dismiss": _dismissing}


def _do_to_each(person: Reviewer, claims: Iterable[int], act: Act) -> Outcome:
    """Each in a transaction of its own."""
    claims = list(claims)
    known, outcome = visible_claims(person).in_bulk(claims), Outcome()
    for claim_id in claims:
        if claim_id not in known:
            outcome.failed.append((f"#{claim_id}", _("There is no such claim.")))
            continue
        try:
            number = act(person, claim_id)
        except DeskError as refusal:
            outcome.failed.append((known[claim_id].headline, refusal.message))
        else:
            outcome.done += [(claim_id, number)] if number else []
    return outcome


def _tell_done(request: HttpRequest, outcome: Outcome) -> None:
    if not outcome.done:
        if not outcome.failed:
            messages.info(request, _("All of them were so already."))
        return
    context = {
        "count": len(outcome.done),
        "done": _sign_done(person_of(request), outcome.done),
        "back": request.POST.get("back", ""),
    }
    messages.success(request, render_to_string("admin/desk/queue_done.html", context, request))


def _tell_failed(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.failed:
        context = {"failures": outcome.failed, "count": len(outcome.failed)}
        messages.warning(request, render_to_string("admin/desk/queue_failed.html", context, request))


def _sign_done(person: Reviewer, done: list[tuple[int, int]]) -> str:
    return signing.dumps([person.pk, done], salt=_SALT, compress=True)


def _read_done(person: Reviewer, signed: str) -> dict[int, int] | None:
    """Event by claim, as this person was given it within the last minutes."""
    try:
        owner, done = signing.loads(signed, salt=_SALT, max_age=UNDO_WITHIN)
    except signing.BadSignature:
        return None
    return dict(done) if owner == person.pk else None


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was narrowed."""
    query = QueryDict(typed_words(request, "back")).urlencode()
    return redirect(f"{reverse('admin:review_queue')}{'?' if query else ''}{query}")
