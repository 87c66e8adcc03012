"""What the desk has published, for everybody: the list, and a page for each."""

import json
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Substr
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.enums import ClaimStatus, Stance
from claims.models import FactCheck
from claims.pages.changes import describe_changes
from claims.pages.public import public_page, show
from claims.pages.quoting import MOST_AROUND, Passage, cut_passage
from claims.permissions import public_fact_checks
from claims.publishing.claim_review import address_of, build_claim_review

PAGE_SIZE = 20
STANCES = {
    Stance.SUPPORTS: _("Supports the claim"),
    Stance.REFUTES: _("Contradicts the claim"),
    Stance.CONTEXT: _("Gives context"),
}
NEAR = 2 * MOST_AROUND  # characters on either side of a claim, of which a passage is cut
# In JSON each is the same character; in a page none of them can end the script or begin another.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


@public_page
def fact_checks(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    last = _find_last(before)
    related = _live_before(last).select_related("rating", "claim__article", "claim__claimant")
    found = list(related.defer("text")[: PAGE_SIZE + 1])
    older = found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None
    context = {"fact_checks": found[:PAGE_SIZE], "older": older, "is_first_page": last is None}
    return show("list", context | {"address": settings.SITE_URL + reverse("fact_checks")})


def _find_last(before: str) -> FactCheck | None:
    """The last one that the reader has seen, by its number; what is no number of one begins anew."""
    is_number = before.isascii() and before.isdigit() and len(before) < 19
    return public_fact_checks().filter(pk=int(before)).only("published_at").first() if is_number else None


def _live_before(last: FactCheck | None) -> QuerySet[FactCheck]:
    live = public_fact_checks().filter(withdrawn_at=None)
    if last is None:
        return live
    return live.filter(published_at__lte=last.published_at).exclude(published_at=last.published_at, pk__gte=last.pk)


@public_page
def fact_check(request: HttpRequest, slug: str) -> HttpResponse:
    related = public_fact_checks().select_related("rating", "claim__article", "claim__claimant")
    found = related.filter(slug=slug).first()
    if found is None:
        return show("unknown", {}, 404)
    return _show_withdrawn(found) if found.withdrawn_at else show("fact_check", _describe(found))


def _show_withdrawn(found: FactCheck) -> HttpResponse:
    """With the one that was published in its place, if any: links from elsewhere still lead here."""
    newer = public_fact_checks().filter(claim=found.claim_id, withdrawn_at=None).first()
    page = show("withdrawn", {"fact_check": found, "newer": newer}, 410)
    page["X-Robots-Tag"] = "noindex"
    return page


def _describe(found: FactCheck) -> dict[str, Any]:
    """It is being checked again until what came of it is published too: till then nobody may take it for settled."""
    corrections = found.corrections.order_by("-number")
    return {
        "fact_check": found,
        "claim": found.claim,
        "address": address_of(found),
        "passage": _find_passage(found),
        "evidence": [(one, STANCES[Stance(one.stance)]) for one in found.evidence.order_by("pk")],
        "corrections": [(one, describe_changes(one.changes)) for one in corrections],
        "is_checked_again": found.claim.status != ClaimStatus.PUBLISHED,
        "claim_review": as_script(build_claim_review(found)),
    }


def _find_passage(found: FactCheck) -> Passage | None:
    """Of an article, which may be long, only what is near the claim is read. None where no text held it."""
    places = FactCheck.objects.filter(pk=found.pk, version__isnull=False)
    places = places.annotate(first=Greatest(F("start") - NEAR, 0))
    near = Substr("version__text", F("first") + 1, F("end") - F("first") + NEAR)
    place = places.annotate(near=near).values_list("near", "first", "start", "end").first()
    if place is None:
        return None
    text, first, start, end = place
    return cut_passage(text, start - first, end - first)


def as_script(data: dict[str, Any]) -> SafeString:
    """The data as the content of a <script>: ASCII alone, and nothing that a page could take for its own."""
    return SafeString(json.dumps(data).translate(ESCAPES))
