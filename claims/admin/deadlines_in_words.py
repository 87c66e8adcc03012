"""How long until a claim is due, as people say it."""

from datetime import datetime
from typing import NamedTuple

from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from claims.models import Claim


class Deadline(NamedTuple):
    at: datetime
    words: str
    is_late: bool


def describe_deadline(claim: Claim, now: datetime) -> Deadline | None:
    """As "3 hours left" or "2 days overdue"; None for a claim that is due at no time."""
    if claim.due_at is None:
        return None
    if claim.due_at > now:
        return Deadline(claim.due_at, _("%(time)s left") % {"time": timeuntil(claim.due_at, now, depth=1)}, False)
    return Deadline(claim.due_at, _("%(time)s overdue") % {"time": timesince(claim.due_at, now, depth=1)}, True)
