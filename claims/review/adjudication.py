"""Where verdicts differ, one who gave none decides with a reason, or asks other people."""

from django.db import transaction
from django.utils.translation import gettext as _

from claims.enums import ClaimStatus, EventKind
from claims.exceptions import Conflict, DeskError, MoveRefused, NotPermitted
from claims.lifecycle import lock_claim
from claims.models import Assignment, Claim, Rating, Reviewer
from claims.permissions import Power, may_adjudicate, people_who_can, require
from claims.review.decision import decide, describe_rule, verdicts_of_round
from claims.review.evidence import check_publishers
from claims.review.rounds import begin_next_round


@transaction.atomic
def adjudicate_claim(person: Reviewer, claim_id: int, rating: Rating, reason: str) -> Claim:
    """Decide a claim on which the verdicts differ. The reason stays in the history."""
    claim = _lock_for(person, claim_id, reason)
    check_publishers(person, claim)
    decide(claim, EventKind.ADJUDICATED, rating, verdicts_of_round(claim), actor=person, reason=reason)
    return claim


@transaction.atomic
def send_to_another_round(person: Reviewer, claim_id: int, reason: str) -> Claim:
    """Ask as many other people again. Raises Conflict where too few of them have not judged this claim yet."""
    claim = _lock_for(person, claim_id, reason)
    rule = claim.rule
    assert rule  # noqa: S101  who may adjudicate follows from it
    left = sum(1 for one in people_who_can(Power.REVIEW) if _could_judge(one, claim))
    if left < rule.seats:
        words = _(
            "Another round needs %(seats)s people who have not judged this claim, and there are %(left)s. "
            "Decide it yourself."
        )
        raise Conflict(words % {"seats": rule.seats, "left": left}, code="too_few_people")
    details = {"verdicts": [verdict.pk for verdict in verdicts_of_round(claim)]} | describe_rule(rule)
    begin_next_round(claim, EventKind.SENT_BACK, actor=person, reason=reason, details=details)
    return claim


def _lock_for(person: Reviewer, claim_id: int, reason: str) -> Claim:
    """The claim, under its lock, if this person may adjudicate it now."""
    require(person, Power.ADJUDICATE)
    claim = lock_claim(claim_id)
    if not may_adjudicate(person, claim):
        raise NotPermitted(
            _("The rule of this claim leaves its adjudication to others. See the desk's sign-off policy.")
        )
    if not is_impartial(person, claim):
        raise NotPermitted(_("Nobody adjudicates their own verdict, or a claim they added. Ask another editor."))
    if claim.status != ClaimStatus.IN_ADJUDICATION:
        raise MoveRefused(_("There is nothing to adjudicate: no verdicts of this claim differ."))
    if not reason.strip():
        raise DeskError(_("Give a reason: it stays in the claim's history."), code="reason_needed")
    return claim


def is_impartial(person: Reviewer, claim: Claim) -> bool:
    """Neither a judge of the claim, in any round, nor who added it."""
    has_judged = Assignment.objects.filter(claim=claim, reviewer=person, outcome="verdict")
    return claim.added_by_id != person.pk and not has_judged.exists()


def _could_judge(person: Reviewer, claim: Claim) -> bool:
    """In a later round: who adjudicates has seen the verdicts of this one."""
    is_adjudicator = claim.rule is not None and claim.rule.is_blind and may_adjudicate(person, claim)
    return not is_adjudicator and is_impartial(person, claim)
