"""How often something has happened in this minute, or other period of the clock. The counts live in Redis."""

import time
from functools import cache

from django.conf import settings
from redis import Redis


def count(what: str, period: int) -> int:
    """Once more: how often by now in this period of so many seconds. Raises RedisError or OSError."""
    key = f"count:{what}:{int(time.time() // period)}"
    with _connect(settings.REDIS_URL).pipeline(transaction=False) as both:
        both.incr(key)
        both.expire(key, 2 * period)
        return int(both.execute()[0])


@cache
def _connect(url: str) -> Redis:
    """For all threads. A server that is away must not hold up requests, hence the short time-outs."""
    return Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
