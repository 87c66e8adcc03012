"""A desk on which nearly everything has happened once. What people typed is Cyrillic, unlike all the desk says."""

from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.utils import timezone
from knox.models import AuthToken

from claims.enums import (
    Channel,
    ClaimKind,
    DeliveryStatus,
    DismissalReason,
    EmailKind,
    EmailStatus,
    EventKind,
    ExtractionStatus,
    OpinionAnswer,
    PageStatus,
    PauseReason,
    WebhookEvent,
)
from claims.extraction.worthiness import FEATURES, judge
from claims.history import append_event
from claims.intake import web_failures
from claims.intake.extracting import GAVE_UP
from claims.intake.revising import NOT_FOUND
from claims.models import (
    Appearance,
    Article,
    ArticlePage,
    ArticleVersion,
    Claim,
    Claimant,
    OutgoingEmail,
    OutsideOpinion,
    Rating,
    RatingScale,
    Reviewer,
)
from claims.notifications.batches import FULL, GIVEN_UP
from claims.notifications.signing import make_secret
from claims.notifications.webhook_posting import NO_ANSWER, OUR_FAULT, REDIRECTS, REFUSES, TOO_SLOW
from claims.publishing.fact_checks import correct_fact_check, publish_claim, withdraw_fact_check
from claims.review.adjudication import adjudicate_claim
from claims.review.assignments import assign_claim, reassign, release_assignment, take_claim
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim, restore_decision, unmerge_claim
from claims.review.contacts import ask_claimant, record_answer
from claims.review.correcting import correct_claim, split_claim
from claims.review.deadlines import escalate_overdue, prioritise_claim
from claims.review.drafts import save_draft
from claims.review.evidence import add_evidence
from claims.review.found_claims import add_claim
from claims.review.opinion_answers import count_corrections, give_opinion, note_opened, note_refused
from claims.review.opinions import revoke_opinion
from claims.review.policy import adopt_policy
from claims.review.undoing import undo_act
from claims.review.verdicts import record_verdict
from tests.factories import make_article, make_opinion, make_queued_claim, make_unread_article
from tests.intake.feeding import make_entry, make_feed
from tests.notifications.hooks import make_delivery, make_webhook

TWO_SEATS = (8, 14, 15)
KINDS = [kind for kind in ClaimKind if kind is not ClaimKind.EVENT]
WHY = "Так сказано в реестре."
FACTS = {
    "quantity": {
        "value": 2500,
        "bound": "about",
        "unit": "докеров",
        "per": "year",
        "comparison": {"direction": "up", "base": "год назад"},
    },
    "date": "2021-12~",
}


def fill_desk(reviewers: list[Reviewer], editor: Reviewer, administrator: Reviewer) -> list[Claim]:
    """Claims in every standing; the first waits, and is everybody's to take."""
    _name_in_cyrillic(reviewers, editor, administrator)
    adopt_policy(editor, [{"seats": 2, "agreeing": 2, "tolerance": 1, "kind": "event"}, {"min_publishers": 1}], WHY)
    claims = _make_claims(16)
    _move(claims, reviewers, editor)
    _judge(claims, reviewers, editor)
    _publish(claims, editor)
    _write_about(claims, reviewers[0])
    _fail(claims[0])
    _ask_outside(claims[0], editor)
    _tell_programs(editor, reviewers[0])
    _read_feeds(editor, claims[0])
    _read_pages(claims[0].article)
    AuthToken.objects.create(user=reviewers[0])
    return claims


def _name_in_cyrillic(reviewers: list[Reviewer], *others: Reviewer) -> None:
    for person, name in zip(chain(reviewers, others), ("Рита", "Семён", "Нора", "Эдда", "Алма"), strict=True):
        person.username = person.first_name = person.last_name = name
        person.save()
    for number, rating in enumerate(Rating.objects.order_by("pk")):
        Rating.objects.filter(pk=rating.pk).update(name=f"Оценка {number}", meaning="Значение")
    RatingScale.objects.update(name="Шкала")


def _make_claims(count: int) -> list[Claim]:
    quotes = [f"{number + 1000} судов" for number in range(count)]
    article = make_article(
        ". ".join(f"Гавань видела {quote}" for quote in quotes),
        outlet="Газета",
        section="Порт",
        language="ru",
        external_id="17",
        published_on=timezone.localdate(),
    )
    article.title = "Гавань растёт"
    article.save()
    article.versions.update(extractor="7", extracted_at=timezone.now(), extraction_note=_note())
    claimant = Claimant.objects.create(name="Начальник порта")
    reasons = judge(frozenset(FEATURES), 0.5).reasons
    return [
        make_queued_claim(
            article=article,
            quote=quote,
            claimant=claimant,
            facts=FACTS,
            reasons=reasons,
            extractor="7",
            kind=ClaimKind.EVENT if place in TWO_SEATS else KINDS[place % len(KINDS)],
            stand_alone="Гавань видела суда.",
        )
        for place, quote in enumerate(quotes)
    ]


def _note() -> str:
    return "Most of the text is in Cyrillic script, which the extractor cannot read."


def _move(claims: list[Claim], reviewers: list[Reviewer], editor: Reviewer) -> None:
    _first, dismissed, merged, back, boosted, late, *_rest = claims
    dismiss_claim(editor, dismissed.pk, WHY, DismissalReason.NOT_CHECKABLE)
    merge_claim(editor, merged.pk, claims[0].pk, WHY)
    merge_claim(editor, back.pk, claims[0].pk, WHY)
    unmerge_claim(editor, back.pk, WHY)
    number = dismiss_claim(editor, back.pk, WHY, DismissalReason.OPINION).last_event_number
    undo_act(editor, back.pk, number)
    prioritise_claim(editor, boosted.pk, boost=2, due_at=timezone.now() + timedelta(days=2), reason=WHY)
    Claim.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=2))
    escalate_overdue()
    escalate_overdue()
    turn = assign_claim(editor, boosted.pk, reviewers[0])
    reassign(editor, turn.pk, reviewers[1])
    release_assignment(reviewers[2], take_claim(reviewers[2], back.pk).pk)
    correct_claim(editor, back.pk, headline="Иначе", kind=ClaimKind.RULE, reason=WHY)
    start = back.appearances.get().start
    split_claim(editor, back.pk, (start, start + 4), headline="Часть", kind=ClaimKind.OTHER, reason=WHY)


def _judge(claims: list[Claim], reviewers: list[Reviewer], editor: Reviewer) -> None:
    ratings = list(Rating.objects.order_by("pk"))
    decided, reopened, restored, differing, adjudicated, half = (
        claims[6],
        claims[7],
        claims[9],
        *(claims[place] for place in TWO_SEATS),
    )
    for claim in (decided, reopened, restored):
        _hand_in(reviewers[0], claim, ratings[0])
    reopen_claim(editor, reopened.pk, WHY)
    reopen_claim(editor, restored.pk, WHY)
    restore_decision(editor, restored.pk, WHY)
    for claim in (differing, adjudicated):
        _hand_in(reviewers[0], claim, ratings[0])
        _hand_in(reviewers[1], claim, ratings[4])
    adjudicate_claim(editor, adjudicated.pk, ratings[4], WHY)
    _hand_in(reviewers[0], half, ratings[0])
    take_claim(reviewers[0], claims[10].pk)
    save_draft(reviewers[1], claims[11], rating=ratings[0], explanation=WHY)


def _hand_in(reviewer: Reviewer, claim: Claim, rating: Rating) -> None:
    turn = take_claim(reviewer, claim.pk)
    source = {"url": f"https://{reviewer.pk}.example/", "title": "Реестр", "publisher": f"Порт {reviewer.pk}"}
    evidence = [source | {"quote": "Так.", "stance": "refutes", "is_primary": True}]
    record_verdict(reviewer, turn.pk, turn.fence, rating=rating, explanation=WHY, evidence=evidence)


def _publish(claims: list[Claim], editor: Reviewer) -> None:
    """One stays, one is withdrawn, one is reviewed again."""
    withdrawn, stays, again = (claims[place] for place in (6, 9, TWO_SEATS[1]))
    for claim in (withdrawn, stays, again):
        fact_check = publish_claim(editor, claim.pk, title="Нет", summary="Нет.", evidence=_numbers(claim))
        correct_fact_check(editor, fact_check.slug, WHY, text="Порт считает иначе.")
    withdraw_fact_check(editor, withdrawn.fact_checks.get().slug, WHY)
    reopen_claim(editor, again.pk, WHY)


def _numbers(claim: Claim) -> list[int]:
    return list(claim.evidence.values_list("pk", flat=True))


def _write_about(claims: list[Claim], reviewer: Reviewer) -> None:
    add_evidence(reviewer, claims[0].pk, url="https://port.example/", title="Реестр", publisher="Порт")
    contact = ask_claimant(reviewer, claims[0].pk, channel=Channel.PHONE, question="Откуда это?")
    record_answer(reviewer, contact.pk, "Из реестра.")
    asked, due = timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1)
    ask_claimant(reviewer, claims[0].pk, channel=Channel.EMAIL, question="А?", asked_at=asked, answer_due_at=due)
    article = claims[0].article
    add_claim(reviewer, article, 0, 6, headline="Гавань")
    for claim in (claims[12], claims[13]):
        claim.refresh_from_db()
        known = {"extractor": "8", "version": 1, "changes": {"headline": {"old": "Было", "new": "Стало"}}}
        append_event(claim, EventKind.RELABELLED, details=known)
        append_event(claim, EventKind.RETIRED, reason=NOT_FOUND % {"extractor": "8", "number": 1}, details=known)
    OutgoingEmail.objects.filter(kind=EmailKind.CLAIM_ASSIGNED).update(
        status=EmailStatus.FAILED, last_error=GIVEN_UP % {"words": "550"}
    )
    late = OutgoingEmail.objects.exclude(kind=EmailKind.CLAIM_ASSIGNED)
    late.update(status=EmailStatus.WAITING, last_error=FULL % {"n": 30})


def _ask_outside(claim: Claim, editor: Reviewer) -> None:
    asked, used, revoked, late = (
        make_opinion(editor, claim, name="Юлия", question="Можно?", address=f"{number}@law.test") for number in range(4)
    )
    note_opened(asked)
    give_opinion(used.pk, OpinionAnswer.OBJECT, "Нельзя.", corrections=count_corrections(claim.pk))
    note_refused(used)
    revoke_opinion(editor, revoked.pk)
    OutsideOpinion.objects.filter(pk=late.pk).update(asked_at=_days_ago(8), expires_at=_days_ago(1))
    late.refresh_from_db()
    note_refused(late)


def _tell_programs(owner: Reviewer, stopped: Reviewer) -> None:
    """A webhook of each standing, and a delivery of each type and of each way to fail."""
    failing = {"failures": 2, "failing_since": timezone.now(), "rests_until": _days_ago(-1)}
    old = {"previous_secret": make_secret(), "previous_secret_until": _days_ago(-1)}
    busy = make_webhook(owner, description="Сайт", **failing, **old)
    for reason in PauseReason:
        make_webhook(owner, description="Архив", paused_at=timezone.now(), paused_because=reason)
    make_webhook(stopped, description="Бумага")
    make_webhook(owner, description="Почта")
    for number, kind in enumerate(WebhookEvent):
        sent = {"status": DeliveryStatus.DELIVERED, "delivered_at": timezone.now(), "attempts": 1}
        make_delivery(busy, number, type=kind, last_status=200, last_milliseconds=12, last_answer="Да", **sent)
    errors = (OUR_FAULT, TOO_SLOW, NO_ANSWER, REDIRECTS % {"status": 301}, REFUSES % {"status": 500})
    for number, error in enumerate(errors, 100):
        make_delivery(busy, number, status=DeliveryStatus.FAILED, attempts=9, last_error=error)
    make_delivery(busy, 200, attempts=1, next_attempt_at=_days_ago(-1), last_error=REFUSES % {"status": 500})


def _read_feeds(editor: Reviewer, claim: Claim) -> None:
    """A feed of each standing, and an entry of each status and of each way to fail."""
    busy = make_feed(editor, outlet="Газета", last_read_at=timezone.now())
    make_feed(editor, "https://port.example/1", outlet="Бумага", paused_at=timezone.now())
    for number, error in enumerate((web_failures.NO_FEED, web_failures.TOO_LARGE % {"most": 2}, web_failures.DIED), 2):
        failing = {"failures": 4, "failing_since": _days_ago(1), "told_failing_at": timezone.now(), "last_error": error}
        make_feed(editor, f"https://port.example/{number}", outlet="Архив", **failing)
    for number, status in enumerate((PageStatus.WAITING, PageStatus.SKIPPED)):
        make_entry(busy, number, title="Гавань", status=status)
    make_entry(busy, 2, title="Гавань", status=PageStatus.READING, taken_until=timezone.now())
    make_entry(busy, 3, title="Гавань", status=PageStatus.READ, article=claim.article)
    passing = {"last_error": web_failures.STATUS % {"status": 503}, "next_attempt_at": _days_ago(-1)}
    make_entry(busy, 4, title="Гавань", **passing)
    errors = [web_failures.OUR_FAULT, web_failures.TOO_SLOW, web_failures.NO_ANSWER, web_failures.CIRCLES]
    errors += [web_failures.NO_ADDRESS]
    errors += [web_failures.NO_PAGE, web_failures.NO_TEXT, web_failures.TOO_LONG, web_failures.REFUSED]
    errors += [GAVE_UP % {"number": 5}]
    for number, error in enumerate(errors, 5):
        make_entry(busy, number, title="", url="", status=PageStatus.FAILED, last_error=error)


def _read_pages(article: Article) -> None:
    """An article whose page stands in each way."""
    gone, later = (web_failures.STATUS % {"status": status} for status in (404, 503))
    standings: list[dict[str, Any]] = [
        {},
        {"status": PageStatus.READING, "taken_until": timezone.now()},
        {"last_error": later, "next_attempt_at": _days_ago(-1)},
        {"status": PageStatus.FAILED, "last_error": gone},
    ]
    for number, standing in enumerate(standings):
        make_unread_article(f"https://port.example/{number}", **standing)
    ArticlePage.objects.create(article=article, status=PageStatus.READ)


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _fail(claim: Claim) -> None:
    article = make_article("Другая гавань. Суда.", external_id="18")
    article.title = ""
    article.save()
    failed = {"extraction_status": ExtractionStatus.FAILED, "failure": GAVE_UP % {"number": 5}}
    article.versions.update(**failed)
    version = ArticleVersion.objects.create(
        article=claim.article, number=2, text="Гавань видела 1000 судов", sha256="0" * 64, extraction_status="extracted"
    )
    difference = {"from": "7", "to": "8", "at": "2024-03-05T10:00:00Z", "asked_by": "Эдда", "added": [claim.pk]}
    empty = {"retired": [], "relabelled": [], "kept": [], "left_alone": [claim.pk], "found_again": [], "elsewhere": []}
    version.differences = [difference | empty]
    version.save()
    Appearance.objects.create(claim=claim, version=version, quote="1000 судов", start=14, end=24)
