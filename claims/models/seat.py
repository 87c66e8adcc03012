from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import SeatStatus
from claims.models.claim import Claim
from claims.models.constraints import known


class Seat(models.Model):
    """One of the places at the table for a claim. `fence` grows with every taking."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="seats", db_index=False)  # see one_seat_per_number
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=SeatStatus.choices(), default=SeatStatus.OPEN)
    priority = models.FloatField(help_text="the higher, the sooner (`claims.priority`)")
    is_overdue = models.BooleanField(default=False)
    fence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="one_seat_per_number"),
            # The target of a composite foreign key: see the second migration.
            models.UniqueConstraint(fields=["id", "claim"], name="seat_and_claim_go_together"),
            known("status", SeatStatus, "seat_has_a_known_status"),
        ]
        indexes = [
            models.Index(  # take_next, and the queue as a list: what is late, then the best, the oldest among equals
                fields=["status", "-is_overdue", "-priority", "id"],
                condition=models.Q(status__in=["open", "taken"]),
                name="live_seats_in_queue_order",
            ),
        ]

    def __str__(self) -> str:
        return _("seat %(number)s of %(claim)s") % {"number": self.number, "claim": self.claim}
