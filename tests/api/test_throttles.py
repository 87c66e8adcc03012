import logging

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

from claims.api.throttles import Budget, PersonThrottle, StrangerThrottle

ME, SCHEMA = "/api/v1/me/", "/api/v1/schema/"


@pytest.fixture(autouse=True)
def _small_budgets(monkeypatch) -> None:
    monkeypatch.setattr(Budget, "counting_resumes_at", 0.0)
    monkeypatch.setattr(Budget, "timer", lambda self: 600_000.5)
    monkeypatch.setattr(PersonThrottle, "rate", "2/min", raising=False)
    monkeypatch.setattr(StrangerThrottle, "rate", "2/min", raising=False)


def test_person_beyond_their_budget_is_told_when_to_come_back(api, reviewer):
    client = api(reviewer)
    assert [client.get(ME).status_code for _ in range(2)] == [200, 200]
    answer = client.get(ME)
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (429, "throttled", "60")


def test_next_minute_has_a_budget_of_its_own(api, reviewer, monkeypatch):
    assert [api(reviewer).get(ME).status_code for _ in range(3)] == [200, 200, 429]
    monkeypatch.setattr(Budget, "timer", lambda self: 600_060.0)
    assert api(reviewer).get(ME).status_code == 200


def test_each_person_has_a_budget_whatever_their_address(api, reviewer, editor):
    assert [api(reviewer).get(ME).status_code for _ in range(3)] == [200, 200, 429]
    assert api(editor).get(ME).status_code == 200


def test_strangers_share_the_budget_of_their_address(client, db):
    statuses = [client.get(SCHEMA, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get(SCHEMA, REMOTE_ADDR="10.9.9.9").status_code == 200


@pytest.fixture
def dead_cache(monkeypatch) -> None:
    dead = RedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.5}})
    monkeypatch.setattr(Budget, "cache", dead)


def test_everybody_is_let_through_while_the_cache_is_away(api, reviewer, dead_cache, caplog):
    with caplog.at_level(logging.WARNING, "claims.api.throttles"):
        assert [api(reviewer).get(ME).status_code for _ in range(4)] == [200] * 4
    assert len(caplog.records) == 1  # and nobody waits for the dead cache again soon


def test_counting_resumes_after_a_pause(api, reviewer, dead_cache, monkeypatch):
    api(reviewer).get(ME)
    monkeypatch.setattr(Budget, "cache", caches["default"])
    monkeypatch.setattr(Budget, "counting_resumes_at", 0.0)
    assert [api(reviewer).get(ME).status_code for _ in range(3)] == [200, 200, 429]


def test_budget_of_a_person_suits_a_busy_newsroom():
    assert PersonThrottle.THROTTLE_RATES == {"person": "6000/min", "stranger": "60/min"}
