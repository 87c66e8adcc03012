"""The database refuses what must never be, whichever way it is written: each refusal attacked by its name."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from claims.enums import EmailKind, EventKind
from claims.models import (
    Appearance,
    Article,
    ArticlePage,
    ArticleVersion,
    Assignment,
    Claim,
    Claimant,
    ClaimantContact,
    ClaimEvent,
    Correction,
    DigestEntry,
    Draft,
    Evidence,
    FactCheck,
    Feed,
    FeedEntry,
    MailChoice,
    OutgoingEmail,
    OutsideOpinion,
    Rating,
    RatingScale,
    Reviewer,
    Seat,
    SignOffPolicy,
    SignOffRule,
    Verdict,
    Webhook,
    WebhookDelivery,
)
from claims.review.assignments import take_claim
from claims.review.queue import queue_claim
from tests.factories import make_claim, make_queued_claim
from tests.intake.feeding import make_entry, make_feed
from tests.models.attacking import change, double, tomorrow
from tests.models.feed_attacks import FEED_ATTACKS, PAGE_ATTACKS
from tests.models.mail_attacks import MAIL_ATTACKS, write_choice, write_entry
from tests.models.opinion_attacks import OPINION_ATTACKS, write_opinion
from tests.models.publication_attacks import PUBLICATION_ATTACKS, write_correction, write_fact_check
from tests.models.webhook_attacks import WEBHOOK_ATTACKS
from tests.notifications.hooks import make_delivery, make_webhook

pytestmark = pytest.mark.django_db


@dataclass
class Rows:
    """One row of each noun, all of them allowed; an attack changes or doubles one."""

    person: Reviewer
    colleague: Reviewer
    rating: Rating
    claim: Claim
    article: Article
    version: ArticleVersion
    appearance: Appearance
    seat: Seat
    assignment: Assignment
    event: ClaimEvent
    claimant: Claimant
    evidence: Evidence
    draft: Draft
    verdict: Verdict
    fact_check: FactCheck
    correction: Correction
    email: OutgoingEmail
    choice: MailChoice
    entry: DigestEntry
    contact: ClaimantContact
    opinion: OutsideOpinion
    policy: SignOffPolicy
    rule: SignOffRule
    webhook: Webhook
    delivery: WebhookDelivery
    feed: Feed
    feed_entry: FeedEntry
    article_page: ArticlePage


@pytest.fixture
def rows(reviewer, editor, ratings) -> Rows:
    claim = make_queued_claim()
    assignment = take_claim(reviewer, claim.pk)
    claim.refresh_from_db()
    rating = ratings["False"]
    verdict = Verdict.objects.create(assignment=assignment, rating=rating, explanation="The port says 1,900.")
    fact_check = write_fact_check(claim, rating, editor)
    email = {"cause": "event:1", "recipient": reviewer, "to_address": reviewer.email, "message_id": "<1@desk.test>"}
    webhook, feed = make_webhook(editor), make_feed(editor)
    return Rows(
        person=reviewer,
        colleague=editor,
        rating=rating,
        claim=claim,
        article=claim.article,
        version=claim.article.versions.get(),
        appearance=claim.appearances.get(),
        seat=assignment.seat,
        assignment=assignment,
        event=claim.events.first(),
        claimant=Claimant.objects.create(name="The port"),
        evidence=Evidence.objects.create(claim=claim, url="https://port.example/staff", added_by=reviewer),
        draft=Draft.objects.create(claim=claim, reviewer=reviewer),
        verdict=verdict,
        fact_check=fact_check,
        correction=write_correction(fact_check),
        email=OutgoingEmail.objects.create(kind=EmailKind.CLAIMS_WAITING, subject="-", text="-", html="-", **email),
        choice=write_choice(reviewer),
        entry=write_entry(reviewer),
        contact=ClaimantContact.objects.create(claim=claim, asked_by=reviewer, channel="phone", question="Says who?"),
        opinion=write_opinion(claim, editor),
        policy=claim.rule.policy,
        rule=claim.rule,
        webhook=webhook,
        delivery=make_delivery(webhook),
        feed=feed,
        feed_entry=make_entry(feed),
        article_page=ArticlePage.objects.create(article=claim.article),
    )


Attack = Callable[[Rows], None]

DECIDED = "decided_claim_has_a_rating_and_only_a_decided_one"
CLOSED = "closed_assignment_has_an_outcome_and_only_a_closed_one"
ATTACKS: list[tuple[str, Attack]] = [
    # claims
    ("claim_has_a_known_status", lambda r: change(r.claim, status="lost")),
    ("claim_has_a_known_status", lambda r: double(r.claim, status="")),
    ("claim_has_a_known_kind", lambda r: change(r.claim, kind="gossip")),
    ("claim_has_a_known_kind", lambda r: double(r.claim, kind="")),
    ("claim_has_a_headline", lambda r: change(r.claim, headline="")),
    ("check_worthiness_is_between_0_and_1", lambda r: change(r.claim, check_worthiness=1.01)),
    ("check_worthiness_is_between_0_and_1", lambda r: change(r.claim, check_worthiness=-0.01)),
    ("check_worthiness_is_between_0_and_1", lambda r: change(r.claim, check_worthiness=float("nan"))),
    ("duplicate_has_a_target_and_only_a_duplicate", lambda r: change(r.claim, status="duplicate")),
    ("duplicate_has_a_target_and_only_a_duplicate", lambda r: double(r.claim, duplicate_of_id=r.claim.pk)),
    ("duplicate_is_not_its_own_target", lambda r: change(r.claim, status="duplicate", duplicate_of=r.claim.pk)),
    (DECIDED, lambda r: change(r.claim, status="decided")),
    (DECIDED, lambda r: change(r.claim, status="published")),
    (DECIDED, lambda r: change(r.claim, rating=r.rating)),
    (DECIDED, lambda r: change(r.claim, decided_at=tomorrow())),
    (DECIDED, lambda r: change(r.claim, status="decided", decided_at=tomorrow())),
    ("only_a_dismissed_claim_says_as_what", lambda r: change(r.claim, dismissed_as="opinion")),
    ("only_a_dismissed_claim_says_as_what", lambda r: change(r.claim, status="dismissed", dismissed_as="dull")),
    ("boost_is_between_minus_2_and_2", lambda r: change(r.claim, boost=3)),
    ("boost_is_between_minus_2_and_2", lambda r: change(r.claim, boost=-3)),
    ("claimant_has_a_name", lambda r: change(r.claimant, name="")),
    # articles and where the words stand
    ("article_has_an_identity", lambda r: change(r.article, identity="")),
    ("one_version_per_number", lambda r: double(r.version, sha256="f" * 64)),
    ("version_has_a_known_extraction_status", lambda r: change(r.version, extraction_status="done")),
    ("version_has_a_text", lambda r: double(r.version, number=2, sha256="f" * 64, text="")),
    ("one_appearance_per_span", lambda r: double(r.appearance)),
    ("span_runs_forward", lambda r: change(r.appearance, end=r.appearance.start)),
    ("span_runs_forward", lambda r: double(r.appearance, start=9, end=8)),
    # seats and turns
    ("one_seat_per_number", lambda r: double(r.seat)),
    ("seat_has_a_known_status", lambda r: change(r.seat, status="warm")),
    ("one_open_assignment_per_seat", lambda r: double(r.assignment, fence=2, reviewer_id=r.colleague.pk)),
    ("one_assignment_per_fence", lambda r: double(r.assignment, closed_at=tomorrow(), outcome="released")),
    ("assignment_has_a_known_outcome", lambda r: change(r.assignment, closed_at=tomorrow(), outcome="lost")),
    (CLOSED, lambda r: change(r.assignment, closed_at=tomorrow())),
    (CLOSED, lambda r: change(r.assignment, outcome="lapsed")),
    # what is judged and published
    ("evidence_has_a_known_stance", lambda r: change(r.evidence, stance="neutral")),
    ("evidence_is_on_the_web", lambda r: change(r.evidence, url="javascript:alert(1)")),
    ("verdict_has_an_explanation", lambda r: change(r.verdict, explanation="")),
    ("one_draft_per_claim_and_person", lambda r: double(r.draft)),
    ("rating_has_a_name", lambda r: change(r.rating, name="")),
    ("one_rating_per_name", lambda r: double(r.rating, position=99, value=99)),
    ("one_rating_per_position", lambda r: double(r.rating, name="Other", value=99)),
    ("one_rating_per_value", lambda r: double(r.rating, name="Other", position=99)),
    ("one_default_rating_scale", lambda r: RatingScale.objects.create(name="Other", is_default=True)),
    ("contact_has_a_known_channel", lambda r: change(r.contact, channel="dove")),
    ("contact_has_a_question", lambda r: change(r.contact, question="")),
    ("answer_has_a_time_and_only_an_answer", lambda r: change(r.contact, answer="The port.")),
    ("answer_has_a_time_and_only_an_answer", lambda r: change(r.contact, answered_at=tomorrow())),
    *OPINION_ATTACKS,
    # sign-off: rules are only ever added
    ("one_rule_per_position", lambda r: double(r.rule)),
    ("rule_has_a_known_kind", lambda r: double(r.rule, position=2, kind="gossip")),
    ("rule_has_1_to_3_seats", lambda r: double(r.rule, position=2, seats=4, agreeing=3)),
    ("more_than_half_of_the_seats_agree", lambda r: double(r.rule, position=2, seats=2, agreeing=1)),
    ("more_than_half_of_the_seats_agree", lambda r: double(r.rule, position=2, seats=2, agreeing=3)),
    ("tolerance_is_at_most_one_step", lambda r: double(r.rule, position=2, tolerance=2)),
    ("rule_begins_between_0_and_1", lambda r: double(r.rule, position=2, min_check_worthiness=1.1)),
    ("rule_gives_an_hour_at_least", lambda r: double(r.rule, position=2, hours_to_decide=0)),
    ("rule_has_a_known_adjudicator", lambda r: double(r.rule, position=2, adjudicated_by="anybody")),
    # history
    ("one_event_per_number", lambda r: double(r.event)),
    ("events_count_from_one", lambda r: double(r.event, number=0)),
    ("event_has_a_known_kind", lambda r: double(r.event, number=99, kind="noticed")),
    *MAIL_ATTACKS,
    *PUBLICATION_ATTACKS,
    *WEBHOOK_ATTACKS,
    *FEED_ATTACKS,
    *PAGE_ATTACKS,
]


@pytest.mark.parametrize(("name", "attack"), ATTACKS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(ATTACKS)])
def test_the_database_refuses(rows, name, attack):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        attack(rows)


# Attacked below, each with rows of its own; or implied by another constraint, which then answers first.
ATTACKED_BELOW = {"one_person_sits_once_per_claim"}
IMPLIED = {
    "evidence_has_a_url": "evidence_is_on_the_web",  # an empty address is not on the web either
    "seat_and_claim_go_together": "the primary key; it exists as the target of a composite foreign key",
}


def test_every_constraint_is_attacked():
    models = apps.get_app_config("claims").get_models()
    declared = {constraint.name for model in models for constraint in model._meta.constraints}
    attacked = {name for name, _ in ATTACKS} | ATTACKED_BELOW | set(IMPLIED)
    assert attacked == declared


def test_every_noun_has_a_row_in_these_tests():
    assert is_dataclass(Rows)
    nouns = {model.__name__ for model in apps.get_app_config("claims").get_models()}
    assert {field.type.__name__ for field in fields(Rows)} | {"RatingScale"} == nouns  # type: ignore[union-attr]


def test_empty_evidence_url_is_refused(rows):
    with pytest.raises(IntegrityError, match="evidence_"), transaction.atomic():
        change(rows.evidence, url="")


# What stands beside the refusals: the same writes with one thing right.


def test_a_closed_assignment_makes_room_for_another(rows):
    change(rows.assignment, closed_at=timezone.now(), outcome="released")
    double(rows.assignment, fence=2, closed_at=None, outcome=None)
    assert Assignment.objects.count() == 2


def test_a_duplicate_of_another_claim_is_allowed(rows):
    other = make_claim(article=rows.article, quote="March 2019")
    change(other, status="duplicate", duplicate_of=rows.claim)
    assert list(rows.claim.duplicates.all()) == [other]


def test_ratings_without_a_value_do_not_collide(rows):
    double(rows.rating, name="Satire", position=98, value=None)
    double(rows.rating, name="Opinion", position=99, value=None)
    assert Rating.objects.filter(scale=rows.rating.scale, value=None).count() == 3


# One person, two seats of a claim.


@pytest.fixture
def second_seat(rows) -> Seat:
    return Seat.objects.create(claim=rows.claim, number=2, priority=1.0)


def test_one_person_cannot_sit_in_two_seats_of_a_claim(rows, second_seat):
    with pytest.raises(IntegrityError, match="one_person_sits_once_per_claim"), transaction.atomic():
        double(rows.assignment, seat_id=second_seat.pk)


def test_who_gave_a_verdict_cannot_sit_again(rows, second_seat):
    change(rows.assignment, closed_at=timezone.now(), outcome="verdict")
    with pytest.raises(IntegrityError, match="one_person_sits_once_per_claim"), transaction.atomic():
        double(rows.assignment, seat_id=second_seat.pk)


@pytest.mark.parametrize("outcome", ["released", "lapsed", "withdrawn"])
def test_who_left_may_sit_again(rows, second_seat, outcome):
    change(rows.assignment, closed_at=timezone.now(), outcome=outcome)
    double(rows.assignment, seat_id=second_seat.pk, closed_at=None, outcome=None)
    assert rows.claim.assignments.filter(closed_at=None).count() == 1


def test_two_people_sit_in_two_seats(rows, second_seat):
    double(rows.assignment, seat_id=second_seat.pk, reviewer_id=rows.colleague.pk)
    assert rows.claim.assignments.count() == 2


# Uniqueness that a field declares.


@pytest.mark.parametrize(
    ("name", "attack"),
    [
        ("claims_verdict_assignment_id", lambda r: double(r.verdict)),
        ("claims_article_identity", lambda r: double(r.article)),
        ("claims_articlepage_article_id", lambda r: double(r.article_page)),
        ("claims_claimant_name", lambda r: double(r.claimant)),
        ("claims_factcheck_slug", lambda r: double(r.fact_check, withdrawn_at=timezone.now(), withdrawn_because="-")),
        ("claims_outsideopinion_key", lambda r: double(r.opinion, address="ana@law.test")),
        ("claims_outgoingemail_message_id", lambda r: double(r.email, cause="event:2")),
        ("claims_ratingscale_name", lambda r: double(r.rating.scale, is_default=False)),
        ("claims_reviewer_username", lambda r: double(r.person)),
    ],
)
def test_the_database_refuses_a_double(rows, name, attack):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        attack(rows)


# Triggers and the composite foreign key.


@pytest.mark.parametrize(
    "attack",
    [
        lambda event: change(event, reason="another one"),
        lambda event: change(event, hash="0" * 64),
        lambda event: change(event, kind=EventKind.QUEUED),
        lambda event: event.delete(),
        lambda event: ClaimEvent.objects.filter(pk=event.pk).delete(),
        lambda event: ClaimEvent.objects.bulk_update([event], ["details"]),
    ],
    ids=["reason", "hash", "kind", "delete", "bulk-delete", "bulk-update"],
)
def test_an_event_is_never_changed_or_deleted(rows, attack):
    with pytest.raises(IntegrityError, match="claims_claimevent is append-only"), transaction.atomic():
        attack(rows.event)


@pytest.mark.parametrize(
    "attack",
    [
        lambda rows: change(rows.rule, seats=3),
        lambda rows: change(rows.policy, number=7),
        lambda rows: SignOffRule.objects.filter(pk=rows.rule.pk).delete(),
        lambda rows: rows.rule.save(),
    ],
    ids=["rule", "policy", "delete", "save"],
)
def test_a_policy_is_never_changed_or_deleted(rows, attack):
    change(rows.claim, rule=None)
    with pytest.raises(IntegrityError, match="is append-only"), transaction.atomic():
        attack(rows)


def test_raw_sql_cannot_change_an_event_either(rows):
    with (
        pytest.raises(IntegrityError, match="append-only: UPDATE refused"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute("UPDATE claims_claimevent SET actor_id = NULL")


@pytest.mark.parametrize("values", [{"text": "Another text."}, {"sha256": "0" * 64}, {"number": 7}], ids=str)
def test_the_text_of_a_version_never_changes(rows, values):
    with pytest.raises(IntegrityError, match="claims_articleversion is append-only"), transaction.atomic():
        change(rows.version, **values)


def test_a_version_never_moves_to_another_article(rows):
    other = Article.objects.create(identity="url:https://other.example/")
    with pytest.raises(IntegrityError, match="claims_articleversion is append-only"), transaction.atomic():
        change(rows.version, article=other)


def test_the_extraction_of_a_version_may_be_recorded(rows):
    change(rows.version, extraction_status="failed", failure="too long", text=rows.version.text)
    rows.version.refresh_from_db()
    assert rows.version.failure == "too long"


@pytest.mark.parametrize(
    "attack",
    [
        lambda rows, other: change(rows.assignment, claim=other),
        lambda rows, other: double(rows.assignment, seat_id=other.seats.get().pk, reviewer_id=rows.colleague.pk),
    ],
    ids=["update", "bulk_create"],
)
def test_the_claim_of_an_assignment_is_its_seats_claim(rows, attack):
    other = queue_claim(make_claim(article=rows.article, quote="March 2019").pk)
    with pytest.raises(IntegrityError, match="assignment_claim_is_its_seats_claim"), transaction.atomic():
        attack(rows, other)


def test_a_seat_with_turns_keeps_its_claim(rows):
    other = make_claim(article=rows.article, quote="March 2019")
    with pytest.raises(IntegrityError, match="assignment_claim_is_its_seats_claim"), transaction.atomic():
        change(rows.seat, claim=other)
