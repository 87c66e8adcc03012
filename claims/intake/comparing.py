"""What a reading of a version would change: its candidates beside the claims that the desk has already."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from claims.enums import Change, ClaimStatus
from claims.extraction.candidates import Candidate
from claims.intake.untouched import untouched
from claims.models import Appearance, ArticleVersion, Claim

LABEL = ("headline", "kind", "claimant", "facts", "check_worthiness", "reasons", "stand_alone")
MOST_CHARACTERS = 300  # of a headline and of a claimant's name

Changes = dict[str, dict[str, Any]]  # field -> {"old": value, "new": value}, as JSON keeps them


class Refresh(NamedTuple):
    """An untouched claim that was found, its new label, and what of the label differs."""

    claim: Claim
    label: dict[str, Any]
    changes: Changes


@dataclass
class Comparison:
    """`fresh` are of no claim yet, `placed` are words of a claim at a new place, `refreshed` (by claim id) is to be
    written; `groups` hold every claim of the version as it is before, and those that are new to the version.
    """

    fresh: list[Candidate] = field(default_factory=list)
    placed: list[tuple[Claim, Candidate]] = field(default_factory=list)
    refreshed: dict[int, Refresh] = field(default_factory=dict)
    groups: dict[Change, list[Claim]] = field(default_factory=lambda: {change: [] for change in Change})


class Places(NamedTuple):
    """Where the article's claims stand: claim ids by (start, end) in the version, and by (quote, sentence) in any."""

    by_span: dict[tuple[int, int], int]
    by_words: dict[tuple[str, str], int]
    elsewhere: set[int]  # claims that another version holds

    @property
    def here(self) -> set[int]:
        return set(self.by_span.values())

    def find(self, candidate: Candidate) -> int | None:
        span = self.by_span.get((candidate.start, candidate.end))
        return span or self.by_words.get((candidate.quote, candidate.sentence))

    def is_new(self, candidate: Candidate) -> bool:
        return (candidate.start, candidate.end) not in self.by_span

    def concerned(self, candidates: Iterable[Candidate]) -> set[int]:
        """Every claim that a reading with these candidates may have to do with."""
        return self.here | {found for candidate in candidates if (found := self.find(candidate))}


def find_places(version: ArticleVersion) -> Places:
    places = Places({}, {}, set())
    appearances = Appearance.objects.filter(version__article=version.article_id).order_by("version__number", "start")
    for claim, in_version, start, end, *words in appearances.values_list(
        "claim", "version", "start", "end", "quote", "sentence"
    ):
        places.by_words[words[0], words[1]] = claim
        if in_version == version.pk:
            places.by_span[start, end] = claim
        else:
            places.elsewhere.add(claim)
    return places


def compare(version: ArticleVersion, candidates: Sequence[Candidate], extractor: str) -> Comparison:
    """What recording the candidates would do as things stand; nothing is locked or written."""
    places = find_places(version)
    claims = Claim.objects.select_related("claimant").in_bulk(places.concerned(candidates))
    return compare_with(places, claims, candidates, extractor, find_free(claims))


def find_free(claim_ids: Iterable[int]) -> set[int]:
    """Those of the claims that are the machine's alone."""
    return set(untouched(Claim.objects.filter(pk__in=list(claim_ids))).values_list("pk", flat=True))


def compare_with(
    places: Places, claims: dict[int, Claim], candidates: Sequence[Candidate], extractor: str, free: set[int]
) -> Comparison:
    """As `compare`, with the concerned claims at hand; `free` are the ids of those that may be changed."""
    comparison, found = Comparison(), dict[int, Candidate]()
    for candidate in candidates:
        claim_id = places.find(candidate)
        if claim_id is None:
            comparison.fresh.append(candidate)
            continue
        found.setdefault(claim_id, candidate)
        if places.is_new(candidate):
            comparison.placed.append((claims[claim_id], candidate))
    for claim in sorted(claims.values(), key=lambda claim: claim.pk):
        _judge(comparison, claim, found.get(claim.pk), places, extractor, is_free=claim.pk in free)
    return comparison


def _judge(
    comparison: Comparison, claim: Claim, found: Candidate | None, places: Places, extractor: str, *, is_free: bool
) -> None:
    label = label_of(found) if found else {}
    # What this very extractor said of the claim in another version stays: one label, whichever version is read last.
    changes = find_changes(claim, label) if claim.extractor != extractor else {}
    if found and is_free:
        comparison.refreshed[claim.pk] = Refresh(claim, label, changes)
    change = _change_found(claim, changes, is_free) if found else _change_lost(claim, places, is_free)
    if claim.pk not in places.here and change is not Change.FOUND_AGAIN:
        change = Change.ADDED
    if change:
        comparison.groups[change].append(claim)


def _change_found(claim: Claim, changes: Changes, is_free: bool) -> Change:
    if is_free and claim.status == ClaimStatus.DISMISSED:
        return Change.FOUND_AGAIN
    if not changes:
        return Change.KEPT
    return Change.RELABELLED if is_free else Change.LEFT_ALONE


def _change_lost(claim: Claim, places: Places, is_free: bool) -> Change | None:
    """None for what the machine did not find in the first place, or has retired already."""
    if claim.added_by_id or (is_free and claim.status == ClaimStatus.DISMISSED):
        return None
    if not is_free:
        return Change.LEFT_ALONE
    return Change.ELSEWHERE if claim.pk in places.elsewhere else Change.RETIRED


def label_of(candidate: Candidate) -> dict[str, Any]:
    """The candidate's label by LABEL, as the claim will hold it; the claimant by name, "" for none."""
    return {
        "headline": candidate.headline[:MOST_CHARACTERS],
        "kind": str(candidate.kind),
        "claimant": (candidate.claimant or "")[:MOST_CHARACTERS],
        "facts": candidate.facts,
        "check_worthiness": candidate.check_worthiness,
        "reasons": candidate.reasons,
        "stand_alone": candidate.stand_alone,
    }


def find_changes(claim: Claim, label: dict[str, Any]) -> Changes:
    held = {name: getattr(claim, name) for name in LABEL} | {"claimant": claim.claimant.name if claim.claimant else ""}
    pairs = {name: {"old": _as_json(held[name]), "new": _as_json(new)} for name, new in label.items()}
    return {name: pair for name, pair in pairs.items() if pair["old"] != pair["new"]}


def _as_json(value: Any) -> Any:
    """The value as it comes back from the database, so that equal things are equal and an event's hash holds.

    There 1e16 comes back as a whole number and −0.0 without its sign.
    """
    plain: Any = json.loads(json.dumps(value), parse_float=_whole_if_whole)
    return plain


def _whole_if_whole(digits: str) -> float | int:
    number = float(digits)
    return int(number) if number.is_integer() else number
