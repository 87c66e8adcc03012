"""An editor corrects the machine: other words, another headline or kind; or one claim that is two."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims.enums import ClaimKind, EventKind
from claims.exceptions import Conflict, DeskError, MoveRefused
from claims.history import append_event
from claims.lifecycle import CLOSED, lock_claim
from claims.models import Appearance, Article, ArticleVersion, Claim, Reviewer
from claims.notifications.webhooks import tell_of_claim
from claims.permissions import Power, require
from claims.review.found_claims import HEADLINE_LENGTH, add_claim

Span = tuple[int, int]


@transaction.atomic
def correct_claim(
    editor: Reviewer,
    claim_id: int,
    *,
    span: Span | None = None,
    headline: str | None = None,
    kind: ClaimKind | None = None,
    reason: str = "",
) -> Claim:
    """Change what the machine, or a person, made of the words; what is not given stays. The history keeps both.

    `span`: [start, end) of the newest version's text, in code points. Facts of words that are left behind go with them.
    Raises MoveRefused for a closed claim, DeskError for what does not fit, Conflict for the words of another claim.
    """
    require(editor, Power.CORRECT)
    # The version before the claim, as whatever writes spans.
    version = _lock_newest_version(Article.objects.get(claims=claim_id))
    claim = _lock_open(claim_id)
    headline = _check_headline(headline)
    changes = _move_words(claim, version, span) if span else {}
    changes |= _compare(claim, headline=headline, kind=kind)
    if changes:
        claim.headline, claim.kind = headline or claim.headline, kind or claim.kind
        claim.save(update_fields=["headline", "kind", "facts"])
        how: dict[str, Any] = {"actor": editor, "reason": reason.strip(), "details": {"changes": changes}}
        tell_of_claim(claim, append_event(claim, EventKind.CORRECTED, **how))
    return claim


@transaction.atomic
def split_claim(
    editor: Reviewer,
    claim_id: int,
    span: Span,
    *,
    headline: str = "",
    kind: ClaimKind = ClaimKind.OTHER,
    reason: str = "",
) -> Claim:
    """A part of the claim becomes a claim of its own, at these words of the newest version. Returns the new one."""
    require(editor, Power.CORRECT)
    article = Article.objects.get(claims=claim_id)
    _lock_newest_version(article)
    claim = _lock_open(claim_id)
    part = add_claim(editor, article, *span, headline=headline, kind=kind)
    append_event(claim, EventKind.SPLIT, actor=editor, reason=reason.strip(), details={"into": part.pk})
    return part


def _lock_newest_version(article: Article) -> ArticleVersion:
    version = article.versions.select_for_update().order_by("-number").first()
    if version is None:
        raise DeskError(_("The article has no text."), code="span")
    return version


def _lock_open(claim_id: int) -> Claim:
    claim = lock_claim(claim_id)
    if claim.status in CLOSED:
        raise MoveRefused(_("The claim is closed. Reopen it before you correct it."))
    return claim


def _check_headline(headline: str | None) -> str | None:
    if headline is None:
        return None
    if not 0 < len(headline.strip()) <= HEADLINE_LENGTH:
        raise DeskError(_("A headline has 1 to %(most)s characters.") % {"most": HEADLINE_LENGTH}, code="headline")
    return headline.strip()


def _compare(claim: Claim, **values: Any) -> dict[str, Any]:
    """Of what is given and differs: what was and will be."""
    given = {name: (getattr(claim, name), value) for name, value in values.items() if value is not None}
    return {name: {"old": old, "new": new} for name, (old, new) in given.items() if old != new}


def _move_words(claim: Claim, version: ArticleVersion, span: Span) -> dict[str, Any]:
    start, end = span
    quote = version.text[start:end] if 0 <= start < end <= len(version.text) else ""
    if not quote.strip():
        raise DeskError(_("The span does not lie in the article's newest version, or is blank."), code="span")
    words = claim.appearances.filter(version=version).first() or Appearance(
        claim=claim, version=version, start=0, end=0
    )
    if (words.start, words.end) == span:
        return {}
    changes: dict[str, Any] = {"quote": {"old": words.quote, "new": quote}}
    if not (words.start < end and start < words.end):
        changes |= _compare(claim, facts={})
        claim.facts = {}
    words.start, words.end, words.quote, words.sentence = start, end, quote, ""
    try:
        with transaction.atomic():
            words.save()
    except IntegrityError as error:
        raise Conflict(_("These very words are already a claim of this article."), code="span_taken") from error
    return changes
