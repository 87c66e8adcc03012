"""How often strangers may knock. The counters live in Redis; while it is away, everybody is let in."""

import logging
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PERIOD = 60  # seconds


def may_knock(request: HttpRequest, door: str, most: int) -> bool:
    """Whether the caller's address has come to this door at most so often in this minute."""
    key = f"{door}:{_address_of(request)}:{int(time.time() // PERIOD)}"
    try:
        cache.add(key, 0, 2 * PERIOD)
        return cache.incr(key) <= most
    except (RedisError, OSError, ValueError) as error:  # ValueError: it was dropped between the two
        logger.warning("%s is open to all: the cache is out of reach (%s)", door, error)
        return True


def _address_of(request: HttpRequest) -> str:
    """The proxy's word for it where there is one, which is the last entry that it adds."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
