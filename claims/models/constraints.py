"""Small builders for the constraints that several models share."""

from django.db import models

from claims.enums import Choice


def known(field: str, vocabulary: type[Choice], name: str) -> models.CheckConstraint:
    """The database refuses a value of `field` outside `vocabulary`."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": list(vocabulary)}), name=name)


def not_empty(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~models.Q(**{field: ""}), name=name)
