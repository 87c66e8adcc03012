from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.enums import AssignmentOutcome
from claims.models.claim import Claim
from claims.models.constraints import known
from claims.models.seat import Seat


class Assignment(models.Model):
    """A reviewer's turn in a seat: a lease with an expiry and the seat's fence at the taking."""

    # Both are held by one foreign key, seat and claim together: see the second migration.
    seat = models.ForeignKey(  # see one_assignment_per_fence
        Seat, models.PROTECT, related_name="assignments", db_constraint=False, db_index=False
    )
    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="assignments", help_text="the seat's claim", db_constraint=False
    )
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", db_index=False)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="given_assignments",
        db_index=False,
    )
    fence = models.PositiveIntegerField()
    taken_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=AssignmentOutcome.choices(), null=True, blank=True)  # noqa: DJ001

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(closed_at__isnull=True), name="one_open_assignment_per_seat"
            ),
            models.UniqueConstraint(
                fields=["claim", "reviewer"],
                condition=Q(closed_at__isnull=True) | Q(outcome="verdict"),
                name="one_person_sits_once_per_claim",
            ),
            models.UniqueConstraint(fields=["seat", "fence"], name="one_assignment_per_fence"),
            known("outcome", AssignmentOutcome, "assignment_has_a_known_outcome"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome__isnull=True)
                | Q(closed_at__isnull=False, outcome__isnull=False),
                name="closed_assignment_has_an_outcome_and_only_a_closed_one",
            ),
        ]
        indexes = [
            # What a person holds. An index of all their turns would tempt the planner to read them all at each taking.
            models.Index(fields=["reviewer"], condition=Q(closed_at__isnull=True), name="open_assignments_by_reviewer"),
            models.Index(  # lapse_expired
                fields=["expires_at"], condition=Q(closed_at__isnull=True), name="open_assignments_by_expiry"
            ),
        ]

    def __str__(self) -> str:
        return _("%(reviewer)s on %(claim)s") % {"reviewer": self.reviewer, "claim": self.claim}
