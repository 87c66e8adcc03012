"""A sign-off rule as sentences."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.words import say
from claims.enums import ClaimKind, Role
from claims.models import SignOffRule

_REVIEWERS = {
    1: gettext_lazy("One reviewer decides"),
    2: gettext_lazy("Two reviewers"),
    3: gettext_lazy("Three reviewers"),
}
_AGREEMENT = {
    (2, 2): gettext_lazy("both must agree"),
    (3, 2): gettext_lazy("two of them must agree"),
    (3, 3): gettext_lazy("all three must agree"),
}
_ELSE = {
    Role.EDITOR: gettext_lazy("Else an editor decides."),
    Role.ADMINISTRATOR: gettext_lazy("Else an administrator decides."),
}


def describe_rule(rule: SignOffRule) -> str:
    """As "Two reviewers, blind; both must agree, or be one step apart. Else an editor decides." """
    words = str(_REVIEWERS[rule.seats])
    if rule.is_blind and rule.seats > 1:
        words = _("%(reviewers)s, blind") % {"reviewers": words}
    if rule.seats == 1:
        return _("%(words)s.") % {"words": words} + _describe_publishers(rule)
    agreement = str(_AGREEMENT[rule.seats, rule.agreeing])
    if rule.tolerance:
        agreement = _("%(agreement)s, or be one step apart") % {"agreement": agreement}
    known = {"reviewers": words, "agreement": agreement, "else": _ELSE[Role(rule.adjudicated_by)]}
    return _("%(reviewers)s; %(agreement)s. %(else)s") % known + _describe_publishers(rule)


def _describe_publishers(rule: SignOffRule) -> str:
    if not rule.min_publishers:
        return ""
    asked = ngettext(
        "The evidence must come from %(n)s publisher.",
        "The evidence must come from %(n)s independent publishers.",
        rule.min_publishers,
    )
    return " " + asked % {"n": rule.min_publishers}


def describe_claims(rule: SignOffRule) -> str:
    """Which claims it is for, as "Quantity, from check-worthiness 0.8"."""
    kind = say(ClaimKind, rule.kind) if rule.kind else _("Every kind")
    if not rule.min_check_worthiness:
        return kind
    return _("%(kind)s, from check-worthiness %(worth)s") % {
        "kind": kind,
        "worth": number_format(f"{rule.min_check_worthiness:g}"),
    }


def describe_time(rule: SignOffRule) -> str:
    """As "Within 3 days." or "Within 36 hours." """
    days, hours = divmod(rule.hours_to_decide, 24)
    if hours or not days:
        words = ngettext("Within %(n)s hour.", "Within %(n)s hours.", rule.hours_to_decide)
        return words % {"n": rule.hours_to_decide}
    return ngettext("Within %(n)s day.", "Within %(n)s days.", days) % {"n": days}
