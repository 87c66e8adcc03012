"""Rounds of verdicts in the shortest words."""

from collections.abc import Mapping
from typing import Any

from claims.models import Claim, Rating, Reviewer
from claims.review.adjudication import adjudicate_claim
from claims.review.assignments import take_claim
from claims.review.policy import adopt_policy
from claims.review.verdicts import record_verdict
from tests.factories import make_queued_claims


def adopt_seats(editor: Reviewer, seats: int, **fields: Any) -> None:
    """From now on so many people judge a claim, blindly, and all must agree."""
    adopt_policy(editor, [{"seats": seats, "agreeing": seats, "is_blind": True} | fields])


def judge(claim: Claim, given: Mapping[Reviewer, Rating]) -> None:
    for reviewer, rating in given.items():
        turn = take_claim(reviewer, claim.pk)
        record_verdict(reviewer, turn.pk, turn.fence, rating=rating, explanation="The register says so.")


def decide_three(one: Reviewer, other: Reviewer, editor: Reviewer, ratings: Mapping[str, Rating]) -> list[Claim]:
    """Claims on which two people agree, agree and differ; an editor decides the last one."""
    adopt_seats(editor, 2)
    claims = make_queued_claims(3)
    for claim, words in zip(claims, [("True", "True"), ("False", "False"), ("True", "False")], strict=True):
        judge(claim, dict(zip((one, other), (ratings[word] for word in words), strict=True)))
    adjudicate_claim(editor, claims[2].pk, ratings["False"], "The register is the better source.")
    return claims
