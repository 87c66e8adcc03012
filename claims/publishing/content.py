"""What an editor writes of a fact-check, and what of it holds."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.exceptions import DeskError
from claims.models import Claim, Evidence, FactCheck, Rating, Reviewer
from claims.permissions import visible_evidence

LIMITS = {  # characters
    "title": 300, "claim_reviewed": 1_000, "summary": 2_000, "text": 50_000, "note": 5_000, "reason": 5_000,
}  # fmt: skip
NEEDED = frozenset(LIMITS) - {"text"}


class Content(NamedTuple):
    """`claim_reviewed`: the claim as readers are told it; `evidence`: what they are shown of the claim's own."""

    title: str
    claim_reviewed: str
    summary: str
    text: str
    evidence: list[Evidence]


def read_content(editor: Reviewer, claim: Claim, words: Mapping[str, str], evidence: Collection[int]) -> Content:
    """Raises DeskError, whose code is the field's name, for what does not hold.

    `words`: the fields of Content but for `evidence`, which are the numbers of the rows.
    """
    return Content(
        read_words("title", " ".join(words["title"].split())),
        read_words("claim_reviewed", " ".join(words["claim_reviewed"].split())),
        read_words("summary", words["summary"]),
        read_words("text", words["text"]),
        _find_evidence(editor, claim, set(evidence)),
    )


def read_words(name: str, given: str) -> str:
    """One of LIMITS, without blanks around it. Raises DeskError, whose code is the name."""
    words = given.replace("\r\n", "\n").strip()
    known = {
        "field": pgettext("field", name.replace("_", " ")),
        "most": number_format(LIMITS[name], force_grouping=True),
    }
    if "\x00" in words:
        raise DeskError(_("The %(field)s holds a null character.") % known, code=name)
    if len(words) > LIMITS[name]:
        raise DeskError(_("The %(field)s is longer than %(most)s characters.") % known, code=name)
    if name in NEEDED and not words:
        raise DeskError(_("The %(field)s is empty: readers need it.") % known, code=name)
    return words


def _find_evidence(editor: Reviewer, claim: Claim, numbers: set[int]) -> list[Evidence]:
    """What readers see already is nothing that a blind review could hide from the editor."""
    may_show = Q(pk__in=visible_evidence(editor)) | Q(fact_checks__isnull=False)
    found = list(claim.evidence.filter(may_show, pk__in=numbers).order_by("pk").distinct())
    if len(found) < len(numbers):
        raise DeskError(_("Only evidence of the claim itself can be shown with it."), code="evidence")
    return found


def compare(fact_check: FactCheck, content: Content, rating: Rating) -> dict[str, Any]:
    """What it says, and would say by the content and the rating, of what differs."""
    shown = fact_check.evidence.order_by("pk")
    pairs = {
        "title": (fact_check.title, content.title),
        "summary": (fact_check.summary, content.summary),
        "text": (fact_check.text, content.text),
        "rating": (fact_check.rating.name, rating.name),
        "claim_reviewed": (fact_check.claim_reviewed, content.claim_reviewed),
        "evidence": (_addresses(shown), _addresses(content.evidence)),
    }
    differs = {"evidence": list(shown) != content.evidence, "rating": fact_check.rating_id != rating.pk}
    return {name: {"old": old, "new": new} for name, (old, new) in pairs.items() if differs.get(name, old != new)}


def _addresses(evidence: Iterable[Evidence]) -> list[str]:
    return [one.url for one in evidence]
