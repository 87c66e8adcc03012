"""Who hears of what; the table of all events is in `routes`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from claims.enums import EmailKind, SeatStatus, Timing
from claims.kept_queries import KeptQuery
from claims.models import (
    Article,
    ArticlePage,
    ArticleVersion,
    Assignment,
    Claim,
    ClaimEvent,
    Correction,
    DigestEntry,
    Draft,
    FactCheck,
    Feed,
    OutgoingEmail,
    OutsideOpinion,
    Rating,
    Reviewer,
    Verdict,
)
from claims.notifications.choices import choose_timings, is_paused
from claims.notifications.gathering import MOST_LISTED, describe_waiting, find_due
from claims.notifications.links import MASK
from claims.notifications.outbox import Occasion, keep_entries, queue_email, queue_mails, queue_outside_email
from claims.permissions import Power, can, may_adjudicate, people_who_can

UNKNOWN_LANGUAGES = ("", "und")  # none was named, and none could be told from the words


def tell_claims_waiting(version: ArticleVersion, claims: Sequence[Claim], total: int) -> None:
    """Everybody who reviews its topic and language: an article brought `total` claims, the best first in `claims`.

    One mail an article version, whatever their number; and one an hour, which gathers what came meanwhile. In a digest
    stands what waits when it is written: there is nothing to keep for it.
    """
    people = list(_who_reviews(version.article))
    timings = choose_timings(EmailKind.CLAIMS_WAITING, people)
    told = [person for person in people if timings.get(person.pk) is Timing.AT_ONCE]
    occasion = Occasion(EmailKind.CLAIMS_WAITING, f"version:{version.pk}", describe_waiting(claims, total))
    due = find_due(occasion, told)
    queue_mails(occasion, [person for person in told if person.pk not in due])
    keep_entries(occasion, {person: due[person.pk] for person in told if person.pk in due})


def _who_reviews(article: Article) -> Iterator[Reviewer]:
    for person in people_who_can(Power.REVIEW):
        topics = [topic.strip().casefold() for topic in person.topics]
        is_theirs = not topics or article.section.casefold() in topics
        reads_it = not person.languages or article.language in (*UNKNOWN_LANGUAGES, *person.languages)
        if is_theirs and reads_it:
            yield person


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


def tell_turn_lapsed(assignment: Assignment) -> None:
    """Who held the claim and had typed something: it is kept. Who had not has lost nothing."""
    if Draft.objects.filter(claim=assignment.claim_id, reviewer=assignment.reviewer_id).exists():
        context = {"assignment": assignment, "claim": assignment.claim}
        queue_email(EmailKind.TURN_LAPSED, f"assignment:{assignment.pk}", [assignment.reviewer], context)


def tell_second_verdict_needed(claim: Claim, given: Verdict) -> None:
    """Who reviews its topic and language and may still sit there: others have judged, and a seat is open.

    In a blind review that would tell how many have judged. In a digest the claim stands among what waits.
    """
    rule = claim.rule
    if rule is None or rule.is_blind or not claim.seats.filter(round=claim.round, status=SeatStatus.OPEN).exists():
        return
    people = list(_who_reviews(claim.article))
    timings = choose_timings(EmailKind.SECOND_VERDICT, people)
    told = [person for person in people if timings.get(person.pk) is Timing.AT_ONCE]
    if told:
        seated = _who_sits(claim) | {claim.added_by_id}
        occasion = Occasion(EmailKind.SECOND_VERDICT, f"verdict:{given.pk}", {"claim": claim})
        queue_mails(occasion, [person for person in told if person.pk not in seated])


def _who_sits(claim: Claim) -> set[int | None]:
    """Who has judged the claim or holds it."""
    turns = claim.assignments.exclude(outcome__in=["released", "lapsed", "withdrawn"])
    return set(turns.values_list("reviewer", flat=True))


def tell_adjudication_needed(claim: Claim, event: ClaimEvent) -> None:
    """Those whom the claim's rule lets adjudicate, but for who judged or added it; if that is nobody, administrators.

    They can make somebody an editor.
    """
    judged = set(claim.assignments.filter(outcome="verdict").values_list("reviewer", flat=True))
    asked = [
        person
        for person in people_who_can(Power.ADJUDICATE)
        if may_adjudicate(person, claim) and person.pk not in judged | {claim.added_by_id} and not is_paused(person)
    ]
    told = asked or people_who_can(Power.ADMINISTER)
    queue_email(EmailKind.ADJUDICATION_NEEDED, f"event:{event.pk}", told, {"claim": claim})


def tell_decided(claim: Claim, event: ClaimEvent, verdicts: Sequence[Verdict], was: Rating | None) -> None:
    """Who judged the claim, added it or sent its article; and, where it `was` rated otherwise, who was told so.

    Nobody is told of their own act: not who adjudicated, nor whose verdict alone was the decision. And nobody whom the
    desk shows no claims any more.
    """
    authors = {event.actor_id} | ({verdicts[0].assignment.reviewer_id} if len(verdicts) == 1 else set())
    concerned = _concerned(claim.pk, claim.added_by_id, claim.article.added_by_id)
    informed = set(_who_was_told(claim)) if was and was != claim.rating else set()
    cause = f"event:{event.pk}"
    changed, decided = ([one for one in people if one.pk not in authors] for people in (informed, concerned))
    queue_email(EmailKind.OUTCOME_CHANGED, cause, changed, {"claim": claim, "was": was})
    queue_email(EmailKind.CLAIM_DECIDED, cause, [one for one in decided if one not in informed], {"claim": claim})


@KeptQuery
def _concerned(claim: Any, added_by: Any, sent_by: Any) -> QuerySet[Reviewer]:
    judges = Assignment.objects.filter(claim=claim, outcome="verdict").values("reviewer")
    return people_who_can(Power.SEE_DESK).filter(Q(pk__in=judges) | Q(pk=added_by) | Q(pk=sent_by))


def tell_published(fact_check: FactCheck, event: ClaimEvent, but: Collection[Reviewer] = ()) -> None:
    """Who judged the claim, added it or sent its article, `but` these: where it can be read now."""
    claim = fact_check.claim
    concerned = _concerned(claim.pk, claim.added_by_id, claim.article.added_by_id)
    told = [person for person in concerned if person not in but]
    _tell_of_fact_check(EmailKind.FACT_CHECK_PUBLISHED, event, told, {"fact_check": fact_check})


def tell_republished(correction: Correction, event: ClaimEvent) -> None:
    """Everybody who was told the outcome, whether of the decision or of what was published.

    What is published anew, after another review, is told to who judged it, too.
    """
    told = set(_who_was_told(event.claim))
    if event.to_status:
        tell_published(correction.fact_check, event, but=told)
    context = {"fact_check": correction.fact_check, "correction": correction, "note": correction.note}
    _tell_of_fact_check(EmailKind.FACT_CHECK_CORRECTED, event, told, context)


def tell_withdrawn(fact_check: FactCheck, event: ClaimEvent) -> None:
    """Everybody who was told the outcome. No digest says any more that it is published."""
    context = {"fact_check": fact_check, "note": fact_check.withdrawn_because}
    _tell_of_fact_check(EmailKind.FACT_CHECK_CORRECTED, event, _who_was_told(event.claim), context)
    DigestEntry.objects.filter(claim=event.claim, kind=EmailKind.FACT_CHECK_PUBLISHED, told_by=None).delete()


def _tell_of_fact_check(
    kind: EmailKind, event: ClaimEvent, people: Iterable[Reviewer], context: dict[str, Any]
) -> None:
    """Nobody is told of their own act."""
    told = [person for person in people if person.pk != event.actor_id]
    queue_email(kind, f"event:{event.pk}", told, context | {"claim": event.claim})


_OUTCOMES = [
    EmailKind.CLAIM_DECIDED,
    EmailKind.OUTCOME_CHANGED,
    EmailKind.FACT_CHECK_PUBLISHED,
    EmailKind.FACT_CHECK_CORRECTED,
]


def _who_was_told(claim: Claim) -> QuerySet[Reviewer]:
    about = {"claim": claim, "kind__in": _OUTCOMES}
    mailed, noted = (rows.objects.filter(**about).values("recipient") for rows in (OutgoingEmail, DigestEntry))
    return people_who_can(Power.SEE_DESK).filter(Q(pk__in=mailed) | Q(pk__in=noted))


def tell_overdue(claims: Sequence[Claim], level: int, event: ClaimEvent) -> None:
    """Editors, and from the second level on administrators too. One mail for all of `claims`; `event` is the last's."""
    told = people_who_can(Power.ASSIGN)
    if level > 1:
        told = told | people_who_can(Power.ADMINISTER)
    context = {"claims": claims[:MOST_LISTED], "total": len(claims), "level": level}
    queue_email(EmailKind.CLAIMS_OVERDUE, f"event:{event.pk}", told, context)


def tell_article_failed(version: ArticleVersion) -> None:
    """Editors, who can have it read again, and who sent it."""
    told = {"failure": version.failure, "has_text": True}
    _tell_failed(version.article, f"version:{version.pk}:{version.attempts}", told)


def tell_page_failed(page: ArticlePage) -> None:
    """The same people: they can send its text, or have it tried again."""
    _tell_failed(page.article, f"page:{page.pk}:{page.attempts}", {"failure": page.last_error, "has_text": False})


def _tell_failed(article: Article, cause: str, context: dict[str, Any]) -> None:
    told = set(people_who_can(Power.REEXTRACT)) | ({article.added_by} if article.added_by else set())
    queue_email(EmailKind.ARTICLE_FAILED, cause, told, context | {"article": article})


def tell_feed_failing(feed: Feed) -> None:
    """Who manages feeds, and who added it, if they still may. Once, until it has been read in between."""
    told = set(people_who_can(Power.MANAGE_FEEDS))
    told |= {feed.added_by} if can(feed.added_by, Power.MANAGE_FEEDS) else set()
    queue_email(EmailKind.FEED_FAILING, f"feed:{feed.pk}:{feed.readings}", told, {"feed": feed})


def tell_opinion_asked(opinion: OutsideOpinion) -> None:
    """Who has no account: the question and the link. Not the claim, which a revoked link must not have told."""
    context = {"opinion": opinion, "link": MASK}
    queue_outside_email(EmailKind.OPINION_ASKED, f"opinion:{opinion.pk}", opinion.address, context)


def tell_opinion_given(opinion: OutsideOpinion) -> None:
    """Who asked; once they may ask no more, all who may. Not what was said: they may owe a blind verdict."""
    told = [opinion.asked_by] if can(opinion.asked_by, Power.ASK_OUTSIDE) else people_who_can(Power.ASK_OUTSIDE)
    context = {"opinion": opinion, "claim": opinion.claim}
    queue_email(EmailKind.OPINION_GIVEN, f"opinion:{opinion.pk}", told, context)
