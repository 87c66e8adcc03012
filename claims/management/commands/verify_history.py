"""`manage.py verify_history`: does every claim's history hold?

A change, a gap, a lost beginning are found; a lost end where it had moved the claim.
"""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.history import find_break
from claims.models import Claim, ClaimEvent


class Command(BaseCommand):
    help = "Check the hash chain of every claim's history; names each claim whose chain breaks, and where."

    def handle(self, *args: Any, **options: Any) -> None:
        events = ClaimEvent.objects.select_related("claim").order_by("claim_id", "number").iterator(chunk_size=2000)
        breaks = checked = 0
        for claim_id, chain in groupby(events, key=attrgetter("claim_id")):
            checked += 1
            events_of_claim = list(chain)
            if found := find_break(events_of_claim[0].claim, events_of_claim) or _status_differs(events_of_claim):
                breaks += 1
                self.stderr.write(self.style.ERROR(f"claim {claim_id}: {found}"))
        for claim_id in Claim.objects.filter(events=None).order_by("pk").values_list("pk", flat=True).iterator():
            breaks += 1
            self.stderr.write(self.style.ERROR(f"claim {claim_id}: its history is missing"))
        if breaks:
            raise CommandError(f"{breaks} of {checked} histories do not hold.")
        self.stdout.write(self.style.SUCCESS(f"{checked} histories hold."))


def _status_differs(events: list[ClaimEvent]) -> str | None:
    """A chain that lost its end is whole in itself; the claim's status then tells of a later event."""
    last = next((event.to_status for event in reversed(events) if event.to_status), "")
    status = events[0].claim.status
    return None if last == status else f"the claim is {status!r}, but its history ends with {last!r}"
