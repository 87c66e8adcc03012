"""What stands in the verdict form: as typed just now, or as kept in the draft."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.admin.doorway import check_length, typed_number, typed_words
from claims.enums import Stance
from claims.models import Draft, Rating

MOST_CHARACTERS = 50_000
_EVIDENCE_WORDS = ("url", "title", "publisher", "quote")


def offered_ratings() -> QuerySet[Rating]:
    return Rating.objects.filter(scale__is_default=True).order_by("position")


@dataclass(frozen=True)
class TypedVerdict:
    """`new_evidence` is what stands in the fields for evidence that is not added yet; empty when they are blank."""

    rating: Rating | None = None
    explanation: str = ""
    evidence: frozenset[int] = frozenset()
    new_evidence: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_request(cls, request: HttpRequest) -> "TypedVerdict":
        chosen = (typed_number(value) for value in request.POST.getlist("evidence"))
        return cls(
            rating=offered_ratings().filter(pk=typed_number(request.POST.get("rating"))).first(),
            explanation=typed_words(request, "explanation"),
            evidence=frozenset(number for number in chosen if number),
            new_evidence=typed_evidence(request),
        )

    @classmethod
    def from_draft(cls, draft: Draft | None) -> "TypedVerdict":
        if draft is None:
            return cls()
        new = [one for one in draft.evidence if isinstance(one, dict)]
        return cls(
            rating=draft.rating,
            explanation=draft.explanation,
            evidence=frozenset(one for one in draft.evidence if isinstance(one, int)),
            new_evidence=new[-1] if new else {},
        )

    @property
    def all_evidence(self) -> list[dict[str, Any] | int]:
        """As the stages want it."""
        return [*sorted(self.evidence), *([self.new_evidence] if self.new_evidence else [])]

    @property
    def is_blank(self) -> bool:
        return not (self.rating or self.explanation.strip() or self.evidence or self.new_evidence)

    def check_lengths(self) -> None:
        """Raises DeskError for more than the desk keeps."""
        too_long = _("The explanation is longer than %(most)s characters. Shorten it.")
        check_length(self.explanation, MOST_CHARACTERS, too_long)
        too_long = _("A field of the evidence is longer than %(most)s characters. Shorten it.")
        for name in _EVIDENCE_WORDS:
            check_length(self.new_evidence.get(name, ""), MOST_CHARACTERS, too_long)


def typed_evidence(request: HttpRequest) -> dict[str, Any]:
    words = {name: typed_words(request, f"evidence_{name}").strip() for name in _EVIDENCE_WORDS}
    if not any(words.values()):
        return {}
    stance = request.POST.get("evidence_stance", "")
    return words | {
        "stance": stance if stance in list(Stance) else Stance.CONTEXT.value,
        "is_primary": "evidence_is_primary" in request.POST,
    }
