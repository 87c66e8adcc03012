"""Taking from the queue by many processes at once, beside bare `SELECT … FOR UPDATE SKIP LOCKED` and `UPDATE`.

The yardstick is the least that a queue in PostgreSQL can do: two statements and a commit through psycopg, on a table of
as many rows with one index, with no lease, no history and no question who may. Both run in as many processes, for the
same time, one after the other, on the same embedded server with its durable commits.
"""

import multiprocessing
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from tests import engines  # noqa: F401  starts the engines before Django reads its settings
from tests.benchmarks import report

django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402

from claims.models import Rating, Reviewer  # noqa: E402
from claims.review.assignments import take_next  # noqa: E402
from claims.review.verdicts import record_verdict  # noqa: E402
from tests.benchmarks.queue_rows import fill_queue, make_reviewers  # noqa: E402

STEPS = 2_400  # of all processes together; a quarter of the short queue
SIZES = (10_000, 1_000_000)
PROCESSES = (1, 8, 32)
Work = Callable[[Reviewer], Callable[[], object]]

SELECT = """SELECT id FROM bare_queue WHERE status = 'open' ORDER BY priority DESC, id
            FOR UPDATE SKIP LOCKED LIMIT 1"""
UPDATE = "UPDATE bare_queue SET status = 'taken' WHERE id = %s"


def bare(_person: Reviewer) -> Callable[[], object]:
    settings = connection.settings_dict
    link = psycopg.connect(
        host=settings["HOST"], port=settings["PORT"] or None, user=settings["USER"],
        password=settings["PASSWORD"], dbname=settings["NAME"],
    )  # fmt: skip

    def take() -> object:
        with link.transaction(), link.cursor() as cursor:
            found = cursor.execute(SELECT).fetchone()
            if found:
                cursor.execute(UPDATE, found)
            return found

    return take


def take(person: Reviewer) -> Callable[[], object]:
    return lambda: take_next(person)


def cycle(person: Reviewer) -> Callable[[], object]:
    rating = Rating.objects.get(name="False")

    def judge() -> object:
        turn = take_next(person)
        return turn and record_verdict(person, turn.pk, turn.fence, rating=rating, explanation="The port says 1,900.")

    return judge


def rate(work: Work, people: list[Reviewer], processes: int) -> float:
    """How often a second `processes` processes do the work together."""
    fork = multiprocessing.get_context("fork")
    barrier, spans = fork.Barrier(processes), fork.Queue()
    connections.close_all()
    share = STEPS // processes
    workers = [fork.Process(target=_run, args=(work, people[n], share, barrier, spans)) for n in range(processes)]
    for worker in workers:
        worker.start()
    begins, ends = zip(*(spans.get(timeout=120) for _ in workers), strict=True)
    for worker in workers:
        worker.join()
    return share * processes / (max(ends) - min(begins))


def _run(work: Work, person: Reviewer, share: int, barrier: Any, spans: Any) -> None:
    step = work(person)
    step()  # connect, and read what is read once
    barrier.wait()
    begins = time.perf_counter()
    for _ in range(share):
        while step() is None:  # all that is open was just looked at by others
            pass
    spans.put((begins, time.perf_counter()))
    connections.close_all()


def measure_taking(size: int, people: list[Reviewer]) -> dict[int, float]:
    rates = {}
    for processes in PROCESSES:
        fill_queue(size) if size <= SIZES[0] else None
        yardstick = rate(bare, people, processes)
        rates[processes] = rate(take, people, processes)
        report(f"queue: takes, {processes} processes, {size:,} claims", rates[processes], "takes/s", yardstick)
        report(
            f"queue: takes with verdict, {processes} processes, {size:,} claims",
            rate(cycle, people, processes), "cycles/s", yardstick,
        )  # fmt: skip
    return rates


def page_times(person: Reviewer) -> dict[str, tuple[float, int]]:
    """The best of several readings in milliseconds, and the number of statements, of each list."""
    client = APIClient(SERVER_NAME="localhost")
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
    found = {}
    for path in ("/api/v1/claims/", "/api/v1/queue/", "/admin/review/"):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        statements = len(asked)
        found[path] = (min(_milliseconds(client, path) for _ in range(15)), statements)
    return found


def _milliseconds(client: APIClient, path: str) -> float:
    started = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    databases = setup_databases(verbosity=0, interactive=False)
    people = make_reviewers(max(PROCESSES))
    rates, times = {}, {}
    for size in sizes:
        fill_queue(size)
        times[size] = page_times(people[0])
        rates[size] = measure_taking(size, people)
    few, many = sizes[0], sizes[-1]
    for processes in PROCESSES:
        name = f"queue: a take among {many:,} claims, {processes} processes"
        report(name, 1000 / rates[many][processes], "ms", 1000 / rates[few][processes])
    for path, (milliseconds, statements) in times[many].items():
        report(f"queue: {path} at {many:,} claims, {statements} statements", milliseconds, "ms", times[few][path][0])
        assert statements == times[few][path][1]
    teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
