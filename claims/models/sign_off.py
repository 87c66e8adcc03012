from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.enums import ClaimKind, Role
from claims.models.constraints import known

ADJUDICATORS = [(role.value, role.label) for role in (Role.EDITOR, Role.ADMINISTRATOR)]


class SignOffPolicy(models.Model):
    """One version of the desk's sign-off; the highest number holds. Append-only by trigger, as its rules are."""

    number = models.PositiveIntegerField(unique=True)
    note = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="empty: the desk"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = "sign-off policy"
        verbose_name_plural = "sign-off policies"

    def __str__(self) -> str:
        return gettext("version %(number)s") % {"number": self.number}


class SignOffRule(models.Model):
    """How claims of a kind and a check-worthiness are signed off: the first rule that fits a claim is its rule."""

    policy = models.ForeignKey(SignOffPolicy, models.PROTECT, related_name="rules")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ClaimKind.choices(), blank=True, help_text="empty: every kind")
    min_check_worthiness = models.FloatField(default=0, help_text="0 to 1")
    seats = models.PositiveSmallIntegerField(default=1, help_text="1, 2 or 3")
    agreeing = models.PositiveSmallIntegerField(default=1, help_text="verdicts that must agree: more than half")
    tolerance = models.PositiveSmallIntegerField(default=0, help_text="steps of the scale that still count as equal")
    is_blind = models.BooleanField("blind", default=False, help_text="nobody sees a verdict before giving theirs")
    adjudicated_by = models.CharField(max_length=13, choices=ADJUDICATORS, default=Role.EDITOR)
    min_publishers = models.PositiveSmallIntegerField(default=0, help_text="independent ones, among the evidence")
    hours_to_decide = models.PositiveIntegerField(default=72)

    class Meta:
        ordering = ["policy", "position"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "position"], name="one_rule_per_position"),
            models.CheckConstraint(condition=Q(kind="") | Q(kind__in=list(ClaimKind)), name="rule_has_a_known_kind"),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=3),
                name="rule_has_1_to_3_seats",
                violation_error_message=_("A claim has 1, 2 or 3 seats."),
            ),
            models.CheckConstraint(
                condition=Q(agreeing__lte=F("seats"), agreeing__gt=F("seats") / 2.0),
                name="more_than_half_of_the_seats_agree",
                violation_error_message=_("More than half of the seats must agree, and no more than there are."),
            ),
            models.CheckConstraint(
                condition=Q(tolerance__lte=1),
                name="tolerance_is_at_most_one_step",
                violation_error_message=_("The tolerance is 0 or 1 step."),
            ),
            models.CheckConstraint(
                condition=Q(min_check_worthiness__gte=0, min_check_worthiness__lte=1),
                name="rule_begins_between_0_and_1",
                violation_error_message=_("Check-worthiness lies between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=Q(hours_to_decide__gte=1),
                name="rule_gives_an_hour_at_least",
                violation_error_message=_("Give an hour at least."),
            ),
            known("adjudicated_by", Role, "rule_has_a_known_adjudicator"),
        ]

    def __str__(self) -> str:
        return gettext("rule %(number)s of policy %(policy)s") % {"number": self.position, "policy": self.policy_id}
