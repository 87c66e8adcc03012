from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models.constraints import not_empty
from claims.models.fact_check import FactCheck


class Correction(models.Model):
    """What a fact-check said wrongly, for its readers. Append-only by trigger.

    `changes` holds, by field, what it said and says: {"summary": {"old": …, "new": …}}; a rating by its name, evidence
    by its addresses.
    """

    fact_check = models.ForeignKey(FactCheck, models.PROTECT, related_name="corrections", db_index=False)
    number = models.PositiveIntegerField(help_text="1, 2, 3 … within the fact-check")
    note = models.TextField(help_text="what was wrong, as readers are told")
    changes = models.JSONField(default=dict, blank=True)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="corrections")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["fact_check", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fact_check", "number"], name="one_correction_per_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="corrections_count_from_one"),
            not_empty("note", "correction_has_a_note"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="corrections_by_time")]  # the page of all corrections

    def __str__(self) -> str:
        return _("Correction %(number)s of %(title)s") % {"number": self.number, "title": self.fact_check}
