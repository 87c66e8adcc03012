"""Evidence for and against a claim."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

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
        raise DeskError(_("Evidence: it has no %(fields)s.") % {"fields": ", ".join(unknown)}, code="evidence")
    if not str(fields.get("url", "")).startswith(("http://", "https://")):
        raise DeskError(_("Evidence: its address must begin with http:// or https://."), code="evidence")
    evidence = Evidence(claim=claim, added_by=person, **fields)
    try:
        evidence.full_clean(validate_constraints=False)
    except ValidationError as error:
        words = _("Evidence: %(errors)s") % {"errors": "; ".join(error.messages)}
        raise DeskError(words, code="evidence") from error
    evidence.save()
    append_event(claim, EventKind.EVIDENCE_ADDED, actor=person, details={"evidence": evidence.pk, "url": evidence.url})
    return evidence


def check_publishers(person: Reviewer, claim: Claim) -> None:
    """Raises DeskError while the evidence that the person sees is of fewer publishers than the claim's rule asks."""
    needed = claim.rule.min_publishers if claim.rule else 0
    if not needed:
        return
    seen = visible_evidence(person).filter(claim=claim)
    found = count_publishers(seen, claim.article.url, claim.article.outlet)
    if found < needed:
        words = _(
            "The desk's policy asks for evidence of %(needed)s independent publishers; so far there are %(found)s. "
            "Add evidence, then hand in again."
        )
        raise DeskError(words % {"needed": needed, "found": found}, code="publishers_needed")


def count_publishers(evidence: Iterable[Evidence], article_url: str = "", outlet: str = "") -> int:
    """How many of them are independent: no two of the same name or of the same host, and none the article's own."""
    own_host, own_name = _host(article_url), _name(outlet)
    names: dict[str, set[str]] = {}
    for one in evidence:
        host, name = _host(one.url), _name(one.publisher) or _host(one.url)
        if host != own_host and name != own_name:
            names.setdefault(host, set()).add(name)
    host_of: dict[str, str] = {}
    return sum(_pair(host, names, host_of, set()) for host in names)


def _pair(host: str, names: dict[str, set[str]], host_of: dict[str, str], tried: set[str]) -> bool:
    """Give the host a name of its own, where needed from another host that can do with another name."""
    for name in sorted(names[host]):
        if name not in tried:
            tried.add(name)
            if name not in host_of or _pair(host_of[name], names, host_of, tried):
                host_of[name] = host
                return True
    return False


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").rstrip(".")


def _name(publisher: str) -> str:
    return " ".join(publisher.split()).casefold()
