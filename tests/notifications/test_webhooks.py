"""What programs are told: once for each cause, with its transaction or not at all, and nothing that is not for them."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from claims.enums import ClaimKind, ClaimStatus, EventKind, Role, WebhookEvent
from claims.history import append_event
from claims.intake.articles import NewArticle, add_article
from claims.intake.extracting import recording_failure, take_version
from claims.jobs import SEND_WEBHOOK
from claims.lifecycle import lock_claim, move
from claims.models import Claim, WebhookDelivery
from claims.models.webhook import SUBSCRIBABLE
from claims.notifications.webhooks import TOLD, tell_of_claim
from claims.review.adjudication import adjudicate_claim, send_to_another_round
from claims.review.assignments import take_next
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim, restore_decision, unmerge_claim
from claims.review.correcting import correct_claim
from tests.broker import take_messages
from tests.factories import judge, make_article, make_claim, make_policy, make_queued_claim, make_queued_claims
from tests.notifications.hooks import make_webhook, types_of

pytestmark = pytest.mark.django_db
REASON = "So it is."


@pytest.fixture
def webhook(producer, settings):
    settings.SITE_URL = "https://desk.example"
    return make_webhook(producer)


def told(webhook) -> list[str]:
    return types_of(webhook.deliveries.all())


def last(webhook) -> dict:
    return json.loads(webhook.deliveries.latest("pk").body)


# What is said.


def test_a_message_says_what_happened_to_which_claim(webhook):
    article = make_article(url="https://port.example/a", outlet="Velmar Post", external_id="cms-7")
    with time_machine.travel("2026-11-23 09:00:00.5Z", tick=False):
        claim = make_queued_claim(article=article)
    assert last(webhook) == {
        "type": "claim.queued",
        "timestamp": "2026-11-23T09:00:00.500Z",
        "data": {
            "claim": claim.pk,
            "headline": "roughly 2,500 dockers",
            "kind": "quantity",
            "status": "queued",
            "rating": None,
            "duplicate_of": None,
            "article": {
                "id": article.pk,
                "url": "https://port.example/a",
                "external_id": "cms-7",
                "title": "Harbour grows",
                "outlet": "Velmar Post",
            },
            "api_url": f"https://desk.example/api/v1/claims/{claim.pk}/",
        },
    }


def test_the_address_in_a_message_is_that_of_the_claim(webhook, api, editor):
    claim = make_queued_claim()
    address = last(webhook)["data"]["api_url"].removeprefix("https://desk.example")
    assert api(editor).get(address).json()["id"] == claim.pk


def test_a_decision_is_told_with_its_rating_and_without_a_person(webhook, reviewer):
    judge(reviewer, make_queued_claim(), "False", explanation="Rita knows better.")
    assert told(webhook) == ["claim.queued", "claim.decided"]
    assert (last(webhook)["data"]["status"], last(webhook)["data"]["rating"]) == ("decided", "False")
    assert [word for word in ("rita", "Rita", "better") if word in webhook.deliveries.latest("pk").body] == []


def test_putting_aside_and_bringing_back_are_told(webhook, editor):
    claim = make_queued_claim()
    dismiss_claim(editor, claim.pk, "A rumour that edna heard.")
    assert last(webhook)["data"]["status"] == "dismissed"
    assert "rumour" not in webhook.deliveries.latest("pk").body
    reopen_claim(editor, claim.pk, REASON)
    assert told(webhook) == ["claim.queued", "claim.dismissed", "claim.reopened"]


def test_a_merge_says_into_which_claim(webhook, editor):
    claim, other = make_queued_claims(2)
    merge_claim(editor, claim.pk, other.pk, REASON)
    assert (last(webhook)["type"], last(webhook)["data"]["duplicate_of"]) == ("claim.duplicate", other.pk)
    unmerge_claim(editor, claim.pk, REASON)
    assert (last(webhook)["type"], last(webhook)["data"]["duplicate_of"]) == ("claim.reopened", None)


def test_a_decision_that_is_undone_and_restored_is_told_both_times(webhook, reviewer, editor):
    claim = make_queued_claim()
    judge(reviewer, claim, "True")
    reopen_claim(editor, claim.pk, REASON)
    assert (last(webhook)["type"], last(webhook)["data"]["rating"]) == ("claim.reopened", None)
    restore_decision(editor, claim.pk, REASON)
    assert (last(webhook)["type"], last(webhook)["data"]["rating"]) == ("claim.decided", "True")


def test_a_correction_is_told_as_it_stands_now(webhook, editor):
    claim = make_queued_claim()
    correct_claim(editor, claim.pk, headline="2,500 people", kind=ClaimKind.EVENT)
    assert last(webhook)["type"] == "claim.corrected"
    assert (last(webhook)["data"]["headline"], last(webhook)["data"]["kind"]) == ("2,500 people", "event")


def test_hostile_words_are_told_as_they_are(webhook):
    words = '"},\n{\u2028</script>\x01 {{ 7 }} %s \U0001f525 \u202e'
    make_queued_claim(headline=words)
    assert last(webhook)["data"]["headline"] == words


def test_what_is_no_event_for_others_is_not_told(webhook, reviewer):
    claim = make_claim()
    make_webhook(webhook.owner, events=["article.failed"])
    move(claim.pk, ClaimStatus.QUEUED, EventKind.QUEUED)
    WebhookDelivery.objects.all().delete()
    with transaction.atomic():
        append_event(lock_claim(claim.pk), EventKind.EVIDENCE_ADDED)
    take_next(reviewer)
    assert WebhookDelivery.objects.count() == 0


def test_every_event_that_can_be_subscribed_to_can_happen():
    articles = {WebhookEvent.ARTICLE_EXTRACTED, WebhookEvent.ARTICLE_FAILED}
    published = {event for event in WebhookEvent if event.startswith("fact_check.")}  # see test_publication_mails
    assert set(TOLD.values()) | articles | published == set(SUBSCRIBABLE)


# Articles.


def test_an_article_that_was_read_is_told_with_the_number_of_its_claims(webhook, jobs):
    text = "The harbour employs roughly 2,500 dockers. It handled 47,000 containers in March 2023."
    article, _ = add_article(NewArticle(text=text, outlet="Velmar Post"))
    jobs.run()
    (message,) = [json.loads(one.body) for one in webhook.deliveries.filter(type="article.extracted")]
    assert (message["data"]["article"]["id"], message["data"]["version"]) == (article.pk, 1)
    assert message["data"]["claims"] == article.claims.count() > 0
    assert message["data"]["api_url"] == f"https://desk.example/api/v1/articles/{article.pk}/"
    assert "claim.queued" in told(webhook)


def test_an_article_that_could_not_be_read_is_told_without_the_desks_innards(webhook):
    article, _ = add_article(NewArticle(text="The harbour employs roughly 2,500 dockers."))
    version = take_version(article.versions.get().pk)
    with recording_failure(version):
        raise ValueError("/srv/desk/secret.py")
    assert told(webhook) == ["article.failed"]
    assert "secret" not in webhook.deliveries.get().body


# To whom.


def test_only_webhooks_that_listen_are_told(webhook, editor):
    deaf = make_webhook(editor, events=["claim.decided"])
    make_queued_claim()
    assert (told(webhook), told(deaf)) == (["claim.queued"], [])


def test_all_are_told_the_same_under_one_id(webhook, editor):
    other = make_webhook(editor)
    make_queued_claim()
    first, second = webhook.deliveries.get(), other.deliveries.get()
    assert (first.event_id, first.body) == (second.event_id, second.body)
    assert first.event_id.startswith("msg_")


def test_a_paused_webhook_goes_on_collecting(webhook):
    type(webhook).objects.update(paused_at=datetime(2026, 11, 23, tzinfo=UTC), paused_because="by_hand")
    make_queued_claim()
    assert told(webhook) == ["claim.queued"]


def test_two_events_have_two_ids(webhook):
    make_queued_claims(2)
    assert len(set(webhook.deliveries.values_list("event_id", flat=True))) == 2


# With the cause.


def test_a_message_wakes_its_job_after_the_commit(webhook):
    make_queued_claim()
    assert (SEND_WEBHOOK, [webhook.pk]) in take_messages()


def test_a_message_whose_cause_is_undone_was_never_written(webhook):
    claim = make_claim()
    with transaction.atomic():
        move(claim.pk, ClaimStatus.QUEUED, EventKind.QUEUED)
        transaction.set_rollback(True)
    assert (WebhookDelivery.objects.count(), take_messages()) == (0, [])


def test_the_same_cause_again_writes_nothing_again(webhook):
    claim = make_queued_claim()
    tell_of_claim(claim, claim.events.get(kind="queued"))
    assert told(webhook) == ["claim.queued"]


def test_the_database_refuses_a_second_message_of_one_cause(webhook):
    make_queued_claim()
    twin = webhook.deliveries.get()
    twin.pk = None
    with pytest.raises(IntegrityError, match="one_delivery_per_webhook_and_cause"), transaction.atomic():
        WebhookDelivery.objects.bulk_create([twin])


def test_where_nobody_listens_an_event_costs_one_query(db, django_assert_num_queries):
    claim = make_queued_claim()
    with django_assert_num_queries(1):
        tell_of_claim(claim, _built(claim, EventKind.DECIDED))


def test_where_nothing_is_to_be_told_an_event_costs_nothing(webhook, django_assert_num_queries):
    claim = make_queued_claim()
    with django_assert_num_queries(0):
        tell_of_claim(claim, _built(claim, EventKind.TAKEN))


def _built(claim: Claim, kind: EventKind):
    return claim.events.model(claim=claim, kind=kind, at=datetime(2026, 11, 23, tzinfo=UTC))


# Blind rounds.


@pytest.fixture
def differing(webhook, person) -> Claim:
    """A claim in a blind round, whose verdicts differ."""
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    for name, rating in (("cora", "True"), ("carl", "False")):
        judge(person(name, Role.REVIEWER), claim, rating)
    return claim


def test_that_verdicts_differ_is_told_to_nobody(webhook, differing, editor, person):
    assert told(webhook) == ["claim.queued"]
    for name in ("dora", "rita"):
        person(name, Role.REVIEWER)
    send_to_another_round(editor, differing.pk, REASON)
    assert told(webhook) == ["claim.queued"]


def test_a_claim_whose_verdicts_differ_shows_as_one_in_review(webhook, differing, editor):
    correct_claim(editor, differing.pk, headline="2,500 people")
    assert Claim.objects.get().status == "in_adjudication"
    assert last(webhook)["data"]["status"] == "in_review"
    dismiss_claim(editor, differing.pk, REASON)
    reopen_claim(editor, differing.pk, REASON)
    assert (last(webhook)["type"], last(webhook)["data"]["status"]) == ("claim.reopened", "in_review")


def test_a_decision_by_an_adjudicator_is_a_decision(webhook, differing, editor, ratings):
    adjudicate_claim(editor, differing.pk, ratings["Half true"], REASON)
    assert (last(webhook)["type"], last(webhook)["data"]["rating"]) == ("claim.decided", "Half true")
    assert "adjudic" not in "".join(webhook.deliveries.values_list("body", flat=True))
