from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.constraints import not_empty
from claims.models.rating_scale import RatingScale


class Rating(models.Model):
    """A step of a scale. `value` is ClaimReview's ratingValue: nearer the best is truer; none if it judges no truth."""

    scale = models.ForeignKey(RatingScale, models.PROTECT, related_name="ratings")
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    value = models.SmallIntegerField(null=True, blank=True)
    colour = models.CharField(
        max_length=7, validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("Write a colour as #1b7837."))]
    )
    meaning = models.TextField()

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "name"], name="one_rating_per_name"),
            models.UniqueConstraint(fields=["scale", "position"], name="one_rating_per_position"),
            models.UniqueConstraint(fields=["scale", "value"], name="one_rating_per_value"),
            not_empty("name", "rating_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
