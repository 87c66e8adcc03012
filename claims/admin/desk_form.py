"""A form whose words a stage has the last say on."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from claims.admin.doorway import status_of
from claims.exceptions import DeskError, NotPermitted

T = TypeVar("T")


class DeskForm(forms.Form):
    refused_as = ""  # the code of the stage's refusal, if any

    def hand_in(self, verb: Callable[[], T]) -> tuple[T | None, int]:
        """What `verb` makes of a valid form; else None and the status of the page that says why, at the field meant.

        Raises NotPermitted.
        """
        if not self.is_valid():
            return None, 400
        try:
            return verb(), 200
        except NotPermitted:
            raise
        except DeskError as refusal:
            self.refused_as = refusal.code
            self.add_error(refusal.code if refusal.code in self.fields else None, refusal.message)
            return None, status_of(refusal)
