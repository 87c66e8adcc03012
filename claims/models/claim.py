from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.enums import ClaimKind, ClaimStatus, DismissalReason
from claims.models.article import Article
from claims.models.claimant import Claimant
from claims.models.constraints import known, not_empty
from claims.models.rating import Rating
from claims.models.sign_off import SignOffRule

UNDER_REVIEW = [ClaimStatus.QUEUED, ClaimStatus.IN_REVIEW, ClaimStatus.IN_ADJUDICATION]


class Claim(models.Model):
    """An assertion that can be checked. `status` is written by `claims.lifecycle` alone."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="claims", help_text="where it was first found")
    headline = models.CharField(max_length=300)
    stand_alone = models.TextField(blank=True, help_text="the claim as a sentence that needs no context, where known")
    kind = models.CharField(max_length=12, choices=ClaimKind.choices())
    claimant = models.ForeignKey(Claimant, models.PROTECT, null=True, blank=True, related_name="claims")
    facts = models.JSONField(default=dict, blank=True)
    check_worthiness = models.FloatField(help_text="0 to 1")
    reasons = models.JSONField(default=list, blank=True)
    extractor = models.CharField(max_length=50, blank=True, help_text="its version; empty when a person found it")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="added_claims", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    status = models.CharField(max_length=16, choices=ClaimStatus.choices(), default=ClaimStatus.EXTRACTED)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", db_index=False
    )
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, blank=True, related_name="claims", db_index=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    dismissed_as = models.CharField(max_length=16, choices=DismissalReason.choices(), blank=True)

    # Its way through review: the rule holds from the queue to the decision, over all rounds from `first_round` on.
    rule = models.ForeignKey(SignOffRule, models.PROTECT, null=True, blank=True, related_name="claims", db_index=False)
    review_began_at = models.DateTimeField(null=True, blank=True)
    first_round = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0, help_text="0: not yet in the queue")
    boost = models.SmallIntegerField(default=0, help_text="an editor's, -2 to 2: the higher, the sooner")
    due_at = models.DateTimeField(null=True, blank=True)
    escalation = models.PositiveSmallIntegerField(default=0, help_text="how often its lateness was told")

    # The end of its chain of events: an end that is cut off shows.
    last_event_number = models.PositiveIntegerField(default=0)
    last_event_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        ordering = ["-id"]
        constraints = [
            known("status", ClaimStatus, "claim_has_a_known_status"),
            known("kind", ClaimKind, "claim_has_a_known_kind"),
            not_empty("headline", "claim_has_a_headline"),
            models.CheckConstraint(
                condition=Q(check_worthiness__gte=0, check_worthiness__lte=1),
                name="check_worthiness_is_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(status="duplicate", duplicate_of__isnull=False)
                | (~Q(status="duplicate") & Q(duplicate_of__isnull=True)),
                name="duplicate_has_a_target_and_only_a_duplicate",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="duplicate_is_not_its_own_target",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["decided", "published"], rating__isnull=False, decided_at__isnull=False)
                | (~Q(status__in=["decided", "published"]) & Q(rating__isnull=True, decided_at__isnull=True)),
                name="decided_claim_has_a_rating_and_only_a_decided_one",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_as="") | Q(status="dismissed", dismissed_as__in=list(DismissalReason)),
                name="only_a_dismissed_claim_says_as_what",
            ),
            models.CheckConstraint(condition=Q(boost__gte=-2, boost__lte=2), name="boost_is_between_minus_2_and_2"),
        ]
        # Few, for every move of a claim writes to all of them.
        indexes = [
            models.Index(  # reach
                fields=["duplicate_of"], condition=Q(duplicate_of__isnull=False), name="duplicates_by_target"
            ),
            models.Index(fields=["status", "-id"], name="claims_by_status"),  # API and queue filters
            models.Index(fields=["-check_worthiness", "-id"], name="claims_by_check_worthiness"),  # API ordering
            models.Index(  # the sweep that queues what extraction left
                fields=["check_worthiness"], condition=Q(status="extracted"), name="claims_still_to_queue"
            ),
            models.Index(  # the sweep that escalates what is late
                fields=["escalation", "due_at"],
                condition=Q(status__in=UNDER_REVIEW),
                name="claims_by_deadline",
            ),
            models.Index(
                fields=["decided_at"], condition=Q(decided_at__isnull=False), name="claims_decided"
            ),  # figures
        ]

    def __str__(self) -> str:
        return self.headline
