"""What a correction changed, for readers."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from operator import eq
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy

FIELDS = {  # what weighs most comes first
    "rating": gettext_lazy("Rating"),
    "claim_reviewed": gettext_lazy("Claim"),
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "text": gettext_lazy("Text"),
    "evidence": gettext_lazy("Sources"),
}


class Change(NamedTuple):
    """`before` and `after`: paragraphs, or the addresses of sources."""

    field: str
    words: str
    before: Sequence[str]
    after: Sequence[str]


def describe_changes(changes: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    """Of a long text only from the first paragraph that differs to the last."""
    parts = {name: (_split(change["old"]), _split(change["new"])) for name, change in changes.items()}
    return [Change(name, str(words), *_leave_alike(*parts[name])) for name, words in FIELDS.items() if name in parts]


def _split(said: str | list[str]) -> list[str]:
    if isinstance(said, list):
        return said
    return said.split("\n\n") if said else []


def _leave_alike(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    start = _count_alike(before, after)
    before, after = before[start:], after[start:]
    end = _count_alike(before[::-1], after[::-1])
    return before[: len(before) - end], after[: len(after) - end]


def _count_alike(one: list[str], other: list[str]) -> int:
    """How many are the same from the first on."""
    return len(list(takewhile(bool, map(eq, one, other))))
