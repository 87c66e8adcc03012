"""The review page as a fact-checker opens it: milliseconds, statements and bytes, among 10,000 and 1,000,000 claims.

The yardstick of the time is the same page among 10,000 claims; that of the bytes is 150 KB for a browser that has
nothing yet: the page and each style sheet and script it names, as they come over the wire, gzipped. A Chromium with an
empty cache tells when the page's scripts have run, so that its keys work; the yardstick is a second.
"""

import gzip
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import django

from tests import engines  # noqa: F401  starts the engines before Django reads its settings
from tests.benchmarks import report

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.finders import find  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from claims.review.assignments import take_next  # noqa: E402
from tests.benchmarks.queue_rows import fill_queue, make_reviewers  # noqa: E402

SIZES = (10_000, 1_000_000)
BUDGET = 150_000
PATIENCE = 1000  # milliseconds until the keys work
VISITS = 7
NAMED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')


def measure(client: Client, address: str) -> tuple[float, int, int]:
    """Best milliseconds, statements, and bytes with all that the page names."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address).content
    statements = len(asked)
    best = min(_milliseconds(client, address) for _ in range(15))
    named = {path.removeprefix("/static/") for path in NAMED.findall(page.decode())}
    parts = [page, *(Path(find(name) or "").read_bytes() for name in named)]
    return best, statements, sum(len(gzip.compress(part)) for part in parts)


def _milliseconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    assert client.get(address).status_code == 200
    return (time.perf_counter() - started) * 1000


def measure_in_browser(client: Client, address: str) -> float:
    """Median milliseconds from asking for the page to its keys: its scripts are deferred, and run before that event."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    with live_server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        return median(_visit(browser, url, address, cookie) for _ in range(VISITS))


def _visit(browser: Browser, url: str, address: str, cookie: dict[str, str]) -> float:
    """Each with a cache of its own, and an empty one."""
    context = browser.new_context()
    context.add_cookies([{**cookie, "url": url}])  # type: ignore[typeddict-item]
    page = context.new_page()
    page.goto(url + address)
    assert page.locator("#keys-open").is_visible()
    took: float = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    context.close()
    return took


@contextmanager
def live_server() -> Iterator[str]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in this thread
    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://localhost:{thread.port}"
    thread.terminate()


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    person = make_reviewers(1)[0]
    client, found = Client(SERVER_NAME="localhost"), {}
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    for size in sizes:
        fill_queue(size)
        address = f"/admin/review/{take_next(person).claim_id}/"
        found[size] = measure(client, address)
    in_browser = measure_in_browser(client, address)
    milliseconds, statements, size_cold = found[sizes[-1]]
    name = f"pages: a claim to judge among {sizes[-1]:,}, {statements} statements"
    report(name, milliseconds, "ms", found[sizes[0]][0])
    report("pages: the same, bytes for an empty cache", size_cold, "bytes", BUDGET)
    report("pages: the same, in a browser until its keys work", in_browser, "ms", PATIENCE)
    teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
