from django.contrib.auth.models import AbstractUser
from django.db import models


class Reviewer(AbstractUser):
    """A person at the desk; what they may do follows from their groups (`claims.permissions`)."""

    wants_mail = models.BooleanField("wants e-mail", default=True)

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.get_full_name() or self.username
