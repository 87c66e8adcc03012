"""What every desk starts with: groups, a rating scale, a sign-off policy. Made after each migrate, where missing.

The scale is in the desk's own language: it is the desk's to change, and readers will see it.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from claims.enums import Role
from claims.marked import marked
from claims.models import Rating, RatingScale, SignOffPolicy

# name, ClaimReview's ratingValue (nearer 5 is truer), colour, meaning
TRUTH_SCALE = [
    (_("True"), 5, "#1b7837", _("The evidence supports the claim, and nothing of weight is left out.")),
    (_("Mostly true"), 4, "#5aae61", _("Right in substance; a detail is off, or some context is missing.")),
    (_("Half true"), 3, "#b8860b", _("Partly right, but it leaves out or distorts what matters.")),
    (_("Mostly false"), 2, "#d6604d", _("It holds a grain of truth and misleads in substance.")),
    (_("False"), 1, "#b2182b", _("The evidence contradicts the claim.")),
    (_("Unverifiable"), None, "#6b7280", _("There is not enough evidence to judge it either way.")),
]


def create_defaults(**kwargs: Any) -> None:
    """Create the groups, the truth scale if the desk has no scale at all, and a policy of one open seat a claim."""
    if SignOffPolicy._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to nothing, or to before
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    if not RatingScale.objects.exists():
        _create_scale()
    if not SignOffPolicy.objects.exists():
        policy = SignOffPolicy.objects.create(number=1, note=marked("What every desk starts with"))
        policy.rules.create(position=1)


def _create_scale() -> None:
    with translation.override(settings.LANGUAGE_CODE):
        scale = RatingScale.objects.create(name=str(_("Truth")), is_default=True)
        Rating.objects.bulk_create(
            Rating(scale=scale, position=position, name=str(name), value=value, colour=colour, meaning=str(meaning))
            for position, (name, value, colour, meaning) in enumerate(TRUTH_SCALE, start=1)
        )
