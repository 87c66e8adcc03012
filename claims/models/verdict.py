from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models.assignment import Assignment
from claims.models.constraints import not_empty
from claims.models.evidence import Evidence
from claims.models.rating import Rating


class Verdict(models.Model):
    """One reviewer's judgement; the assignment says whose and of which claim."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="verdict")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="verdicts")
    explanation = models.TextField()
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="verdicts")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [not_empty("explanation", "verdict_has_an_explanation")]

    def __str__(self) -> str:
        return _("%(rating)s by %(reviewer)s") % {"rating": self.rating, "reviewer": self.assignment.reviewer}
