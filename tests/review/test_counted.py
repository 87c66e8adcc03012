"""What the figures count is what the person may see."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db.models import Q

from claims.enums import Role
from claims.models import Claim, ClaimEvent, Reviewer
from claims.permissions import visible_events
from claims.review.closing import dismiss_claim, reopen_claim
from claims.review.counted import HAPPENED, happenings
from claims.review.period import Period
from tests.factories import make_queued_claims
from tests.figure_past import NOW, at, make_past
from tests.judging import adopt_seats, judge

pytestmark = pytest.mark.django_db


@pytest.fixture
def _blind_past(person, ratings) -> None:
    """Decisions reopened into blind reviews, of which some have a verdict; and dismissals there, undone and not."""
    past = make_past(person, ratings)
    edna, sam = (Reviewer.objects.get(username=name) for name in ("edna", "sam"))
    with at(0, hours=1):
        adopt_seats(edna, 2)
        for claim in past["alone"]:
            reopen_claim(edna, claim.pk, "Once more.")
        undone, dismissed, *_waiting = make_queued_claims(3)
    with at(0, hours=2):
        judge(past["alone"][0], {sam: ratings["True"]})
        for claim in (undone, dismissed, past["alone"][1]):
            dismiss_claim(edna, claim.pk, "Says who?")
    with at(0, hours=3):
        for claim in (undone, past["alone"][1]):
            reopen_claim(edna, claim.pk, "After all.")


@pytest.mark.usefixtures("_blind_past")
def test_happenings_are_the_events_that_the_person_sees(person):
    period = Period(date(2026, 1, 1), NOW.date())
    everything = ClaimEvent.objects.filter(kind__in=[kind for kinds in HAPPENED.values() for kind in kinds])
    hidden = {}
    for somebody in (*Reviewer.objects.filter(username__in=["edna", "sam"]), person("adam", Role.ADMINISTRATOR)):
        with time_machine.travel(NOW + timedelta(hours=4), tick=False):
            counted = set(happenings(somebody, period))
            seen = everything.filter(Q(pk__in=visible_events(somebody).values("pk")) | Q(claim__status="dismissed"))
            assert counted == set(seen)
        hidden[somebody.username] = set(everything) - counted
    assert {name: len(events) for name, events in hidden.items()} == {"edna": 2, "sam": 2, "adam": 0}
    assert Claim.objects.filter(rule__is_blind=True, status="queued").count() > 4
