from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.enums import EventKind
from claims.models.claim import Claim
from claims.models.constraints import known


class ClaimEvent(models.Model):
    """What happened to a claim. Append-only by trigger; each event carries the hash of the one before it."""

    # Its index is that of one_event_per_number.
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="events", db_index=False)
    number = models.PositiveIntegerField(help_text="1, 2, 3 … within the claim")
    kind = models.CharField(max_length=20, choices=EventKind.choices())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="empty: the machine, or somebody without an account",
    )
    at = models.DateTimeField()
    from_status = models.CharField(max_length=16, blank=True)
    to_status = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="one_event_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="events_count_from_one"),
            known("kind", EventKind, "event_has_a_known_kind"),
        ]

    def __str__(self) -> str:
        known = {"kind": self.get_kind_display(), "number": self.number, "claim": self.claim_id}
        return _("%(kind)s, #%(number)s of claim %(claim)s") % known
