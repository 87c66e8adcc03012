"""What somebody without an account does with the link they were sent. Each first use stands in the claim's history.

Whoever holds the link is who was asked: there is no other proof of it, and the history says no more.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from claims.enums import EventKind, OpinionAnswer
from claims.exceptions import Conflict, DeskError
from claims.history import append_event
from claims.lifecycle import lock_claim
from claims.models import Claim, ClaimEvent, OutsideOpinion
from claims.notifications.links import read_link
from claims.notifications.routing import tell_opinion_given
from claims.review.opinions import who

LONGEST_COMMENT = 10_000


def find_opinion(link: str) -> OutsideOpinion | None:
    """What the last part of a link opens; None where the desk never sent such a link."""
    key = read_link(link)
    found = OutsideOpinion.objects.select_related("asked_by")
    return found.filter(key=key).first() if key else None


def count_corrections(claim_id: int) -> int:
    """Tells one wording of the claim from the next: nobody shall answer about words that they have not seen.

    To be read before the words: what is corrected in between is then noticed.
    """
    return ClaimEvent.objects.filter(claim=claim_id, kind=EventKind.CORRECTED).count()


@transaction.atomic
def note_opened(opinion: OutsideOpinion) -> None:
    """The link was used, the first time."""
    claim = lock_claim(opinion.claim_id)
    waits = OutsideOpinion.objects.filter(pk=opinion.pk, opened_at=None)
    if waits.update(opened_at=timezone.now()):
        append_event(claim, EventKind.OPINION_OPENED, details=who(opinion))


@transaction.atomic
def note_refused(opinion: OutsideOpinion) -> None:
    """The link was used when it held no more, the first time."""
    claim = lock_claim(opinion.claim_id)
    waits = OutsideOpinion.objects.filter(pk=opinion.pk, refused_at=None)
    if waits.update(refused_at=timezone.now()):
        details = who(opinion) | {"link": str(opinion.status)}
        append_event(claim, EventKind.OPINION_REFUSED, details=details)


@transaction.atomic
def give_opinion(opinion_id: int, answer: OpinionAnswer, comment: str, *, corrections: int) -> OutsideOpinion:
    """Keep the answer, once; the claim stays where it stands, whatever became of it since it was asked about.

    `corrections`: of the claim as the person read it. Raises Conflict where the link holds no more, or the claim was
    corrected meanwhile (`corrected`); DeskError for a comment that is too long. Nothing is kept then.
    """
    if len(comment) > LONGEST_COMMENT:
        words = _("Your comment is longer than %(most)s characters. Shorten it.")
        raise DeskError(words % {"most": number_format(LONGEST_COMMENT, force_grouping=True)}, code="comment")
    claim = lock_claim(OutsideOpinion.objects.values_list("claim", flat=True).get(pk=opinion_id))
    opinion = OutsideOpinion.objects.select_related("asked_by").get(pk=opinion_id)
    if not opinion.is_open:
        raise Conflict(_("This link takes no answer any more."), code=str(opinion.status))
    if corrections != count_corrections(claim.pk):
        words = _("The claim was corrected while you read it. Read it again: what you typed is below.")
        raise Conflict(words, code="corrected")
    _keep(opinion, claim, answer, comment.strip())
    return opinion


def _keep(opinion: OutsideOpinion, claim: Claim, answer: OpinionAnswer, comment: str) -> None:
    opinion.claim, opinion.answer, opinion.comment, opinion.answered_at = claim, answer, comment, timezone.now()
    opinion.save(update_fields=["answer", "comment", "answered_at"])
    # The words themselves stand in the chain of hashes: nobody can change afterwards what a lawyer has said.
    append_event(claim, EventKind.OPINION_GIVEN, reason=comment, details=who(opinion) | {"answer": str(answer)})
    tell_opinion_given(opinion)
