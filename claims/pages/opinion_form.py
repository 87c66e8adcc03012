from django import forms
from django.utils.translation import gettext_lazy as _

from claims.enums import OpinionAnswer

ANSWERS = {
    OpinionAnswer.AGREE: _("I agree"),
    OpinionAnswer.OBJECT: _("I object"),
    OpinionAnswer.CANNOT_SAY: _("I cannot say"),
}


class AnswerForm(forms.Form):
    """`corrections`: how often the claim had been corrected when the person read it."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=list(ANSWERS.items()), error_messages={"required": _("Choose an answer.")}
    )
    comment = forms.CharField(label=_("Your comment"), required=False)
    corrections = forms.CharField(required=False)

    @property
    def opinion(self) -> tuple[OpinionAnswer, str, int]:
        typed = self.cleaned_data
        comment, count = typed["comment"].replace("\r\n", "\n"), typed["corrections"]
        corrections = int(count) if count.isascii() and count.isdigit() and len(count) < 9 else -1
        return OpinionAnswer(typed["answer"]), comment, corrections
