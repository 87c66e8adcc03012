"""How often strangers may knock. The counters live in Redis; while it is away, everybody is let in."""

import logging

from django.conf import settings
from django.http import HttpRequest
from redis.exceptions import RedisError

from claims.counters import count

logger = logging.getLogger(__name__)

PERIOD = 60  # seconds


def may_knock(request: HttpRequest, door: str, most: int) -> bool:
    """Whether the caller's address has come to this door at most so often in this minute."""
    try:
        return count(f"{door}:{_address_of(request)}", PERIOD) <= most
    except (RedisError, OSError) as error:
        logger.warning("%s is open to all: Redis is out of reach (%s)", door, error)
        return True


def _address_of(request: HttpRequest) -> str:
    """The proxy's word for it where there is one, which is the last entry that it adds."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
