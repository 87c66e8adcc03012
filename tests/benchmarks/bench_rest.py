"""Review over REST as a desk runs: gunicorn, eight reviewers on keep-alive connections, each taking, keeping, judging.

The yardstick of a cycle is three bare answers of the same server (`healthz/`, one statement each). The yardstick of the
list is Django REST framework's own generic list of the same 50 rows, as plain as it comes, in the same process.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

from tests import engines  # noqa: F401  starts the engines before Django reads its settings
from tests.benchmarks import report

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from knox.models import get_token_model  # noqa: E402
from rest_framework import generics, serializers  # noqa: E402
from rest_framework.test import APIClient, APIRequestFactory  # noqa: E402

from claims.models import Assignment, Claim, Reviewer, Verdict  # noqa: E402
from tests.benchmarks.queue_rows import fill_queue, make_reviewers  # noqa: E402

PORT, REVIEWERS, CYCLES = 8397, 8, 150
SIZES = (100_000, 1_000_000)
Ask = Callable[[str, str, Any], Any]


@contextmanager
def server() -> Iterator[None]:
    """Gunicorn as the image starts it, with a process a core, on the benchmark's database."""
    database = connection.settings_dict
    url = (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )
    command = ["gunicorn", "factcheck.wsgi", "--bind", f"127.0.0.1:{PORT}", "--worker-class", "gthread"]
    environment = os.environ | {
        "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "SECRET_KEY": "b" * 50, "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{PORT}", "SECURE_SSL_REDIRECT": "0", "EMAIL_URL": "consolemail://",
        "API_RATE_PERSON": "1000000/min",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--workers", "2", "--threads", "8", "--no-control-socket"], env=environment
    )
    try:
        _wait_for_answer()
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait_for_answer() -> None:
    for _ in range(100):
        try:
            if ask_as("")("GET", "/healthz/", None)[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("gunicorn does not answer")


def ask_as(token: str) -> Ask:
    """One keep-alive connection."""
    link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Token {token}"} if token else {})

    def ask(method: str, path: str, body: Any) -> tuple[int, Any]:
        link.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = link.getresponse()
        content = answer.read()
        return answer.status, json.loads(content) if content[:1] == b"{" else content

    return ask


def cycle(ask: Ask, times: list[float]) -> None:
    turn = _timed(ask, times, "/api/v1/assignments/", {}, 201)
    path, fence = f"/api/v1/assignments/{turn['id']}", {"fence": turn["fence"]}
    _timed(ask, times, f"{path}/heartbeat/", fence, 200)
    _timed(ask, times, f"{path}/verdict/", fence | {"rating": "False", "explanation": "The port says 1,900."}, 201)


def bare_cycle(ask: Ask, times: list[float]) -> None:
    for _ in range(3):
        started = time.perf_counter()
        assert ask("GET", "/healthz/", None)[0] == 200
        times.append(time.perf_counter() - started)


def _timed(ask: Ask, times: list[float], path: str, body: dict[str, Any], expected: int) -> Any:
    started = time.perf_counter()
    status, answer = ask("POST", path, body)
    times.append(time.perf_counter() - started)
    assert status == expected, answer
    return answer


def run_all(work: Callable[[Ask, list[float]], None], tokens: list[str]) -> tuple[float, list[float]]:
    """Cycles a second of all together, and the seconds of each answer."""
    times: list[float] = []

    def run(token: str) -> None:
        ask = ask_as(token)
        for _ in range(CYCLES):
            work(ask, times)

    threads = [threading.Thread(target=run, args=(token,)) for token in tokens]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CYCLES * len(tokens) / (time.perf_counter() - started), times


def measure_cycles(people: list[Reviewer]) -> None:
    tokens = [get_token_model().objects.create(person)[1] for person in people]
    with server():
        bare, _ = run_all(bare_cycle, tokens)
        rate, times = run_all(cycle, tokens)
    report("rest: take + heartbeat + verdict", rate, "cycles/s", bare)
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    report("rest: 95 of 100 answers within", p95, "ms", 100.0)
    seats = Assignment.objects.filter(outcome="verdict").values("seat")
    assert (seats.distinct().count(), Verdict.objects.count()) == (CYCLES * REVIEWERS, CYCLES * REVIEWERS)


class BareClaim(serializers.ModelSerializer):
    class Meta:
        model = Claim
        fields = "__all__"


class BareList(generics.ListAPIView):
    """What the framework's quick start builds."""

    authentication_classes = permission_classes = throttle_classes = ()
    serializer_class = BareClaim
    filter_backends = ()
    pagination_class = None

    def get_queryset(self) -> Any:
        return Claim.objects.order_by("-id")[:50]


def measure_list(size: int, person: Reviewer) -> None:
    fill_queue(size)
    client, factory, view = APIClient(SERVER_NAME="localhost"), APIRequestFactory(), BareList.as_view()
    client.credentials(HTTP_AUTHORIZATION=f"Token {get_token_model().objects.create(person)[1]}")
    with CaptureQueriesContext(connection) as asked:
        assert len(client.get("/api/v1/claims/").json()["results"]) == 50
    statements = len(asked)
    ours = _best(lambda: client.get("/api/v1/claims/"))
    bare = _best(lambda: view(factory.get("/")).render())
    report(f"rest: 50 of {size:,} claims, {statements} statements", ours, "ms", bare)


def _best(work: Callable[[], object]) -> float:
    found = []
    for _ in range(20):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return min(found)


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    people = make_reviewers(REVIEWERS)
    fill_queue(10_000)
    measure_cycles(people)
    for size in [int(word) for word in sys.argv[1:]] or SIZES:
        measure_list(size, people[0])
    teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
