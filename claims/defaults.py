"""What every desk starts with: groups, a rating scale, a sign-off policy. Made after each migrate, where missing."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import connection

from claims.enums import Role
from claims.marked import marked
from claims.models import Rating, RatingScale, SignOffPolicy

# name, ClaimReview's ratingValue (nearer 5 is truer), colour, meaning
TRUTH_SCALE = [
    ("True", 5, "#1b7837", "The evidence supports the claim, and nothing of weight is left out."),
    ("Mostly true", 4, "#5aae61", "Right in substance; a detail is off, or some context is missing."),
    ("Half true", 3, "#b8860b", "Partly right, but it leaves out or distorts what matters."),
    ("Mostly false", 2, "#d6604d", "It holds a grain of truth and misleads in substance."),
    ("False", 1, "#b2182b", "The evidence contradicts the claim."),
    ("Unverifiable", None, "#6b7280", "There is not enough evidence to judge it either way."),
]


def create_defaults(**kwargs: Any) -> None:
    """Create the groups, the truth scale if the desk has no scale at all, and a policy of one open seat a claim."""
    if SignOffPolicy._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to nothing, or to before
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    if not RatingScale.objects.exists():
        scale = RatingScale.objects.create(name="Truth", is_default=True)
        Rating.objects.bulk_create(
            Rating(scale=scale, position=position, name=name, value=value, colour=colour, meaning=meaning)
            for position, (name, value, colour, meaning) in enumerate(TRUTH_SCALE, start=1)
        )
    if not SignOffPolicy.objects.exists():
        policy = SignOffPolicy.objects.create(number=1, note=marked("What every desk starts with"))
        policy.rules.create(position=1)
