"""What people have done about a claim, as far as this person may know it: evidence, verdicts, history; and its rule."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from claims.admin.deadlines_in_words import describe_deadline
from claims.admin.doorway import MOST_SHOWN
from claims.admin.history_in_words import tell
from claims.admin.rules_in_words import describe_rule
from claims.admin.words import STANCES, say
from claims.enums import EventKind, Stance
from claims.lifecycle import UNDER_REVIEW
from claims.models import Claim, ClaimEvent, Evidence, Reviewer, Verdict
from claims.permissions import visible_events, visible_evidence, visible_verdicts
from claims.review.evidence import count_publishers


def describe_sign_off(claim: Claim) -> dict[str, Any]:
    """The claim's rule and deadline. Both hold from the queue on, whatever has been said since."""
    if claim.rule is None:
        return {}
    waits = claim.status in UNDER_REVIEW
    return {
        "rule": describe_rule(claim.rule),
        "policy": claim.rule.policy.number,
        "deadline": describe_deadline(claim, timezone.now()) if waits else None,
    }


def _describe_gate(claim: Claim, evidence: Sequence[Evidence]) -> dict[str, Any] | None:
    """How many publishers the rule asks for, and how many the evidence is of that the person sees."""
    needed = claim.rule.min_publishers if claim.rule and claim.status in UNDER_REVIEW else 0
    if not needed:
        return None
    found = count_publishers(evidence, claim.article.url, claim.article.outlet)
    return {"needed": needed, "found": found, "is_open": found >= needed}


def describe_work(claim: Any, person: Reviewer, *, with_columns: bool) -> dict[str, Any]:
    """`with_columns`: the verdicts of the round that runs stand apart, for who decides between them."""
    evidence = _find_evidence(claim, person)
    verdicts = _verdicts(claim, person, evidence)
    history = _history(claim, person)
    columns = [one for one in verdicts if with_columns and one.assignment.seat.round == claim.round]
    return {
        "evidence": evidence[-MOST_SHOWN:],
        "is_evidence_cut": len(evidence) > MOST_SHOWN,
        "gate": _describe_gate(claim, evidence),
        "columns": columns[::-1],
        "verdicts": [one for one in verdicts if one not in columns],
        "adjudicated": next((one for one in history if claim.rating and one.kind == EventKind.ADJUDICATED), None),
        "history": [tell(event) for event in reversed(history)],
        "is_blind": claim.is_blind,
        "stances": STANCES.items(),
        "most_shown": MOST_SHOWN,
    }


def _history(claim: Claim, person: Reviewer) -> list[ClaimEvent]:
    """Newest first; an adjudication that still holds is among the latest."""
    events = visible_events(person).filter(claim=claim).select_related("actor")
    return list(events.order_by("-number")[:MOST_SHOWN])


def list_evidence(claim: Claim, person: Reviewer) -> list[Evidence]:
    """The latest that the page shows, oldest first."""
    return _find_evidence(claim, person)[-MOST_SHOWN:]


def _find_evidence(claim: Claim, person: Reviewer) -> list[Evidence]:
    """The latest, oldest first; one more than the page shows, where there are more."""
    latest = visible_evidence(person).filter(claim=claim).select_related("added_by").order_by("-pk")
    found = list(reversed(latest[: MOST_SHOWN + 1]))
    for one in found:
        one.stance_word = say(Stance, one.stance)  # type: ignore[attr-defined]
    return found


def _verdicts(claim: Claim, person: Reviewer, evidence: Sequence[Evidence]) -> list[Any]:
    """Newest first, each with what it `cites` of the evidence."""
    cites = Verdict.evidence.through.objects.filter(verdict=OuterRef("pk")).order_by("evidence")
    verdicts = visible_verdicts(person).filter(assignment__claim=claim)
    verdicts = verdicts.annotate(cited=ArraySubquery(cites.values("evidence")))
    known = {one.pk: one for one in evidence}
    found: list[Any] = list(verdicts.select_related("rating", "assignment__reviewer", "assignment__seat"))
    for verdict in found:
        verdict.cites = [known[pk] for pk in verdict.cited if pk in known]
    return found
