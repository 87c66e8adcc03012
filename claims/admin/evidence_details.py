"""What a page of the web says of itself, for the evidence form. A help only: the form works without it."""

import logging
from typing import cast

from django.db.models import CharField
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from redis.exceptions import RedisError

from claims.admin.doorway import needs, person_of, typed_words
from claims.counters import count
from claims.exceptions import DeskError
from claims.fetching import ADDRESS_CODE, Fetcher, FetchRefused
from claims.intake.page_details import cut, read_page_details
from claims.models import Evidence, Reviewer
from claims.permissions import Power

logger = logging.getLogger(__name__)

FETCHER = Fetcher()
MOST_A_MINUTE = 30  # of one person: the desk is nobody's means of knocking on other people's doors
_PERIOD = 60


@require_POST
@needs(Power.REVIEW)
def evidence_details(request: HttpRequest) -> JsonResponse:
    """JSON with `title` and `publisher` of the page at `evidence_url`, each as long as evidence may have it.

    A refusal is JSON with `code` and `message`: 400 for what is no address, 429 beyond the budget, 502 for what the
    web does.
    """
    try:
        _count(person_of(request))
        page = FETCHER.fetch(typed_words(request, "evidence_url"))
    except DeskError as refusal:
        message = f"{refusal.message} {_('You can fill in the fields by hand.')}"
        return JsonResponse({"code": refusal.code, "message": message}, status=_status_of(refusal))
    said = read_page_details(page.url, page.content_type, page.body)
    return JsonResponse({name: cut(getattr(said, name), _most(name)) for name in ("title", "publisher")})


def _status_of(refusal: DeskError) -> int:
    if isinstance(refusal, FetchRefused):
        return 400 if refusal.code == ADDRESS_CODE else 502
    return 429


def _most(name: str) -> int:
    return cast(CharField, Evidence._meta.get_field(name)).max_length or 0


def _count(person: Reviewer) -> None:
    """Raises DeskError beyond the person's budget. While Redis is away, everybody is let through."""
    try:
        asked = count(f"evidence-details:{person.pk}", _PERIOD)
    except (RedisError, OSError) as error:
        logger.warning("evidence is looked up uncounted: Redis is out of reach (%s)", error)
        return
    if asked > MOST_A_MINUTE:
        raise DeskError(_("You have looked up many pages. Wait a minute."), code="throttled")
