"""Evidence for and against a claim."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.enums import EventKind
from claims.exceptions import DeskError
from claims.history import append_event
from claims.lifecycle import lock_claim
from claims.models import Claim, Evidence, Reviewer
from claims.permissions import Power, require, visible_evidence

FIELDS = frozenset({"url", "title", "publisher", "quote", "stance", "is_primary"})


@transaction.atomic
def add_evidence(person: Reviewer, claim_id: int, **fields: Any) -> Evidence:
    """Add evidence to a claim (`fields` of FIELDS). Raises DeskError for a field that does not hold."""
    require(person, Power.REVIEW)
    return create_evidence(person, lock_claim(claim_id), fields)


def create_evidence(person: Reviewer, claim: Claim, fields: dict[str, Any]) -> Evidence:
    """As `add_evidence`, for a caller that holds the claim's lock."""
    if unknown := sorted(fields.keys() - FIELDS):
        raise DeskError(f"Evidence: it has no {', '.join(unknown)}.", code="evidence")
    if not str(fields.get("url", "")).startswith(("http://", "https://")):
        raise DeskError("Evidence: its address must begin with http:// or https://.", code="evidence")
    evidence = Evidence(claim=claim, added_by=person, **fields)
    try:
        evidence.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise DeskError("Evidence: " + "; ".join(error.messages), code="evidence") from error
    evidence.save()
    append_event(claim, EventKind.EVIDENCE_ADDED, actor=person, details={"evidence": evidence.pk, "url": evidence.url})
    return evidence


def check_publishers(person: Reviewer, claim: Claim) -> None:
    """Raises DeskError while the evidence that the person sees is of fewer publishers than the claim's rule asks."""
    needed = claim.rule.min_publishers if claim.rule else 0
    if not needed:
        return
    found = count_publishers(visible_evidence(person).filter(claim=claim), claim.article.url)
    if found < needed:
        words = f"The desk's policy asks for evidence of {needed} independent publishers; so far there are {found}."
        raise DeskError(f"{words} Add evidence, then hand in again.", code="publishers_needed")


def count_publishers(evidence: Iterable[Evidence], article_url: str = "") -> int:
    """Independent ones: neither of the same name nor of the same host, and not the article's own."""
    own = _host(article_url)
    sources = {(_host(one.url), one.publisher.strip().casefold() or _host(one.url)) for one in evidence}
    hosts = {host for host, _name in sources} - {own}
    return min(len(hosts), len({name for host, name in sources if host in hosts}))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
