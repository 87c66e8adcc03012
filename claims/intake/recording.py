"""From the extractor's candidates to claims in the database."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from claims.enums import EventKind, ExtractionStatus
from claims.extraction.candidates import Candidate
from claims.history import append_event, build_event
from claims.intake.extracting import lock_attempt
from claims.jobs import QUEUE_CLAIMS, enqueue_on_commit
from claims.lifecycle import lock_claim
from claims.models import Appearance, ArticleVersion, Claim, Claimant, ClaimEvent


@transaction.atomic
def record_claims(version: ArticleVersion, candidates: Sequence[Candidate], extractor: str) -> bool:
    """Store what one attempt found, all or nothing. False, and nothing stored, if it no longer holds the version.

    A claim that an earlier version of the article made in the same words gains an appearance instead of a double.
    Words that a person has made a claim of meanwhile are left to that claim.
    """
    if not lock_attempt(version):
        return False
    taken = set(version.appearances.values_list("start", "end"))
    candidates = [c for c in candidates if (c.start, c.end) not in taken]
    known = _claims_by_words(version)
    fresh = [c for c in candidates if (c.quote, c.sentence) not in known]
    claims = dict(zip(map(id, fresh), _create_claims(version, fresh, extractor), strict=True))
    again = {id(c): known[c.quote, c.sentence] for c in candidates if id(c) not in claims}
    Appearance.objects.bulk_create(_appearance(version, (claims | again)[id(c)], c) for c in candidates)
    for claim in sorted(set(again.values()), key=lambda claim: claim.pk):
        append_event(lock_claim(claim.pk), EventKind.APPEARED, details={"version": version.number})
    _mark_extracted(version, extractor)
    enqueue_on_commit(QUEUE_CLAIMS, version.pk)
    return True


def _claims_by_words(version: ArticleVersion) -> dict[tuple[str, str], Claim]:
    """Claims of the article's other versions by (quote, sentence)."""
    appearances = Appearance.objects.filter(version__article=version.article_id).select_related("claim")
    return {(appearance.quote, appearance.sentence): appearance.claim for appearance in appearances}


def _create_claims(version: ArticleVersion, candidates: Sequence[Candidate], extractor: str) -> list[Claim]:
    claimants = _claimants({_cut(c.claimant) for c in candidates if c.claimant})
    claims = Claim.objects.bulk_create(
        Claim(
            article=version.article,
            headline=_cut(c.headline),
            kind=c.kind,
            claimant=claimants.get(_cut(c.claimant or "")),
            facts=c.facts,
            check_worthiness=c.check_worthiness,
            reasons=c.reasons,
            extractor=extractor,
        )
        for c in candidates
    )
    ClaimEvent.objects.bulk_create(
        build_event(claim, None, EventKind.EXTRACTED, to_status=claim.status, details={"version": version.number})
        for claim in claims
    )
    return claims


def _cut(words: str) -> str:
    """At most what a headline or a name may hold."""
    return words[:300]


def _claimants(names: Iterable[str]) -> dict[str, Claimant]:
    """Claimants by name, made where missing; sorted, so that two workers cannot deadlock."""
    Claimant.objects.bulk_create([Claimant(name=name) for name in sorted(names)], ignore_conflicts=True)
    return {claimant.name: claimant for claimant in Claimant.objects.filter(name__in=names)}


def _appearance(version: ArticleVersion, claim: Claim, candidate: Candidate) -> Appearance:
    return Appearance(
        claim=claim,
        version=version,
        quote=candidate.quote,
        start=candidate.start,
        end=candidate.end,
        sentence=candidate.sentence,
    )


def _mark_extracted(version: ArticleVersion, extractor: str) -> None:
    version.extraction_status = ExtractionStatus.EXTRACTED
    version.extractor = extractor
    version.extracted_at = timezone.now()
    version.taken_until = None
    version.save(update_fields=["extraction_status", "extractor", "extracted_at", "taken_until"])
