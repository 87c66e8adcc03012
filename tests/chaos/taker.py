"""What runs in the processes that `test_queue_race` starts, and kills: people who take claims, and the sweep."""

import os
import random
import time
from contextlib import suppress
from pathlib import Path

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()

from django.conf import settings
from django.db import connection

from claims.exceptions import LeaseLost
from claims.models import Assignment, Rating, Reviewer
from claims.review.assignments import extend_lease, lapse_expired, release_assignment, take_next
from claims.review.verdicts import record_verdict

LEASE = 5  # seconds
CHANCE = random.SystemRandom()


def work(database: str, username: str, told: Path) -> None:
    """Take what waits, for ever. The id of each verdict goes to `told` once the desk has said that it has it."""
    _enter(database)
    me = Reviewer.objects.get(username=username)
    ratings = list(Rating.objects.order_by("position"))
    with told.open("ab", buffering=0) as log:
        while True:
            turn = take_next(me)
            if turn is None:
                time.sleep(CHANCE.uniform(0.1, 0.5))
                continue
            with suppress(LeaseLost):  # on a busy machine a turn may run out under its holder
                if verdict := _sit(me, turn, CHANCE.choices(ratings, [6, 2, 1, 1, 2, 1])[0]):
                    log.write(f"{verdict}\n".encode())


def _sit(me: Reviewer, turn: Assignment, rating: Rating) -> int | None:
    fate = CHANCE.random()
    if fate < 0.05:
        release_assignment(me, turn.pk)
    elif fate < 0.08:
        pass  # goes home and says nothing
    elif fate < 0.085:
        time.sleep(LEASE + 0.1)
        _judge(me, turn, rating)
        raise AssertionError("a verdict was accepted after the lease had run out")
    else:
        if fate > 0.9:
            extend_lease(me, turn.pk, turn.fence)
        return _judge(me, turn, rating)
    return None


def _judge(me: Reviewer, turn: Assignment, rating: Rating) -> int:
    return record_verdict(me, turn.pk, turn.fence, rating=rating, explanation="So it is.").pk


def sweep(database: str) -> None:
    _enter(database)
    while True:
        lapse_expired()
        time.sleep(0.2)


def _enter(database: str) -> None:
    connection.settings_dict["NAME"] = database
    settings.LEASE_SECONDS = LEASE
