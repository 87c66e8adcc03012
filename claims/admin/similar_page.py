"""Whether a claim was said before: earlier fact-checks and similar claims, each with why it is alike.

The review page shows them as soon as they are found, and has nothing to wait for; without a script they are a page.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from claims.admin.doorway import needs, person_of, show
from claims.admin.facts_in_words import describe_facts
from claims.admin.moves import may_merge
from claims.admin.words import say
from claims.enums import ClaimStatus
from claims.matching.likeness import Likeness
from claims.matching.similar import Match, similar_claims
from claims.permissions import Power, visible_claims


class Line(NamedTuple):
    """A similar claim as it is listed."""

    claim: Any
    status: str
    why: str


@require_safe
@needs(Power.SEE_REVIEW)
def similar(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The page; with `part` in its address the lists alone, for the script of the review page."""
    person = person_of(request)
    claim = get_object_or_404(visible_claims(person), pk=claim_id)
    matches = similar_claims(person, claim)
    checked, others = ([_describe(one) for one in matches if one.is_checked is sort] for sort in (True, False))
    context = {
        "title": _("Said before?"),
        "claim": claim,
        "checked": checked,
        "others": others,
        "summary": _sum_up(len(checked), len(others)),
        "can_merge": may_merge(claim, person),
    }
    return show(request, "similar_list" if "part" in request.GET else "similar", context)


def _sum_up(checked: int, others: int) -> str:
    counts = [
        ngettext("%(n)s earlier fact-check", "%(n)s earlier fact-checks", checked) % {"n": checked} if checked else "",
        ngettext("%(n)s similar claim", "%(n)s similar claims", others) % {"n": others} if others else "",
    ]
    return ", ".join(filter(None, counts))


def _describe(match: Match) -> Line:
    claim = match.claim
    return Line(claim, say(ClaimStatus, claim.shown_status), "; ".join(_reasons(match.likeness, claim.facts)))


def _reasons(found: Likeness, facts: dict[str, Any]) -> Iterator[str]:
    """What is the same, and what is not; of the facts that differ, what the other claim says."""
    if found.shared_words:
        yield _("same words: %(words)s") % {"words": ", ".join(found.shared_words)}
    if found.shared_numbers:
        yield _("same numbers: %(numbers)s") % {"numbers": ", ".join(found.shared_numbers)}
    elif found.same_facts:
        yield from (f"{name}: {words}" for name, words in _tell(found.same_facts, facts))
    if found.same_claimant:
        yield _("same claimant")
    for _name, words in _tell(found.differing_facts, facts):
        yield _("but here: %(fact)s") % {"fact": words}


def _tell(names: tuple[str, ...], facts: dict[str, Any]) -> list[tuple[str, str]]:
    return describe_facts({name: facts[name] for name in names if name in facts})
