"""The desk's sign-off policy: how many judge a claim, who sees what, by when. A change is a new version."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from claims.exceptions import DeskError
from claims.models import Claim, Reviewer, SignOffPolicy, SignOffRule
from claims.permissions import Power, require

FIELDS = (
    "kind",
    "min_check_worthiness",
    "seats",
    "agreeing",
    "tolerance",
    "is_blind",
    "adjudicated_by",
    "min_publishers",
    "hours_to_decide",
)
LONGEST = 365 * 24  # hours: a deadline beyond the calendar would keep every claim out of the queue


def rules_in_force() -> QuerySet[SignOffRule]:
    """The rules of the newest policy, in their order."""
    newest = SignOffPolicy.objects.order_by("-number").values("pk")[:1]
    return SignOffRule.objects.filter(policy=newest).select_related("policy").order_by("position")


def choose_rule(rules: Sequence[SignOffRule], claim: Claim) -> SignOffRule:
    """The first that fits; the last fits every claim."""
    return next(
        rule for rule in rules if rule.kind in ("", claim.kind) and claim.check_worthiness >= rule.min_check_worthiness
    )


@transaction.atomic
def adopt_policy(person: Reviewer, rules: Sequence[dict[str, Any]], note: str = "") -> SignOffPolicy:
    """Put rules (each of FIELDS, others at their default) into force. Claims already in the queue keep theirs.

    Raises DeskError for what is no rule, and where the last one does not fit every claim.
    """
    require(person, Power.SET_POLICY)
    if not rules or rules[-1].get("kind") or rules[-1].get("min_check_worthiness"):
        raise DeskError(_("The last rule must fit every claim: every kind, from check-worthiness 0."), code="policy")
    list(SignOffPolicy.objects.select_for_update())  # one at a time
    number = (SignOffPolicy.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    policy = SignOffPolicy(number=number, note=note.strip()[:300], created_by=person)
    policy.save()
    SignOffRule.objects.bulk_create(_build_rule(policy, place, rule) for place, rule in enumerate(rules, start=1))
    return policy


def _build_rule(policy: SignOffPolicy, position: int, fields: dict[str, Any]) -> SignOffRule:
    if unknown := sorted(fields.keys() - set(FIELDS)):
        words = _("Rule %(number)s: it has no %(fields)s.")
        raise DeskError(words % {"number": position, "fields": ", ".join(unknown)}, code="policy")
    rule = SignOffRule(policy=policy, position=position, **fields)
    try:
        rule.full_clean()
    except ValidationError as error:
        words = _("Rule %(number)s: %(errors)s")
        raise DeskError(words % {"number": position, "errors": "; ".join(error.messages)}, code="policy") from error
    if rule.hours_to_decide > LONGEST:
        words = _("Rule %(number)s: a claim may take %(most)s hours at most, a year.")
        raise DeskError(words % {"number": position, "most": LONGEST}, code="policy")
    return rule
