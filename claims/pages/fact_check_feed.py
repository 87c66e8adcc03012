"""The newest of what the desk has published, as Atom (RFC 4287). What is corrected comes up again, and says so."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from claims.models import Correction
from claims.pages.public import public_page, write
from claims.permissions import public_fact_checks
from claims.publishing.claim_review import address_of

LONGEST = 30  # entries
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


class FactCheckFeed(Feed):
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without the time of the last change, which stays the same where an entry is withdrawn."""
        answer = super().__call__(request, *args, **kwargs)
        del answer["Last-Modified"]
        return answer

    def title(self) -> str:
        return _readable(_("Fact-checks of %(desk)s") % {"desk": settings.DESK_NAME})

    def author_name(self) -> str:
        return _readable(settings.DESK_NAME)

    def link(self) -> str:
        return settings.SITE_URL + reverse("fact_checks")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("fact_check_feed")

    def items(self) -> QuerySet[Any]:
        """By the last change, with its time, and with the note of the last correction, if any."""
        last = Correction.objects.filter(fact_check=OuterRef("pk")).order_by("-number")
        live = public_fact_checks().filter(withdrawn_at=None).select_related("rating", "claim__claimant")
        told = live.annotate(corrected_at=Subquery(last.values("at")[:1]), correction=Subquery(last.values("note")[:1]))
        return told.defer("text").order_by("-changed_at", "-pk")[:LONGEST]

    def item_title(self, item: Any) -> str:
        title = _("Corrected: %(title)s") % {"title": item.title} if item.corrected_at else item.title
        return _readable(title)

    def item_description(self, item: Any) -> str:
        """HTML, as Atom has it of a summary."""
        return _readable(write("entry", {"fact_check": item, "claim": item.claim}))

    def item_link(self, item: Any) -> str:
        return address_of(item)

    def item_pubdate(self, item: Any) -> datetime:
        published_at: datetime = item.published_at
        return published_at

    def item_updateddate(self, item: Any) -> datetime:
        changed_at: datetime = item.changed_at
        return changed_at


def _readable(words: str) -> str:
    """Without the characters that no XML can hold."""
    return _FORBIDDEN.sub("", words)


fact_check_feed = public_page(FactCheckFeed())
