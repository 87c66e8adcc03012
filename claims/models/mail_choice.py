from django.conf import settings
from django.db import models

from claims.enums import EmailKind, Timing
from claims.models.constraints import known


class MailChoice(models.Model):
    """When a person wants to hear of a kind of event, or, without a person, when the desk tells who has not chosen."""

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mail_choices"
    )
    kind = models.CharField(max_length=20, choices=EmailKind.choices())
    timing = models.CharField(max_length=10, choices=Timing.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(  # the desk's own included; telling of an event reads those of its kind
                fields=["kind", "reviewer"], nulls_distinct=False, name="one_mail_choice_per_kind_and_person"
            ),
            known("kind", EmailKind, "mail_choice_has_a_known_kind"),
            known("timing", Timing, "mail_choice_has_a_known_timing"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer or 'the desk'}: {self.kind} {self.timing}"
