from django.db import models

from claims.models.constraints import not_empty


class Claimant(models.Model):
    """Who said it: a person, a body, or an anonymous source as the article names it."""

    name = models.CharField(max_length=300, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [not_empty("name", "claimant_has_a_name")]

    def __str__(self) -> str:
        return self.name
