"""From the extractor's candidates to claims in the database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.enums import Change, EventKind, ExtractionStatus, WebhookEvent
from claims.extraction.candidates import Candidate
from claims.extraction.limits import explain_limits
from claims.history import END_OF_CHAIN, append_event, build_event
from claims.intake.comparing import Comparison, Places, compare_with, find_free, find_places, label_of
from claims.intake.extracting import lock_attempt
from claims.intake.revising import bring_back_claims, refresh_claims, retire_claims
from claims.jobs import QUEUE_CLAIMS, enqueue_on_commit
from claims.models import Appearance, Article, ArticleVersion, Claim, Claimant, ClaimEvent
from claims.notifications.webhooks import tell_of_reading
from claims.priority import refresh_priority

_BATCH = 500


@transaction.atomic
def record_claims(version: ArticleVersion, candidates: Sequence[Candidate], extractor: str) -> bool:
    """Store what one attempt found, all or nothing. False, and nothing stored, if it no longer holds the version.

    A claim that an earlier version of the article made in the same words gains an appearance instead of a double.
    Where another extractor has read this version before, the claims that are the machine's alone follow the new
    reading: they are relabelled, retired or brought back. What a person has touched stays as it is.
    """
    if not lock_attempt(version):
        return False
    _lock_article(version)
    places = find_places(version)
    claims, free = _lock_claims(places, candidates)
    comparison = compare_with(places, claims, candidates, extractor, free)
    added = _add(version, comparison, extractor)
    _revise(version, comparison, extractor)
    _mark_extracted(version, extractor, _describe(version, comparison, added, extractor))
    tell_of_reading(version, WebhookEvent.ARTICLE_EXTRACTED)
    enqueue_on_commit(QUEUE_CLAIMS, version.pk)
    return True


def _lock_article(version: ArticleVersion) -> None:
    """One version of an article is recorded at a time: each looks for the claims of the others."""
    Article.objects.select_for_update(no_key=True).get(pk=version.article_id)


def _lock_claims(places: Places, candidates: Sequence[Candidate]) -> tuple[dict[int, Claim], set[int]]:
    """The concerned claims, and the ids of those that are the machine's alone for as long as their locks are held.

    What a person works on is not locked, so that nobody waits for a long reading, unless it gains an appearance.
    """
    concerned = places.concerned(candidates)
    placed = {places.find(candidate) for candidate in candidates if places.is_new(candidate)} - {None}
    free = find_free(concerned)
    claims = Claim.objects.select_related("claimant")
    # In the order of all who lock several, and before anything that refers to them is written.
    locked = claims.select_for_update(of=("self",)).filter(pk__in=free | placed).order_by("pk")
    locked_by_id = {claim.pk: claim for claim in locked}
    return claims.in_bulk(concerned - free - placed) | locked_by_id, find_free(free)


def _add(version: ArticleVersion, comparison: Comparison, extractor: str) -> list[Claim]:
    created = _create_claims(version, comparison.fresh, extractor)
    places = [*zip(created, comparison.fresh, strict=True), *comparison.placed]
    Appearance.objects.bulk_create(_appearance(version, claim, candidate) for claim, candidate in places)
    reappeared = list(dict.fromkeys(claim for claim, _ in comparison.placed))
    for claim in reappeared:
        append_event(claim, EventKind.APPEARED, details={"version": version.number})
    refresh_priority(claim.pk for claim in reappeared)
    return created


def _revise(version: ArticleVersion, comparison: Comparison, extractor: str) -> None:
    refreshed = list(comparison.refreshed.values())
    names = {refresh.label["claimant"] for refresh in refreshed if refresh.changes}
    refresh_claims(version, refreshed, _claimants(names), extractor)
    retire_claims(version, comparison.groups[Change.RETIRED], extractor)
    bring_back_claims(version, comparison.groups[Change.FOUND_AGAIN], extractor)


def _create_claims(version: ArticleVersion, candidates: Sequence[Candidate], extractor: str) -> list[Claim]:
    labels = [label_of(candidate) for candidate in candidates]
    claimants = _claimants(label["claimant"] for label in labels)
    claims = Claim.objects.bulk_create(_new_claim(version, label, claimants, extractor) for label in labels)
    details = {"version": version.number, "extractor": extractor}
    ClaimEvent.objects.bulk_create(
        build_event(claim, EventKind.EXTRACTED, to_status=claim.status, details=details) for claim in claims
    )
    Claim.objects.bulk_update(claims, END_OF_CHAIN, batch_size=_BATCH)
    return claims


def _new_claim(
    version: ArticleVersion, label: dict[str, Any], claimants: Mapping[str, Claimant], extractor: str
) -> Claim:
    label = label | {"claimant": claimants.get(label["claimant"])}
    return Claim(article=version.article, extractor=extractor, **label)


def _claimants(names: Iterable[str]) -> dict[str, Claimant]:
    """Claimants by name, made where missing; sorted, so that two workers cannot deadlock."""
    wanted = sorted(set(names) - {""})
    Claimant.objects.bulk_create([Claimant(name=name) for name in wanted], ignore_conflicts=True)
    return {claimant.name: claimant for claimant in Claimant.objects.filter(name__in=wanted)}


def _appearance(version: ArticleVersion, claim: Claim, candidate: Candidate) -> Appearance:
    return Appearance(
        claim=claim,
        version=version,
        quote=candidate.quote,
        start=candidate.start,
        end=candidate.end,
        sentence=candidate.sentence,
    )


def _describe(
    version: ArticleVersion, comparison: Comparison, created: Sequence[Claim], extractor: str
) -> dict[str, Any]:
    """The difference to the reading before, as the version keeps it."""
    groups = {change.value: [claim.pk for claim in claims] for change, claims in comparison.groups.items()}
    groups[Change.ADDED] += [claim.pk for claim in created]
    asked_by = version.asked_by.username if version.asked_by else ""
    return {
        "from": version.extractor,
        "to": extractor,
        "at": f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}",
        "asked_by": asked_by,
        **groups,
    }


def _mark_extracted(version: ArticleVersion, extractor: str, difference: dict[str, Any]) -> None:
    if version.extractor:  # no difference where nobody has read the version before
        version.differences = [*version.differences, difference]
    version.extraction_status = ExtractionStatus.EXTRACTED
    version.extraction_note = explain_limits(version.text, version.article.language)
    version.extractor = extractor
    version.extracted_at = timezone.now()
    version.taken_until = version.asked_by = None
    version.save(
        update_fields=[
            "extraction_status",
            "extraction_note",
            "extractor",
            "extracted_at",
            "taken_until",
            "asked_by",
            "differences",
        ]
    )
