"""A claim's fact-checks on its review page: what readers see, and the forms that publish and correct it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.desk_form import DeskForm
from claims.admin.moves import Moves
from claims.admin.words import say
from claims.enums import Stance
from claims.lifecycle import UNDER_REVIEW
from claims.models import Claim, Evidence, Reviewer
from claims.permissions import visible_fact_checks
from claims.publishing.content import LIMITS
from claims.publishing.fact_checks import WORDS, edition_of, say_alone
from claims.publishing.listing import with_corrected


class FactCheckForm(DeskForm):
    """What readers get to see. How long it may be, the stage decides."""

    title = forms.CharField(label=_("Title"))
    claim_reviewed = forms.CharField(
        label=_("The claim"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As readers are told it: a sentence that needs no context."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The conclusion, in a sentence or two."),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("How the desk came to it. An empty line begins a new paragraph."),
    )
    evidence = forms.TypedMultipleChoiceField(
        label=_("Evidence that readers see"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, evidence: Iterable[Evidence]) -> None:
        field: Any = self.fields["evidence"]
        field.choices = [(one.pk, _describe_evidence(one)) for one in evidence]


class FactCheckCorrectionForm(FactCheckForm):
    note = forms.CharField(
        label=_("What was wrong"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers are told this, beside what it said before."),
    )
    field_order = ("note",)


def _describe_evidence(one: Evidence) -> str:
    known = " · ".join(part for part in (say(Stance, one.stance), one.publisher) if part)
    return format_html('<span><bdi>{}</bdi> <span class="quiet">{}</span></span>', one, known)


def describe_fact_checks(claim: Any, person: Reviewer, moves: Moves, work: dict[str, Any]) -> dict[str, Any]:
    """`work`: what `describe_work` found. What the forms hold is overridden by what was typed."""
    fact_checks = list_fact_checks(claim, person) if claim.has_fact_checks else []
    live = next((one for one in fact_checks if one.withdrawn_at is None), None)
    described: dict[str, Any] = {
        "fact_check": live,
        "withdrawn_fact_checks": [one for one in fact_checks if one is not live],
        "is_under_review": claim.status in UNDER_REVIEW,
        "edition": edition_of(claim, live.corrected if live else 0),
    }
    if moves.publishing:
        described["publication_form"] = new_publication_form(claim, work["evidence"], work["verdicts"])
    if moves.withdrawal and live:
        described["fact_check_form"] = new_fact_check_form(live, work["evidence"])
        described["corrected_slug"] = live.slug
    return described


def list_fact_checks(claim: Claim, person: Reviewer) -> list[Any]:
    """Newest first, each with how often it was `corrected`."""
    shown = with_corrected(visible_fact_checks(person).filter(claim=claim))
    return list(shown.select_related("rating", "published_by").order_by("-pk"))


def new_publication_form(
    claim: Claim, evidence: Sequence[Evidence], verdicts: Sequence[Any] = (), typed: Any = None
) -> FactCheckForm:
    says = say_alone(claim)
    title = says if len(says) <= LIMITS["title"] else claim.headline
    initial = {"title": title, "claim_reviewed": says, "evidence": _cited(claim, verdicts)}
    form = FactCheckForm(typed, auto_id="publication_%s", initial=initial)
    form.offer(evidence)
    return form


def _cited(claim: Claim, verdicts: Sequence[Any]) -> list[int]:
    """By the verdicts that led to the decision: those of the last round that say the same, else all of it."""
    last = max((one.assignment.seat.round for one in verdicts), default=0)
    of_round = [one for one in verdicts if one.assignment.seat.round == last]
    agreeing = [one for one in of_round if one.rating_id == claim.rating_id]
    return sorted({pk for one in agreeing or of_round for pk in one.cited})


def new_fact_check_form(fact_check: Any, evidence: Sequence[Evidence], typed: Any = None) -> FactCheckCorrectionForm:
    """With what the fact-check says now. What readers see already is offered to who owes a blind verdict, too."""
    shown = {one.pk: one for one in fact_check.evidence.all()}
    known = {name: getattr(fact_check, name) for name in WORDS}
    form = FactCheckCorrectionForm(typed, auto_id="fact_check_%s", initial=known | {"evidence": list(shown)})
    offered = shown | {one.pk: one for one in evidence}
    form.offer(offered[pk] for pk in sorted(offered))
    return form
