"""How often something happened, counted in the real Redis."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from redis.exceptions import RedisError

from claims import counters
from claims.counters import count
from tests.broker import DEAD_BROKER

THREADS = 16


def test_each_period_counts_anew(time_machine):
    time_machine.move_to("2026-01-05T10:00:00Z", tick=False)
    assert [count("calls", 60), count("calls", 60), count("others", 60)] == [1, 2, 1]
    time_machine.move_to("2026-01-05T10:01:00Z", tick=False)
    assert count("calls", 60) == 1


@pytest.fixture
def quick_turns():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_many_threads_of_a_fresh_process_count_each_once(quick_turns):
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in range(30):
            counters._pool_at.cache_clear()
            together, what = Barrier(THREADS), str(uuid4())
            counted = threads.map(lambda _: (together.wait(), count(what, 3600))[1], range(THREADS))  # noqa: B023
            assert sorted(counted) == [*range(1, THREADS + 1)]


def test_a_server_that_is_away_is_told(settings):
    settings.REDIS_URL = DEAD_BROKER
    with pytest.raises((RedisError, OSError)):
        count("calls", 60)
