"""A new password ends the person's API tokens: whoever has one of them may be why it changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import ngettext
from knox.models import AuthToken

from claims.models import Reviewer


@contextmanager
def ending_tokens(request: HttpRequest, person: Reviewer) -> Iterator[None]:
    """Around what may change the person's password; if it does, their tokens end with it, and the next page says so."""
    with transaction.atomic():
        before = person.password
        yield
        person.refresh_from_db(fields=["password"])
        if person.password != before:
            _end_tokens(request, person)


def _end_tokens(request: HttpRequest, person: Reviewer) -> None:
    count, _details = AuthToken.objects.filter(user=person).delete()
    if count:
        said = ngettext(
            "%(n)s API token of %(person)s ended with the old password. Programs need a new one.",
            "%(n)s API tokens of %(person)s ended with the old password. Programs need new ones.",
            count,
        )
        messages.warning(request, said % {"n": count, "person": person})
