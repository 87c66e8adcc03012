"""What the address of the queue page asks for, and what it could ask for."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.admin.queue_search import MOST_TYPED
from claims.admin.queue_views import View, views_for
from claims.admin.words import KINDS, STATUSES
from claims.enums import ClaimKind, ClaimStatus
from claims.lifecycle import UNDER_REVIEW
from claims.models import Reviewer
from claims.permissions import visible_claims, with_shown_status
from claims.review.queue import EVERYTHING, Wanted

OFFERED_FROM = 200  # claims of each status whose outlets, topics and languages are offered as filters


@dataclass(frozen=True)
class QueueFilter:
    """What the address asks for; what it asks wrongly is left out."""

    statuses: frozenset[ClaimStatus] = UNDER_REVIEW
    wanted: Wanted = EVERYTHING
    after: str = ""
    view: View = View.ALL
    words: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "QueueFilter":
        status, view = query.get("status", ""), query.get("view", "")
        asked = frozenset({ClaimStatus(status)}) if status in list(ClaimStatus) else UNDER_REVIEW
        chosen = View(view) if view in list(View) else View.ALL
        return cls(
            statuses=asked & chosen.statuses,
            wanted=read_wanted(query),
            after=query.get("after", ""),
            view=chosen,
            words=query.get("q", "").replace("\x00", "").strip()[:MOST_TYPED],
        )

    @property
    def waits(self) -> bool:
        """Whether these claims still wait for a decision: they come as the queue takes them, others newest first."""
        return self.statuses <= UNDER_REVIEW


def read_wanted(typed: QueryDict) -> Wanted:
    kind = typed.get("kind", "")
    names = {name: typed.get(name, "").replace("\x00", "") for name in ("outlet", "topic", "language")}
    return Wanted(kind=kind if kind in list(ClaimKind) else "", **names)


class Choice(NamedTuple):
    query: str
    name: str
    is_chosen: bool


def offered_views(person: Reviewer, asked: QueryDict) -> list[Choice]:
    return _choices(asked, "view", [(view, view.words) for view in views_for(person)])


def offered_filters(person: Reviewer, asked: QueryDict, wanted: QueueFilter) -> Iterator[tuple[str, list[Choice]]]:
    """(name, choices) pairs. Outlets, topics and languages are those of the newest claims, and the chosen one."""
    outlets, topics, languages = _found_in(person, wanted)
    chosen = wanted.wanted
    yield _("Status"), _choices(asked, "status", [("", _("Under review")), *STATUSES.items()])
    yield _("Kind"), _choices(asked, "kind", [("", _("All")), *KINDS.items()])
    for title, name, found, own in (
        (_("Outlet"), "outlet", outlets, chosen.outlet),
        (_("Topic"), "topic", topics, chosen.topic),
        (_("Language"), "language", languages, chosen.language),
    ):
        words = sorted({word.casefold(): word for word in [*found, own] if word}.values())
        if words:
            yield title, _choices(asked, name, [("", _("All")), *zip(words, words, strict=True)])


def _found_in(person: Reviewer, wanted: QueueFilter) -> tuple[Collection[str], ...]:
    """The outlets, topics and languages of the newest claims of each status: an index knows them."""
    newest = [_newest(person, status, wanted) for status in sorted(wanted.statuses)]
    rows = newest[0].union(*newest[1:]) if newest else ()
    return tuple(zip(*rows, strict=True)) or ((), (), ())


def _newest(person: Reviewer, status: ClaimStatus, wanted: QueueFilter) -> QuerySet[Any, Any]:
    claims = with_shown_status(visible_claims(person), [status]).order_by("-pk")
    return claims.values_list("article__outlet", "article__section", "article__language")[:OFFERED_FROM]


def _choices(asked: QueryDict, name: str, values: Iterable[tuple[str, object]]) -> list[Choice]:
    values = list(values)
    chosen = asked.get(name, "")
    chosen = chosen if any(chosen == value for value, _name in values) else ""
    return [
        Choice(change_query(asked, **{name: value, "after": ""}), str(word), value == chosen) for value, word in values
    ]


def change_query(asked: QueryDict, **changes: str) -> str:
    """The query with some of it changed; an empty value drops the name."""
    query = asked.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = str(value)
    return f"?{query.urlencode()}"
