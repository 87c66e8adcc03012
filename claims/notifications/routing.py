"""Who hears of what."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from claims.enums import EmailKind
from claims.models import Article, ArticleVersion, Assignment, Claim, ClaimEvent, Reviewer, Verdict
from claims.notifications.outbox import queue_email
from claims.permissions import Power, may_adjudicate, people_who_can

UNKNOWN_LANGUAGES = ("", "und")  # none was named, and none could be told from the words


def tell_claims_waiting(version: ArticleVersion, claims: Sequence[Claim], total: int) -> None:
    """Everybody who reviews its topic and language: an article brought `total` claims, the best first in `claims`.

    One mail an article version, whatever their number.
    """
    context = {"article": version.article, "claims": claims[:15], "total": total}
    queue_email(EmailKind.CLAIMS_WAITING, f"version:{version.pk}", _who_reviews(version.article), context)


def _who_reviews(article: Article) -> Iterator[Reviewer]:
    for person in people_who_can(Power.REVIEW):
        topics = [topic.strip().casefold() for topic in person.topics]
        is_theirs = not topics or article.section.casefold() in topics
        reads_it = not person.languages or article.language in (*UNKNOWN_LANGUAGES, *person.languages)
        if is_theirs and reads_it and not _is_away(person):
            yield person


def _is_away(person: Reviewer) -> bool:
    return person.away_until is not None and person.away_until > timezone.localdate()


def tell_assigned(assignment: Assignment) -> None:
    """The reviewer: an editor gave you a claim. Nobody is told of their own act."""
    if assignment.assigned_by == assignment.reviewer:
        return
    context = {"assignment": assignment, "claim": assignment.claim}
    queue_email(EmailKind.CLAIM_ASSIGNED, f"assignment:{assignment.pk}", [assignment.reviewer], context)


def tell_verdict_recorded(verdict: Verdict) -> None:
    """The reviewer: your verdict is in, as a receipt."""
    context = {"verdict": verdict, "claim": verdict.assignment.claim}
    queue_email(EmailKind.VERDICT_RECORDED, f"verdict:{verdict.pk}", [verdict.assignment.reviewer], context)


def tell_turn_ended(assignment: Assignment, by: Reviewer | None) -> None:
    """Who held the claim: somebody else has ended your turn. Nobody is told of their own act."""
    if by == assignment.reviewer:
        return
    context = {"assignment": assignment, "claim": assignment.claim, "by": by}
    queue_email(EmailKind.TURN_ENDED, f"assignment:{assignment.pk}", [assignment.reviewer], context)


def tell_adjudication_needed(claim: Claim, event: ClaimEvent) -> None:
    """Those whom the claim's rule lets adjudicate, but for who judged or added it; if that is nobody, administrators.

    They can make somebody an editor.
    """
    judged = set(claim.assignments.filter(outcome="verdict").values_list("reviewer", flat=True))
    asked = [
        person
        for person in people_who_can(Power.ADJUDICATE)
        if may_adjudicate(person, claim) and person.pk not in judged | {claim.added_by_id} and not _is_away(person)
    ]
    told = asked or people_who_can(Power.ADMINISTER)
    queue_email(EmailKind.ADJUDICATION_NEEDED, f"event:{event.pk}", told, {"claim": claim})


def tell_overdue(claims: Sequence[Claim], level: int, event: ClaimEvent) -> None:
    """Editors, and from the second level on administrators too. One mail for all of `claims`; `event` is the last's."""
    told = people_who_can(Power.ASSIGN)
    if level > 1:
        told = told | people_who_can(Power.ADMINISTER)
    context = {"claims": claims[:15], "total": len(claims), "level": level}
    present = (person for person in told if not _is_away(person))
    queue_email(EmailKind.CLAIMS_OVERDUE, f"event:{event.pk}", present, context)
