"""People without an account and what they think of a claim: their answers, their links, and the form that asks."""

from typing import Any

from django import forms
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from claims.admin.desk_form import DeskForm
from claims.admin.doorway import MOST_SHOWN
from claims.admin.words import say
from claims.enums import EmailKind, EmailStatus, OpinionAnswer, OpinionStatus
from claims.models import OutgoingEmail, Reviewer
from claims.permissions import Power, can, visible_opinions
from claims.review.opinions import DAYS, LONGEST_NAME, LONGEST_QUESTION, MOST_DAYS, PUT_ASIDE


class OpinionForm(DeskForm):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    days = forms.IntegerField(label=_("Days that the link holds"), min_value=1, max_value=MOST_DAYS, initial=DAYS)
    question = forms.CharField(
        label=_("Question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As: May we publish this as it stands?"),
    )


def new_opinion_form(typed: Any = None) -> OpinionForm:
    return OpinionForm(typed, auto_id="opinion_%s")


def describe_opinions(claim: Any, person: Reviewer) -> dict[str, Any]:
    """`may_ask` stays where a claim that is put aside takes no new question: links can still be revoked."""
    may_ask = can(person, Power.ASK_OUTSIDE)
    opinions = _opinions(claim, person) if claim.has_opinions else []
    return {
        "opinions": opinions,
        "given_opinions": [one for one in opinions if one.shown_answer],
        "may_ask_outside": may_ask,
        "opinion_form": new_opinion_form() if may_ask and claim.status not in PUT_ASIDE else None,
    }


def _opinions(claim: Any, person: Reviewer) -> list[Any]:
    """The latest, oldest first, in words; `is_undelivered`: the mail with the link was refused for good."""
    cause = Concat(Value("opinion:"), Cast(OuterRef("pk"), CharField()))
    failed = OutgoingEmail.objects.filter(kind=EmailKind.OPINION_ASKED, status=EmailStatus.FAILED, cause=cause)
    shown = visible_opinions(person).filter(claim=claim).annotate(is_undelivered=Exists(failed))
    opinions = list(reversed(shown.select_related("asked_by", "revoked_by").order_by("-pk")[:MOST_SHOWN]))
    for one in opinions:
        _describe(one)
    return opinions


def _describe(opinion: Any) -> None:
    opinion.status_word = say(OpinionStatus, opinion.status)
    opinion.answer_word = say(OpinionAnswer, opinion.shown_answer) if opinion.shown_answer else ""
    opinion.can_be_asked_again = opinion.status is not OpinionStatus.ANSWERED
