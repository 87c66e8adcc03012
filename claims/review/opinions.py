"""Somebody without an account is asked for an opinion on a claim. It is advice: no verdict, and it decides nothing."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from claims.enums import ClaimStatus, EventKind
from claims.exceptions import Conflict, DeskError, MoveRefused
from claims.history import append_event
from claims.lifecycle import lock_claim
from claims.models import Claim, OutsideOpinion, Reviewer
from claims.notifications.links import new_key
from claims.notifications.routing import tell_opinion_asked
from claims.permissions import Power, require, visible_opinions

DAYS = 7  # that a link holds, unless the editor says otherwise
MOST_DAYS = 30
MOST_OPEN = 5  # links at once for one claim
MOST_A_DAY = 20  # links of one editor: the desk is nobody's means of filling other people's mailboxes
LONGEST_NAME = 200
LONGEST_QUESTION = 2_000
PUT_ASIDE = frozenset({ClaimStatus.DISMISSED, ClaimStatus.DUPLICATE})


@transaction.atomic
def ask_opinion(
    editor: Reviewer, claim_id: int, *, name: str, address: str, question: str, days: int = DAYS
) -> OutsideOpinion:
    """Mail somebody a link that shows the claim and takes one answer, for so many days.

    Raises DeskError for what cannot be sent, Conflict where they have an open link already or there are too many.
    """
    require(editor, Power.ASK_OUTSIDE)
    fields = {"name": " ".join(name.split()), "address": address.strip(), "question": question.strip()}
    _check_fields(days=days, **fields)
    _check_outside(fields["address"])
    _check_day(editor)
    claim = lock_claim(claim_id)
    if claim.status in PUT_ASIDE:
        raise MoveRefused(_("The claim is put aside. Reopen it before you ask somebody about it."))
    _make_room(editor, claim, fields["address"])
    return _ask(editor, claim, days, fields)


def _ask(editor: Reviewer, claim: Claim, days: int, fields: dict[str, str]) -> OutsideOpinion:
    now = timezone.now()
    opinion = OutsideOpinion.objects.create(
        claim=claim, asked_by=editor, asked_at=now, expires_at=now + timedelta(days=days), key=new_key(), **fields
    )
    details = {**who(opinion), "expires_at": opinion.expires_at.isoformat(timespec="seconds")}
    append_event(claim, EventKind.OPINION_ASKED, actor=editor, reason=opinion.question, details=details)
    tell_opinion_asked(opinion)
    return opinion


def who(opinion: OutsideOpinion) -> dict[str, str | int]:
    """What an event says of the person without an account; their address is no part of the history."""
    return {"opinion": opinion.pk, "name": opinion.name}


def _check_fields(*, name: str, address: str, question: str, days: int) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise DeskError(_("Write the name of the person you ask."), code="name")
    if not question or len(question) > LONGEST_QUESTION:
        words = _("Write a question of at most %(most)s characters.")
        raise DeskError(words % {"most": number_format(LONGEST_QUESTION, force_grouping=True)}, code="question")
    if not 1 <= days <= MOST_DAYS:
        raise DeskError(_("A link holds for 1 to %(most)s days.") % {"most": MOST_DAYS}, code="days")
    try:
        validate_email(address)
    except ValidationError as error:
        raise DeskError(_("This is no e-mail address."), code="address") from error
    if '"' in address or len(address) > 254:  # a quoted name could hold a comma, and so a second receiver
        raise DeskError(_("The desk cannot write to this e-mail address."), code="address")


def _check_outside(address: str) -> None:
    """Nobody who could judge, and in a blind review must not know, answers as somebody from outside."""
    colleague = Reviewer.objects.filter(email__iexact=address, is_active=True).first()
    if colleague:
        words = _("%(who)s has an account at this desk. Assign the claim to them, or ask somebody else.")
        raise DeskError(words % {"who": colleague}, code="address")


def _check_day(editor: Reviewer) -> None:
    """Under the editor's row lock, so that two windows at once do not pass it together."""
    Reviewer.objects.select_for_update(no_key=True).get(pk=editor.pk)
    since = timezone.now() - timedelta(days=1)
    if OutsideOpinion.objects.filter(asked_by=editor, asked_at__gt=since).count() >= MOST_A_DAY:
        words = _("You have asked %(most)s times within a day. Ask again tomorrow, or let a colleague ask.")
        raise Conflict(words % {"most": MOST_A_DAY}, code="too_many")


def _make_room(editor: Reviewer, claim: Claim, address: str) -> None:
    """Raises Conflict while the address has a link to the claim that holds, or too many others have."""
    unanswered = claim.opinions.filter(answered_at=None, revoked_at=None)
    theirs = unanswered.filter(address__iexact=address).first()
    if theirs and theirs.is_open:
        words = _("This address has been asked already, until %(until)s UTC. Revoke that link to ask again.")
        raise Conflict(words % {"until": f"{theirs.expires_at:%Y-%m-%d %H:%M}"}, code="asked_already")
    if theirs:
        _revoke(editor, claim, theirs)  # it has expired, and stands in the way of the next
    if unanswered.filter(expires_at__gt=timezone.now()).count() >= MOST_OPEN:
        words = _("%(most)s people are being asked about this claim. Wait for an answer, or revoke a link.")
        raise Conflict(words % {"most": MOST_OPEN}, code="too_many")


@transaction.atomic
def ask_again(editor: Reviewer, opinion_id: int) -> OutsideOpinion:
    """The same question to the same person for as long as before, with a new link; the old one holds no more.

    Raises Conflict where they have answered.
    """
    require(editor, Power.ASK_OUTSIDE)
    _check_day(editor)  # whoever locks a person and a claim locks the person first
    old = visible_opinions(editor).get(pk=opinion_id)
    if old.is_open:
        revoke_opinion(editor, opinion_id)
    elif old.answered_at:
        raise Conflict(_("They have answered. Ask a new question for another answer."), code="answered")
    days = (old.expires_at - old.asked_at).days
    return ask_opinion(editor, old.claim_id, name=old.name, address=old.address, question=old.question, days=days)


@transaction.atomic
def revoke_opinion(editor: Reviewer, opinion_id: int) -> OutsideOpinion:
    """The link shows and takes nothing any more. Raises Conflict where it was answered or revoked already."""
    require(editor, Power.ASK_OUTSIDE)
    claim = lock_claim(visible_opinions(editor).values_list("claim", flat=True).get(pk=opinion_id))
    opinion = OutsideOpinion.objects.get(pk=opinion_id)
    if opinion.answered_at:
        raise Conflict(_("They have answered already: the answer stays."), code="answered")
    if opinion.revoked_at:
        raise Conflict(_("The link was revoked already."), code="revoked")
    return _revoke(editor, claim, opinion)


def _revoke(editor: Reviewer, claim: Claim, opinion: OutsideOpinion) -> OutsideOpinion:
    opinion.revoked_at, opinion.revoked_by = timezone.now(), editor
    opinion.save(update_fields=["revoked_at", "revoked_by"])
    append_event(claim, EventKind.OPINION_REVOKED, actor=editor, details=who(opinion))
    return opinion
