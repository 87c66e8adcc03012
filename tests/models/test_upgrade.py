"""An older desk comes through the migrations, and back, with everything in its place."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from claims.enums import Role
from claims.models import Article, Claim, FeedEntry, Reviewer, Seat
from claims.priority import weigh_priority
from claims.review.assignments import take_next
from claims.review.verdicts import record_verdict
from tests.factories import broken_at, make_article, make_claim, make_unread_article
from tests.intake.feeding import make_entry, make_feed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos]  # a database goes back and forth: slow
BEFORE = ("claims", "0003_read_versions_again_and_let_claims_stand_alone")
WITHOUT_PAGES = ("claims", "0017_feeds")
LONG_AGO = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def old_desk(person):
    """Rows as the older desk left them: a claim that was reopened and waits again, one that was dismissed."""
    judge, colleague = person("rita", Role.REVIEWER), person("cora", Role.REVIEWER)
    reopened = make_claim()
    dismissed = make_claim(article=reopened.article, quote="March 2019")
    migrate(BEFORE)
    with connection.cursor() as cursor:
        for number, status in ((1, "filled"), (2, "open")):
            cursor.execute(
                "INSERT INTO claims_seat (claim_id, number, status, priority, fence, created_at) "
                "VALUES (%s, %s, %s, 0.8, 1, %s)",
                [reopened.pk, number, status, LONG_AGO],
            )
        cursor.execute(
            "INSERT INTO claims_assignment "
            "(seat_id, claim_id, reviewer_id, fence, taken_at, expires_at, closed_at, outcome) "
            "SELECT id, claim_id, %s, 1, now(), now(), now(), 'verdict' FROM claims_seat WHERE number = 1 RETURNING id",
            [judge.pk],
        )
        cursor.execute(
            "INSERT INTO claims_verdict (assignment_id, rating_id, explanation, created_at) "
            "SELECT %s, id, 'Old.', now() FROM claims_rating WHERE name = 'True'",
            cursor.fetchone(),
        )
        cursor.execute("UPDATE claims_claim SET status = 'queued' WHERE id = %s", [reopened.pk])
        cursor.execute("UPDATE claims_claim SET status = 'dismissed' WHERE id = %s", [dismissed.pk])
    yield reopened.pk, dismissed.pk, colleague.pk
    migrate(newest())


def newest() -> tuple[str, str]:
    return MigrationExecutor(connection).loader.graph.leaf_nodes("claims")[0]


def migrate(to: tuple[str, str]) -> None:
    MigrationExecutor(connection).migrate([to])


def test_an_older_desk_goes_on_where_it_stood(old_desk, ratings):
    reopened_id, dismissed_id, colleague_id = old_desk
    migrate(newest())
    call_command("migrate", verbosity=0)
    reopened: Any = Claim.objects.get(pk=reopened_id)
    assert (reopened.round, reopened.first_round, reopened.review_began_at) == (2, 2, LONG_AGO)
    assert (reopened.rule.policy.number, reopened.due_at is None, broken_at(reopened)) == (1, False, None)
    assert list(Seat.objects.filter(claim=reopened).values_list("round", "status")) == [(1, "filled"), (2, "open")]
    waiting = Seat.objects.get(claim=reopened, status="open")
    assert waiting.priority == pytest.approx(weigh_priority(reopened, 1, LONG_AGO))
    assert Claim.objects.get(pk=dismissed_id).dismissed_as == "other"
    colleague = Reviewer.objects.get(pk=colleague_id)
    turn = take_next(colleague)
    record_verdict(colleague, turn.pk, turn.fence, rating=ratings["False"], explanation="New.")
    assert Claim.objects.get(pk=reopened_id).rating.name == "False"  # the old verdict is history


def test_an_older_desk_knows_no_address_without_a_text(editor):
    unread, read = make_unread_article(), make_article()
    feed = make_feed(editor)
    first, second = (make_entry(feed, n, status="read", article=one) for n, one in enumerate((unread, read)))
    migrate(WITHOUT_PAGES)
    migrate(newest())
    assert list(Article.objects.all()) == [read]
    assert list(FeedEntry.objects.order_by("pk").values_list("pk", "status", "article")) == [
        (first.pk, "waiting", None),
        (second.pk, "read", read.pk),
    ]
