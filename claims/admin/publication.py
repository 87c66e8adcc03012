"""Decided claims by what readers see of them: what there is to publish, and to correct."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from claims.enums import ClaimStatus
from claims.models import Claim, FactCheck
from claims.permissions import with_shown_status

TO_PUBLISH, TO_CORRECT = "to_publish", "to_correct"
PUBLICATION = {
    TO_PUBLISH: _("Decided, not published"),
    TO_CORRECT: _("Decided again, the fact-check is to be corrected"),
}


def select_by_publication(claims: QuerySet[Claim], value: str) -> QuerySet[Claim]:
    """Those of `visible_claims` of a key of PUBLICATION."""
    is_public = Exists(FactCheck.objects.filter(claim=OuterRef("pk"), withdrawn_at=None))
    return with_shown_status(claims, [ClaimStatus.DECIDED]).filter(is_public if value == TO_CORRECT else ~is_public)
