"""The claimant is asked for their source, and what they answered is kept with the claim."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import Channel, EventKind
from claims.exceptions import Conflict, DeskError
from claims.history import append_event
from claims.lifecycle import lock_claim
from claims.models import ClaimantContact, Reviewer
from claims.permissions import Power, require


@transaction.atomic
def ask_claimant(
    person: Reviewer,
    claim_id: int,
    *,
    channel: Channel,
    question: str,
    asked_at: datetime | None = None,
    answer_due_at: datetime | None = None,
) -> ClaimantContact:
    """Note that the claimant was asked. Raises DeskError for no question, or one asked in the time to come."""
    require(person, Power.REVIEW)
    asked_at = asked_at or timezone.now()
    if not question.strip():
        raise DeskError(_("Write down what the claimant was asked."), code="question_needed")
    if asked_at > timezone.now():
        raise DeskError(_("Note it when the claimant has been asked, not before."), code="asked_at")
    if answer_due_at and answer_due_at < asked_at:
        raise DeskError(_("The answer cannot be due before the question."), code="answer_due_at")
    claim = lock_claim(claim_id)
    contact = ClaimantContact.objects.create(
        claim=claim,
        asked_by=person,
        asked_at=asked_at,
        channel=channel,
        question=question.strip(),
        answer_due_at=answer_due_at,
    )
    details = {"contact": contact.pk, "channel": str(channel)}
    append_event(claim, EventKind.CLAIMANT_ASKED, actor=person, details=details)
    return contact


@transaction.atomic
def record_answer(person: Reviewer, contact_id: int, answer: str) -> ClaimantContact:
    """Keep what the claimant answered, once. Raises Conflict where an answer is kept already."""
    require(person, Power.REVIEW)
    if not answer.strip():
        raise DeskError(_("Write down what the claimant answered."), code="answer_needed")
    claim = lock_claim(ClaimantContact.objects.values_list("claim", flat=True).get(pk=contact_id))
    contact = ClaimantContact.objects.select_for_update().get(pk=contact_id)
    if contact.answer:
        raise Conflict(_("An answer is kept already. Note a new question for another one."), code="answered")
    contact.answer, contact.answered_at = answer.strip(), timezone.now()
    contact.save(update_fields=["answer", "answered_at"])
    append_event(claim, EventKind.CLAIMANT_ANSWERED, actor=person, details={"contact": contact.pk})
    return contact
