"""What was corrected and withdrawn, in one place."""

from datetime import timedelta

import pytest
import time_machine

from claims.enums import Role
from claims.pages.fact_check_corrections import PAGE_SIZE
from claims.publishing.fact_checks import correct_fact_check, withdraw_fact_check
from claims.review.closing import reopen_claim
from tests.admin.pages import words
from tests.factories import judge, make_queued_claim
from tests.pages.published import CORRECTIONS, page_of, publish, publish_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


def test_corrections_and_withdrawals_are_told_the_newest_first(client, clock, editor, reviewer):
    first, second = publish_many(editor, reviewer, 2)
    correct_fact_check(editor, first.slug, "A slip in the first.", summary="2.")
    clock.shift(timedelta(days=1))
    withdraw_fact_check(editor, second.slug, "The second was wrong.")
    clock.shift(timedelta(days=1))
    correct_fact_check(editor, first.slug, "Another slip.", summary="3.")
    page = client.get(CORRECTIONS)
    told = " ".join(words(page).partition("we have withdrawn. ")[2].split())
    assert told.startswith(
        "Corrected 24 November 2026 Ships, 1 Another slip."
        " Withdrawn 23 November 2026 Ships, 2 The second was wrong."
        " Corrected 22 November 2026 Ships, 1 A slip in the first."
    )
    for address in (f"{page_of(first)}#correction-1", f"{page_of(first)}#correction-2", page_of(second)):
        assert f'href="{address}"' in page.content.decode(), address
        assert f'id="{address.partition("#")[2]}"' in client.get(address).content.decode() or address == page_of(second)


def test_a_correction_is_told_as_long_as_the_desk_stands_by_it(client, editor, reviewer, person):
    made = publish(editor, reviewer, make_queued_claim())
    reopen_claim(editor, made.claim_id, "New figures.")
    judge(person("ruth", Role.REVIEWER), made.claim, "Half true")
    correct_fact_check(editor, made.slug, "The port counted anew.")
    assert "The rating changed from “False” to “Half true”." in words(client.get(CORRECTIONS))
    withdraw_fact_check(editor, made.slug, "It was another port.")
    told = words(client.get(CORRECTIONS))
    assert ("The port counted anew." in told, "False" in told, "Half true" in told) == (False, False, False)


def test_older_ones_are_a_page_further(client, clock, editor, reviewer):
    made = publish(editor, reviewer, make_queued_claim())
    for number in range(PAGE_SIZE + 1):
        clock.shift(timedelta(minutes=1))
        correct_fact_check(editor, made.slug, f"Slip {number}.", summary=f"{number}.")
    first = client.get(CORRECTIONS)
    older = "?before=2026-11-22T10%3A02%3A00%2B00%3A00"
    last = client.get(f"{CORRECTIONS}{older}")
    assert ("Slip 1." in words(first), "Slip 0." in words(first), older in first.content.decode()) == (
        True,
        False,
        True,
    )
    assert ("Slip 1." in words(last), "Slip 0." in words(last)) == (False, True)
    assert "Nothing older." in words(client.get(f"{CORRECTIONS}?before=2026-11-22T10:01:00Z"))


@pytest.mark.parametrize(
    "before", ["x", "%00", "2026-02-31T00:00Z", "2027-01-01T00:00", "9999-12-31T23:59:59-23:59", "1e9", "9" * 5000]
)
def test_nonsense_begins_anew(client, editor, reviewer, before):
    made = publish(editor, reviewer, make_queued_claim())
    correct_fact_check(editor, made.slug, "A slip.", summary="2.")
    page = client.get(f"{CORRECTIONS}?before={before}")
    assert (page.status_code, "A slip." in words(page)) == (200, True)


def test_before_all_times_there_is_nothing(client):
    assert "Nothing older." in words(client.get(f"{CORRECTIONS}?before=0001-01-01T00:00:00%2B23:59"))
