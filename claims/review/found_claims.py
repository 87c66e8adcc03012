"""A claim that a person found in an article: it goes straight into the queue."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims.enums import ClaimKind, EventKind
from claims.exceptions import Conflict, DeskError
from claims.history import append_event
from claims.marked import marked
from claims.models import Appearance, Article, Claim, Reviewer
from claims.permissions import Power, require
from claims.review.queue import queue_claim

HEADLINE_LENGTH = 300
REASONS = [{"name": "found_by_person", "weight": 1.0, "text": marked("a person at the desk found it worth checking")}]


@transaction.atomic
def add_claim(
    person: Reviewer, article: Article, start: int, end: int, *, headline: str = "", kind: ClaimKind = ClaimKind.OTHER
) -> Claim:
    """Add the claim at [start, end) of the article's newest version. Raises DeskError for what does not fit."""
    require(person, Power.ADD_CLAIMS)
    # Under its lock, as the extraction: both write spans of the version.
    version = article.versions.select_for_update().order_by("-number").first()
    quote = version.text[start:end] if version and 0 <= start < end <= len(version.text) else ""
    if version is None or not quote.strip():
        raise DeskError(_("The span does not lie in the article's newest version, or is blank."), code="span")
    if len(headline.strip()) > HEADLINE_LENGTH:
        words = _("A headline has at most %(most)s characters.")
        raise DeskError(words % {"most": HEADLINE_LENGTH}, code="headline")
    claim = Claim.objects.create(
        article=article,
        headline=headline.strip() or _shorten(quote),
        kind=kind,
        check_worthiness=1.0,
        reasons=REASONS,
        added_by=person,
    )
    append_event(claim, EventKind.EXTRACTED, actor=person, to_status=claim.status, details={"version": version.number})
    try:
        with transaction.atomic():
            Appearance.objects.create(claim=claim, version=version, quote=quote, start=start, end=end)
    except IntegrityError as error:
        raise Conflict(_("These very words are already a claim of this article."), code="span_taken") from error
    return queue_claim(claim.pk, actor=person)


def _shorten(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= HEADLINE_LENGTH else words[: HEADLINE_LENGTH - 1] + "…"
