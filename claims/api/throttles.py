"""How much one caller may ask for. The counters live in Redis; while it is away, everybody is let through."""

import logging
import time
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

from claims.counters import count

if TYPE_CHECKING:  # REST framework's views import this module while they are made
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds without counting after Redis failed, so that it does not hold up every request


class Budget(SimpleRateThrottle):
    """So many requests in each minute (or other period) of the clock."""

    duration: int
    num_requests: int
    counting_resumes_at = 0.0  # of the monotonic clock, shared by all budgets of this process

    def allow_request(self, request: Request, view: "APIView") -> bool:
        key = self.get_cache_key(request, view)
        if key is None or time.monotonic() < Budget.counting_resumes_at:
            return True
        try:
            return count(key, self.duration) <= self.num_requests
        except (RedisError, OSError) as error:
            logger.warning("requests are not throttled: Redis is out of reach (%s)", error)
            Budget.counting_resumes_at = time.monotonic() + PAUSE
            return True

    def wait(self) -> float:
        return self.duration - self.timer() % self.duration


class PersonThrottle(Budget, UserRateThrottle):
    """Each person has a budget, wherever their requests come from."""

    scope = "person"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class StrangerThrottle(Budget, AnonRateThrottle):
    """Whoever is not signed in shares the budget of their address."""

    scope = "stranger"
