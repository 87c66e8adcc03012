"""What the verdicts of a round mean for their claim: a decision, an adjudication, or that the round goes on."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from claims.enums import ClaimStatus, EventKind
from claims.history import build_event
from claims.lifecycle import move_locked, settle, withdraw_open_seats
from claims.models import Claim, ClaimEvent, Rating, Reviewer, SignOffRule, Verdict
from claims.notifications.routing import tell_adjudication_needed, tell_decided, tell_second_verdict_needed
from claims.review.signoff import Step, find_decision


def conclude(claim: Claim, kind: EventKind, given: Verdict | None = None, **how: Any) -> None:
    """Record what happened at the claim's table (`how` as for `settle`), and what it means; `given` is a new verdict.

    A blind round waits for its last verdict: that it goes on would tell that the first ones differ. An open one ends as
    soon as enough agree and nobody else is at work.
    """
    rule = rule_of(claim)
    verdicts = verdicts_of_round(claim) if rule.seats > 1 else [given] if given else []
    is_complete = len(verdicts) >= rule.seats
    may_end = is_complete or not (rule.is_blind or claim.assignments.filter(closed_at=None).exists())
    rating = decide_by(rule, verdicts) if may_end else None
    if not (rating or is_complete):
        settle(claim, kind, **how)
        if given:
            tell_second_verdict_needed(claim, given)
        return
    happened = build_event(claim, kind, **how)
    if rating:
        if not is_complete:
            withdraw_open_seats(claim)
        decide(claim, EventKind.DECIDED, rating, verdicts, after=happened)
    else:
        _send_to_adjudication(claim, verdicts, happened)


def _send_to_adjudication(claim: Claim, verdicts: Sequence[Verdict], after: ClaimEvent) -> None:
    details = {"verdicts": [one.pk for one in verdicts]} | describe_rule(rule_of(claim))
    event = move_locked(claim, ClaimStatus.IN_ADJUDICATION, EventKind.VERDICTS_DIFFER, details=details, after=after)
    tell_adjudication_needed(claim, event)


def rule_of(claim: Claim) -> SignOffRule:
    """Of a claim that is, or was, in review."""
    assert claim.rule  # noqa: S101
    return claim.rule


def verdicts_of_round(claim: Claim) -> list[Verdict]:
    """The verdicts of the round that runs, or ran last."""
    verdicts = Verdict.objects.filter(assignment__claim=claim, assignment__seat__round=claim.round)
    return list(verdicts.select_related("rating").order_by("pk"))


def decide_by(rule: SignOffRule, verdicts: Sequence[Verdict]) -> Rating | None:
    """The rating that the verdicts carry under the rule."""
    if len(verdicts) < rule.agreeing:
        return None
    ratings = {verdict.rating_id: verdict.rating for verdict in verdicts}
    if len(ratings) == 1:
        return verdicts[0].rating
    places = _find_places({rating.scale_id for rating in ratings.values()})
    steps = [Step(verdict.rating_id, places.get(verdict.rating_id)) for verdict in verdicts]
    found = find_decision(steps, rule.agreeing, rule.tolerance, len(places))
    return ratings[found.rating] if found else None


def _find_places(scales: set[int]) -> dict[int, int]:
    """The rank of each rating that has a value, by id; if the desk has changed its scale meanwhile, there is none."""
    if len(scales) > 1:
        return {}
    ordered = Rating.objects.filter(scale__in=scales).exclude(value=None).order_by("value")
    return {pk: place for place, pk in enumerate(ordered.values_list("pk", flat=True))}


def decide(
    claim: Claim,
    kind: EventKind,
    rating: Rating,
    verdicts: Sequence[Verdict],
    *,
    actor: Reviewer | None = None,
    reason: str = "",
    after: ClaimEvent | None = None,
) -> None:
    """The outcome of verdicts, or of an adjudication; it says under which policy. `after` as for `move_locked`."""
    was = _earlier_rating(claim)
    details = {"rating": rating.name, "verdicts": [verdict.pk for verdict in verdicts]}
    event = move_locked(
        claim,
        ClaimStatus.DECIDED,
        kind,
        actor=actor,
        reason=reason,
        after=after,
        details=details | describe_rule(rule_of(claim)),
        rating=rating,
        decided_at=timezone.now(),
    )
    tell_decided(claim, event, verdicts, was)


def _earlier_rating(claim: Claim) -> Rating | None:
    """Of the decision that was reopened for the review that now ends."""
    if claim.first_round == 1:
        return None
    reopened = claim.events.filter(kind=EventKind.REOPENED, details__has_key="undone").order_by("-number").first()
    return Rating.objects.get(pk=reopened.details["undone"]["rating"]) if reopened else None


def describe_rule(rule: SignOffRule) -> dict[str, Any]:
    return {"policy": rule.policy.number, "rule": rule.position}
