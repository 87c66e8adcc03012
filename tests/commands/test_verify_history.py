import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.models import Claim, ClaimEvent
from tests.factories import make_queued_claim


def verify() -> str:
    out = io.StringIO()
    try:
        call_command("verify_history", stdout=out, stderr=out)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


@pytest.fixture
def tamper(db):
    """Change events as somebody with the database's password could."""

    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE claims_claimevent DISABLE TRIGGER claim_events_are_append_only")
            cursor.execute(sql)
            cursor.execute("ALTER TABLE claims_claimevent ENABLE TRIGGER claim_events_are_append_only")

    return run


def test_verify_history_holds_for_an_untouched_desk(db):
    make_queued_claim()
    assert verify() == "1 histories hold.\n"


def test_verify_history_finds_a_changed_event(tamper):
    claim = make_queued_claim()
    ClaimEvent.objects.get(claim=claim, number=2)
    tamper("UPDATE claims_claimevent SET reason = 'because' WHERE number = 2")
    assert f"claim {claim.pk}: event 2 was changed after it was written" in verify()


def test_verify_history_finds_a_lost_beginning_and_a_lost_end(tamper):
    claim = make_queued_claim()
    tamper("DELETE FROM claims_claimevent WHERE number = 2")
    assert f"claim {claim.pk}: event 2 is missing, and all after it" in verify()
    tamper("DELETE FROM claims_claimevent WHERE number = 1")
    assert f"claim {claim.pk}: its history is missing" in verify()


def test_verify_history_finds_a_status_that_no_event_tells(db):
    claim = make_queued_claim()
    Claim.objects.update(status="extracted")
    assert f"claim {claim.pk}: the claim is 'extracted', but its history ends with 'queued'" in verify()
