"""Vocabularies that mails and pages say alike, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from claims.enums import ClaimKind

KINDS = {
    ClaimKind.QUANTITY: _("Quantity"),
    ClaimKind.EVENT: _("Event"),
    ClaimKind.CAUSATION: _("Causation"),
    ClaimKind.RULE: _("Rule"),
    ClaimKind.PREDICTION: _("Prediction"),
    ClaimKind.EXPERIENCE: _("Experience"),
    ClaimKind.OTHER: _("Other"),
}
