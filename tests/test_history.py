"""A claim's history can be read back and proves itself: nothing in it was changed, and nothing is missing."""

from collections.abc import Callable

import pytest
from django.db import connection

from claims.enums import EventKind
from claims.history import FIRST_PREVIOUS_HASH, append_event, build_event, find_break, hash_event
from claims.lifecycle import lock_claim
from claims.models import Claim, ClaimEvent
from claims.review.assignments import release_assignment, take_claim
from claims.review.closing import dismiss_claim
from tests.factories import broken_at, make_queued_claim


@pytest.fixture
def claim(reviewer) -> Claim:
    claim = make_queued_claim()
    release_assignment(reviewer, take_claim(reviewer, claim.pk).pk)
    dismiss_claim(reviewer, claim.pk, "An opinion – „nicht prüfbar“.")
    return claim


@pytest.fixture
def by_force() -> Callable[[str], None]:
    """What somebody with the database's own keys could do: SQL with the trigger out of the way."""

    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE claims_claimevent DISABLE TRIGGER claim_events_are_append_only")
            cursor.execute(statement)
            cursor.execute("ALTER TABLE claims_claimevent ENABLE TRIGGER claim_events_are_append_only")

    return run


def test_everything_that_happened_is_in_line(claim):
    kinds = ["extracted", "queued", "taken", "released", "dismissed"]
    assert list(claim.events.values_list("number", "kind")) == list(enumerate(kinds, start=1))


def test_an_untouched_chain_holds(claim):
    assert broken_at(claim) is None


def test_each_event_carries_the_hash_of_the_one_before(claim):
    events = list(claim.events.all())
    assert [event.previous_hash for event in events] == [FIRST_PREVIOUS_HASH, *(e.hash for e in events[:-1])]
    assert [event.hash for event in events] == [hash_event(event) for event in events]


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'something else'",
        "actor_id = NULL",
        "at = at - interval '1 microsecond'",
        "kind = 'queued'",
        "details = '{\"assignment\": 0}'",
        "to_status = 'decided'",
    ],
)
def test_a_change_made_by_force_is_found(claim, by_force, change):
    by_force(f"UPDATE claims_claimevent SET {change} WHERE number = 5")
    assert broken_at(claim) == "event 5 was changed after it was written"


def test_a_change_with_a_new_hash_breaks_the_next_event(claim, by_force):
    event = claim.events.get(number=3)
    event.reason = "something else"
    by_force(f"UPDATE claims_claimevent SET reason = '{event.reason}', hash = '{hash_event(event)}' WHERE number = 3")
    assert broken_at(claim) == "event 4 does not follow the one before it"


@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_removed_event_is_found(claim, by_force, number):
    by_force(f"DELETE FROM claims_claimevent WHERE number = {number}")
    assert broken_at(claim) == f"event {number} is missing"


def test_a_removed_event_whose_place_was_closed_is_found(claim, by_force):
    by_force("DELETE FROM claims_claimevent WHERE number = 4")
    by_force("UPDATE claims_claimevent SET number = 4 WHERE number = 5")
    assert broken_at(claim) == "event 4 does not follow the one before it"


def test_an_event_of_another_claim_does_not_fit(claim):
    stranger = ClaimEvent(**{field.attname: getattr(claim.events.get(number=1), field.attname) for field in _columns()})
    stranger.claim_id += 1
    assert find_break(claim, [stranger]) == "event 1 was changed after it was written"


def _columns():
    return [field for field in ClaimEvent._meta.concrete_fields if not field.primary_key]


def test_what_an_event_keeps_survives_the_database(claim):
    details = {"words": "Ärger, 東京 & <b>", "shares": [0.1, 2, None, True], "nested": {"z": 1, "a": {}}}
    event = append_event(lock_claim(claim.pk), EventKind.APPEARED, details=details, reason="“quoted”\n\ttabbed")
    event.refresh_from_db()
    assert (event.details, event.hash) == (details, hash_event(event))
    assert broken_at(claim) is None


@pytest.mark.parametrize(("number", "lost"), [(5, 5), (4, 4), (1, 1)])
def test_a_lost_end_is_found(claim, by_force, number, lost):
    by_force(f"DELETE FROM claims_claimevent WHERE number >= {number}")
    assert broken_at(claim) == f"event {lost} is missing, and all after it"


def test_an_event_added_by_force_is_found(claim, by_force):
    stranger = build_event(Claim.objects.get(), EventKind.QUEUED)
    stranger.save()
    assert broken_at(claim) == "the claim knows of 5 events, and another last one"


def test_no_events_are_no_break():
    assert find_break(Claim(), []) is None
