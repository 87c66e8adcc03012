"""What the templates of mails need beyond Django's own: `{% load mail %}`."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.notifications.words import KINDS
from claims.stored_words import say_stored

register = template.Library()
register.filter("say_stored", say_stored)


@register.filter
def line(value: Any) -> str:
    """In a text, somebody else's words on one line: they can begin none of their own, such as a false signature."""
    return " ".join(str(value).split())


@register.filter
def quoted(words: str) -> str:
    """In a text, somebody's own lines, each marked as such."""
    return "\n".join(f"> {one}".rstrip() for one in words.strip().splitlines())


@register.filter
def translated(sentences: list[str]) -> list[str]:
    """What the extractor said, in English, of why it picked a claim."""
    return [_(sentence) for sentence in sentences]


@register.filter
def in_words(kind: str) -> str:
    """The kind of a claim."""
    return str(KINDS.get(kind, kind))  # type: ignore[call-overload]


@register.filter
def about(claim: Claim, names_article: object) -> list[str]:
    """What stands below its headline: kind, claimant, article and outlet, as far as they are known."""
    article = (claim.article.title, claim.article.outlet) if names_article else ()
    known = (claim.claimant, *article)
    return [in_words(claim.kind), *(str(words) for words in known if words)]


@register.simple_tag(takes_context=True)
def claim_address(context: template.Context, claim_id: int, article_id: int) -> str:
    """Where the mail's reader can read the claim: who may not see the review reads it in its article."""
    page = ("review_claim", claim_id) if context["reads_review"] else ("article", article_id)
    return f"{settings.SITE_URL}{reverse(f'admin:{page[0]}', args=page[1:])}"
