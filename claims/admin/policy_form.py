"""The form of a sign-off policy: a row a rule, and the last one for every other claim."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from claims.admin.words import KINDS, ROLES
from claims.enums import Role
from claims.models import SignOffRule
from claims.models.sign_off import ADJUDICATORS
from claims.review.policy import FIELDS, LONGEST

BLANK_ROWS = 2  # for rules to come


def _choice(label: Any, choices: Iterable[tuple[Any, Any]], **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=list(choices), coerce=int, **more)


class LastRuleForm(forms.Form):
    seats = _choice(_("Reviewers"), [(1, "1"), (2, "2"), (3, "3")], initial=1)
    agreeing = _choice(_("Of whom must agree"), [(1, "1"), (2, "2"), (3, "3")], initial=1)
    tolerance = _choice(_("They agree"), [(0, _("on the rating")), (1, _("within one step"))], initial=0)
    adjudicated_by = forms.ChoiceField(
        label=_("Else decides"),
        choices=[(value, ROLES[Role(value)]) for value, _label in ADJUDICATORS],
        initial=Role.EDITOR.value,
    )
    min_publishers = forms.IntegerField(label=_("Publishers needed"), min_value=0, max_value=50, initial=0)
    hours_to_decide = forms.IntegerField(label=_("Hours to decide"), min_value=1, max_value=LONGEST, initial=72)
    is_blind = forms.BooleanField(label=_("Blind: nobody sees a verdict before theirs is in"), required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        seats, agreeing = typed.get("seats"), typed.get("agreeing")
        if seats and agreeing and not seats / 2 < agreeing <= seats:
            self.add_error("agreeing", _now("More than half of the reviewers must agree, and no more than there are."))
        return typed

    @property
    def rule(self) -> dict[str, Any]:
        """As the service wants it."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}


class RuleForm(LastRuleForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Every kind")), *KINDS.items()], required=False)
    min_check_worthiness = forms.FloatField(
        label=_("From check-worthiness"),
        min_value=0,
        max_value=1,
        initial=0,
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
    field_order = ["kind", "min_check_worthiness"]


class _Rows(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place among the rules")
        form.fields["DELETE"].label = _("Remove this rule")


RuleFormSet = forms.formset_factory(
    RuleForm, formset=_Rows, extra=BLANK_ROWS, can_order=True, can_delete=True, max_num=50
)


class PolicyForm:
    """`rows`, the `last` rule, and the `note` on why; read from what was typed, else from the rules in force."""

    def __init__(self, rules: list[SignOffRule], typed: QueryDict | None = None) -> None:
        known = [{name: getattr(rule, name) for name in FIELDS} for rule in rules]
        self.rows = RuleFormSet(typed, prefix="rules", initial=None if typed else known[:-1])
        self.last = LastRuleForm(typed, prefix="last", initial=known[-1])
        self.note = typed.get("note", "").replace("\x00", "") if typed else ""

    def is_valid(self) -> bool:
        return all([self.rows.is_valid(), self.last.is_valid()])

    @property
    def has_new_rules(self) -> bool:
        """Whether something stands in the blank rows."""
        return self.rows.is_bound and any(row.has_changed() for row in self.rows.extra_forms)

    @property
    def rules(self) -> list[dict[str, Any]]:
        """In the order that was typed; blank and removed rows left out."""
        return [row.rule for row in self.rows.ordered_forms] + [self.last.rule]
