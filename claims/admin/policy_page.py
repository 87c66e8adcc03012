"""The desk's sign-off policy: the rules in force, how they came about, and the form that changes them."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from claims.admin.doorway import needs, person_of, show, status_of
from claims.admin.policy_form import PolicyForm
from claims.admin.rules_in_words import describe_claims, describe_rule, describe_time
from claims.exceptions import DeskError, NotPermitted
from claims.models import SignOffPolicy, SignOffRule
from claims.permissions import Power, can, people_who_can, require
from claims.review.policy import adopt_policy, rules_in_force

MOST_VERSIONS = 50  # older ones on the page


class RuleInWords(NamedTuple):
    """`warning`: why no claim under it can be decided as things stand, or ""."""

    claims: str
    words: str
    time: str
    warning: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Power.SEE_REVIEW)
def policy(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _show(request, None, 200)
    require(person_of(request), Power.SET_POLICY)
    form = PolicyForm(list(rules_in_force()), request.POST)
    if not form.is_valid():
        return _show(request, form, 400)
    try:
        adopted = adopt_policy(person_of(request), form.rules, form.note)
    except NotPermitted:
        raise
    except DeskError as refusal:
        return _show(request, form, status_of(refusal), refusal.message)
    done = _("Version %(number)s holds from now on. Claims in the queue keep the rule that they came in under.")
    messages.success(request, done % {"number": adopted.number})
    return redirect("admin:policy")


def _show(request: HttpRequest, form: PolicyForm | None, status: int, error: str = "") -> HttpResponse:
    person, rules = person_of(request), list(rules_in_force())
    if form is None and can(person, Power.SET_POLICY):
        form = PolicyForm(rules)
    newest, *older = _versions()
    context = {
        "title": _("Sign-off"),
        "newest": newest,
        "older": older,
        "form": form,
        "form_error": error or (_("The policy is not changed: see below.") if status == 400 else ""),
    }
    return show(request, "policy", context, status)


def _versions() -> list[tuple[SignOffPolicy, list[RuleInWords]]]:
    """Newest first, each with its rules in words; warnings go with the rules in force."""
    policies = SignOffPolicy.objects.select_related("created_by").prefetch_related("rules").order_by("-number")
    reviewers = people_who_can(Power.REVIEW).count()
    return [
        (one, [_describe(rule, None if place else reviewers) for rule in one.rules.all()])
        for place, one in enumerate(policies[: MOST_VERSIONS + 1])
    ]


def _describe(rule: SignOffRule, reviewers: int | None) -> RuleInWords:
    warning: Any = ""
    if reviewers is not None and rule.seats > reviewers:
        warning = ngettext(
            "There is only %(n)s active person who judges claims: nobody can sit on the other places.",
            "There are only %(n)s active people who judge claims: nobody can sit on the other places.",
            reviewers,
        ) % {"n": reviewers}
    return RuleInWords(describe_claims(rule), describe_rule(rule), describe_time(rule), warning)
