"""A decided claim is published as a fact-check, corrected in the open, and withdrawn with a reason.

Each is one transaction under the claim's lock. What readers were told is never changed without their being told.
"""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims.enums import ClaimStatus, EventKind, WebhookEvent
from claims.exceptions import Conflict, DeskError, MoveRefused
from claims.history import append_event
from claims.lifecycle import lock_claim, move_locked
from claims.models import Claim, ClaimEvent, Correction, FactCheck, Rating, Reviewer
from claims.notifications.routing import tell_published, tell_republished, tell_withdrawn
from claims.notifications.webhooks import tell_of_fact_check
from claims.permissions import Power, require
from claims.publishing.content import Content, compare, read_content, read_words

WORDS = ("title", "claim_reviewed", "summary", "text")
_UNSURE, _DATED = re.compile(r"\[([^\[\]]+)\?\]"), re.compile(r" ?\[(as of )?[\d.][^\[\]\s]*\]")
LONGEST_TITLE = 90  # characters of it in a slug


@transaction.atomic
def publish_claim(
    editor: Reviewer,
    claim_id: int,
    *,
    title: str,
    summary: str,
    claim_reviewed: str = "",
    text: str = "",
    evidence: Collection[int] = (),
    seen: str | None = None,
) -> FactCheck:
    """The desk's decision on the claim goes public, in the editor's words; `evidence`: what readers are shown of it.

    `claim_reviewed`: the claim as readers are told it, by itself as it stands alone.

    `seen`: the edition that the words were written for, where the caller knows it. Raises Conflict where there is a
    fact-check of it already or `seen` has passed, MoveRefused where it is not decided, DeskError for words that do not
    hold.
    """
    require(editor, Power.PUBLISH)
    claim = lock_claim(claim_id)
    if claim.fact_checks.filter(withdrawn_at=None).exists():
        raise Conflict(_("This claim has a fact-check already. Correct that one."), code="published")
    if claim.status != ClaimStatus.DECIDED or claim.rating is None:
        raise MoveRefused(_("Only a decided claim can be published. Have it reviewed first."))
    _check_seen(seen, claim, 0)
    words = {"title": title, "claim_reviewed": claim_reviewed or say_alone(claim), "summary": summary, "text": text}
    content = read_content(editor, claim, words, evidence)
    fact_check = FactCheck(
        claim=claim, slug=_make_slug(claim, content.title), published_by=editor, **_find_place(claim)
    )
    _write(fact_check, content, claim.rating)
    event = move_locked(claim, ClaimStatus.PUBLISHED, EventKind.PUBLISHED, actor=editor, details=_describe(fact_check))
    tell_published(fact_check, event)
    tell_of_fact_check(fact_check, event, WebhookEvent.FACT_CHECK_PUBLISHED)
    return fact_check


def _find_place(claim: Claim) -> dict[str, Any]:
    """Where it stands first in the newest version that holds it."""
    place = claim.appearances.order_by("-version__number", "start").values("version_id", "start", "end").first()
    return dict(place or {})


def say_alone(claim: Claim) -> str:
    """A sentence without what the machine has marked in it: `[them?]` is `them`, and `[2022-24]` is left out."""
    return _DATED.sub("", _UNSURE.sub(r"\1", claim.stand_alone)) or claim.headline


def edition_of(claim: Claim, corrections: int) -> str:
    """What an editor has before them: with another decision, or one correction more, it is another edition."""
    return name_edition(claim.decided_at, corrections)


def name_edition(decided_at: datetime | None, corrections: int = 0) -> str:
    return f"{corrections}.{decided_at and decided_at.isoformat()}"


def _check_seen(seen: str | None, claim: Claim, corrections: int) -> None:
    """Nobody publishes what they wrote of another decision, or writes over a correction that they have not read."""
    if seen is not None and seen != edition_of(claim, corrections):
        words = _(
            "It was decided or corrected anew while you wrote. Read what it says now, then send your words again."
        )
        raise Conflict(words, code="edition_passed")


def _make_slug(claim: Claim, title: str) -> str:
    """Unique: it ends in the claim's number, and from its second fact-check on in that one's."""
    words = slugify(title)[:LONGEST_TITLE].strip("-") or "fact-check"
    earlier = claim.fact_checks.count()
    return f"{words}-{claim.pk}" + (f"-v{earlier + 1}" if earlier else "")


def _write(fact_check: FactCheck, content: Content, rating: Rating) -> None:
    for name in WORDS:
        setattr(fact_check, name, getattr(content, name))
    fact_check.rating, fact_check.changed_at = rating, timezone.now()
    fact_check.save()
    fact_check.evidence.set(content.evidence)


def _describe(fact_check: FactCheck) -> dict[str, Any]:
    return {"fact_check": fact_check.slug, "rating": fact_check.rating.name}


@transaction.atomic
def correct_fact_check(
    editor: Reviewer,
    slug: str,
    note: str,
    *,
    evidence: Collection[int] | None = None,
    seen: str | None = None,
    **words: str,
) -> Correction:
    """Change what a fact-check says (`words`: of WORDS); what is not given stays. `note` tells readers what was wrong.

    Where its claim was reviewed again and decided, it takes that rating, and the claim is published again; then it may
    stay as it is otherwise. `seen`: the edition that the editor corrects, where the caller knows it. Raises
    FactCheck.DoesNotExist, Conflict for a withdrawn one or where `seen` has passed, DeskError for words that do not
    hold, and where nothing changes.
    """
    require(editor, Power.PUBLISH)
    claim, fact_check = _lock_live(slug)
    _check_seen(seen, claim, fact_check.corrections.count())
    note = read_words("note", note)
    shown = fact_check.evidence.values_list("pk", flat=True) if evidence is None else evidence
    content = read_content(editor, claim, {name: getattr(fact_check, name) for name in WORDS} | words, shown)
    decided_anew = claim.rating if claim.status == ClaimStatus.DECIDED else None
    rating = decided_anew or fact_check.rating
    changes = compare(fact_check, content, rating)
    if not changes and not decided_anew:
        raise DeskError(_("Nothing is changed, so there is nothing to correct."), code="unchanged")
    correction = _write_correction(editor, fact_check, note, changes)
    _write(fact_check, content, rating)
    details = _describe(fact_check) | {"correction": correction.number, "changes": sorted(changes)}
    to = ClaimStatus.PUBLISHED if decided_anew else None
    event = _record(claim, EventKind.FACT_CHECK_CORRECTED, to, actor=editor, reason=note, details=details)
    tell_republished(correction, event)
    tell_of_fact_check(fact_check, event, WebhookEvent.FACT_CHECK_CORRECTED)
    return correction


def _write_correction(editor: Reviewer, fact_check: FactCheck, note: str, changes: dict[str, Any]) -> Correction:
    number = fact_check.corrections.count() + 1
    return Correction.objects.create(
        fact_check=fact_check, number=number, note=note, changes=changes, corrected_by=editor
    )


@transaction.atomic
def withdraw_fact_check(editor: Reviewer, slug: str, reason: str) -> FactCheck:
    """Its page says from now on that it is withdrawn, when and why. A claim that was published is decided again.

    Raises FactCheck.DoesNotExist, Conflict where it is withdrawn already, DeskError without a reason.
    """
    require(editor, Power.PUBLISH)
    claim, fact_check = _lock_live(slug)
    fact_check.withdrawn_because = read_words("reason", reason)
    fact_check.withdrawn_at = timezone.now()
    fact_check.save(update_fields=["withdrawn_at", "withdrawn_because"])
    to = ClaimStatus.DECIDED if claim.status == ClaimStatus.PUBLISHED else None
    how: dict[str, Any] = {"reason": fact_check.withdrawn_because, "details": _describe(fact_check)}
    event = _record(claim, EventKind.FACT_CHECK_WITHDRAWN, to, actor=editor, **how)
    tell_withdrawn(fact_check, event)
    tell_of_fact_check(fact_check, event, WebhookEvent.FACT_CHECK_WITHDRAWN)
    return fact_check


def _lock_live(slug: str) -> tuple[Claim, FactCheck]:
    """The fact-check and its claim, under the claim's lock."""
    claim = lock_claim(FactCheck.objects.values_list("claim", flat=True).get(slug=slug))
    fact_check = claim.fact_checks.select_related("rating").get(slug=slug)
    if fact_check.withdrawn_at:
        raise Conflict(_("It is withdrawn. Publish the claim anew."), code="withdrawn")
    return claim, fact_check


def _record(claim: Claim, kind: EventKind, to: ClaimStatus | None, **how: Any) -> ClaimEvent:
    """A move where the claim's status changes by it."""
    return move_locked(claim, to, kind, **how) if to else append_event(claim, kind, **how)
