from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from claims.enums import OpinionAnswer, OpinionStatus
from claims.models.claim import Claim
from claims.models.constraints import not_empty


class OutsideOpinion(models.Model):
    """Somebody without an account is asked what they think of a claim, by a link that takes one answer.

    Advisory: it is no verdict and decides nothing. `key` is the link's secret half (`claims.notifications.links`).
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="opinions")
    # Its index is opinions_by_asker.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="asked_opinions", db_index=False
    )
    name = models.CharField(max_length=200)
    address = models.EmailField()
    question = models.TextField()
    key = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True, help_text="the link was first used")
    answer = models.CharField(max_length=10, choices=OpinionAnswer.choices(), blank=True)
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    refused_at = models.DateTimeField(null=True, blank=True, help_text="the link was first used when it held no more")

    class Meta:
        ordering = ["id"]
        constraints = [
            not_empty("name", "opinion_is_asked_of_somebody"),
            not_empty("address", "opinion_is_asked_by_mail"),
            not_empty("question", "opinion_has_a_question"),
            not_empty("key", "opinion_has_a_key"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="opinion_expires_after_it_is_asked"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, comment="")
                | Q(answer__in=list(OpinionAnswer), answered_at__isnull=False),
                name="opinion_has_a_known_answer_with_its_time_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False, answered_at__isnull=True),
                name="opinion_is_revoked_by_somebody_and_never_once_answered",
            ),
            models.UniqueConstraint(
                F("claim"),
                Lower("address"),
                condition=Q(answered_at__isnull=True, revoked_at__isnull=True),
                name="one_open_opinion_per_claim_and_address",
            ),
        ]
        indexes = [models.Index(fields=["asked_by", "asked_at"], name="opinions_by_asker")]  # what an editor may ask

    def __str__(self) -> str:
        return f"{self.name} about {self.claim}"

    @property
    def status(self) -> OpinionStatus:
        if self.answered_at:
            return OpinionStatus.ANSWERED
        if self.revoked_at:
            return OpinionStatus.REVOKED
        return OpinionStatus.OPEN if self.expires_at > timezone.now() else OpinionStatus.EXPIRED

    @property
    def is_open(self) -> bool:
        return self.status is OpinionStatus.OPEN
