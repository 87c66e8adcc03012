"""Many at once, each with a connection of its own; and what must hold when they are through."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.models import Assignment, Claim, Seat
from tests.factories import broken_at

PATIENCE = 120  # seconds; a deadlock that PostgreSQL does not see would hang for longer


def all_at_once(works: Iterable[Callable[[], Any]]) -> list[Any]:
    """Each work in a thread of its own, started together; what each returned, or raised."""
    works = list(works)
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int) -> None:
        barrier.wait()
        try:
            results[number] = works[number]()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results


def kinds(results: list[Any]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def expire(assignment: Assignment) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def check_histories() -> None:
    """Every chain of events is whole, and what counts as taken has somebody who took it."""
    for claim in Claim.objects.prefetch_related("events"):
        assert broken_at(claim) is None
    turns = Assignment.objects.filter(closed_at=None)
    assert not Claim.objects.filter(~Exists(turns.filter(claim=OuterRef("pk"))), status="in_review").exists()
    assert not Seat.objects.filter(~Exists(turns.filter(seat=OuterRef("pk"))), status="taken").exists()
