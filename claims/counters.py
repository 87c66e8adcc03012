"""How often something has happened in this minute, or other period of the clock. The counts live in Redis."""

import time
from functools import cache

from django.conf import settings
from redis import ConnectionPool, Redis


def count(what: str, period: int) -> int:
    """Once more: how often by now in this period of so many seconds. Raises RedisError or OSError."""
    key = f"count:{what}:{int(time.time() // period)}"
    with Redis(connection_pool=_pool_at(settings.REDIS_URL)).pipeline(transaction=False) as both:
        both.incr(key)
        both.expire(key, 2 * period)
        return int(both.execute()[0])


@cache
def _pool_at(url: str) -> ConnectionPool:
    """For all threads; a client of its own would close what others use when two threads begin at once.

    A server that is away must not hold up requests, hence the short time-outs.
    """
    return ConnectionPool.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
