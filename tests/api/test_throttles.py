import logging
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings as django_settings
from time_machine import Traveller

from claims.api.throttles import Budget
from tests.broker import DEAD_BROKER

ME, SCHEMA = "/api/v1/me/", "/api/v1/schema/"
RATES = django_settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
USUAL_RATES = dict(RATES)


@pytest.fixture(autouse=True)
def _small_budgets(monkeypatch) -> None:
    for who in ("person", "stranger"):
        monkeypatch.setitem(RATES, who, "2/min")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Traveller]:
    """It stands still, half a second into a minute."""
    with time_machine.travel("2026-11-22 10:00:00.500Z", tick=False) as travelling:
        yield travelling


def test_person_beyond_their_budget_is_told_when_to_come_back(api, reviewer):
    client = api(reviewer)
    assert [client.get(ME).status_code for _ in range(2)] == [200, 200]
    answer = client.get(ME)
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (429, "throttled", "60")


def test_next_minute_has_a_budget_of_its_own(api, reviewer, clock):
    assert [api(reviewer).get(ME).status_code for _ in range(3)] == [200, 200, 429]
    clock.shift(60)
    assert api(reviewer).get(ME).status_code == 200


def test_each_person_has_a_budget_whatever_their_address(api, reviewer, editor):
    assert [api(reviewer).get(ME).status_code for _ in range(3)] == [200, 200, 429]
    assert api(editor).get(ME).status_code == 200


def test_strangers_share_the_budget_of_their_address(client, db):
    statuses = [client.get(SCHEMA, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get(SCHEMA, REMOTE_ADDR="10.9.9.9").status_code == 200


@pytest.fixture
def dead_redis(settings) -> Iterator[str]:
    """The address of the living one."""
    living, settings.REDIS_URL = settings.REDIS_URL, DEAD_BROKER
    yield living
    end_pause()


def end_pause() -> None:
    Budget.counting_resumes_at = 0.0  # as if its seconds had gone by: no test's clock moves the monotonic one


def test_everybody_is_let_through_while_redis_is_away(api, reviewer, dead_redis, caplog):
    with caplog.at_level(logging.WARNING, "claims.api.throttles"):
        assert [api(reviewer).get(ME).status_code for _ in range(4)] == [200] * 4
    assert len(caplog.records) == 1  # and nobody waits for the dead server again soon


def test_counting_resumes_after_a_pause(api, reviewer, dead_redis, settings):
    api(reviewer).get(ME)
    settings.REDIS_URL = dead_redis
    assert [api(reviewer).get(ME).status_code for _ in range(3)] == [200, 200, 200]
    end_pause()
    assert [api(reviewer).get(ME).status_code for _ in range(3)] == [200, 200, 429]


def test_budget_of_a_person_suits_a_busy_newsroom():
    assert USUAL_RATES == {"person": "6000/min", "stranger": "60/min"}
