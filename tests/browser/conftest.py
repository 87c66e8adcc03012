"""Chromium over the live desk. Whatever the browser complains of, a policy violation for instance, fails the test."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, Page, sync_playwright

from claims.models import Reviewer

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the thread that uses the ORM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Desk = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("There is no Chromium on this machine. Install it, for instance: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser has complained of; a test that provokes a complaint empties the list."""
    return []


class Traffic:
    """Counts the requests that the live server is answering, so that the tables are not emptied under them."""

    def __init__(self) -> None:
        self.running, self.lock = 0, Lock()

    def started(self, **kwargs: Any) -> None:
        with self.lock:
            self.running += 1

    def finished(self, **kwargs: Any) -> None:
        with self.lock:
            self.running -= 1

    def wait_for_its_end(self) -> None:
        quiet = 0
        for _ in range(500):
            quiet = 0 if self.running else quiet + 1
            if quiet == 10:
                return
            time.sleep(0.01)


@pytest.fixture
def traffic() -> Iterator[Traffic]:
    counted = Traffic()
    request_started.connect(counted.started)
    request_finished.connect(counted.finished)
    yield counted
    request_started.disconnect(counted.started)
    request_finished.disconnect(counted.finished)


@pytest.fixture
def desk(browser, live_server, complaints, traffic) -> Iterator[Desk]:
    """A page of the desk at an address, with the person signed in; `how` goes to the browser's context."""
    contexts = []

    def open_desk(person: Reviewer | None, path: str = "/admin/", **how: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **how)
        contexts.append(context)
        if person:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": sign_in(person), "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_desk
    seen = list(complaints)
    for context in contexts:
        context.set_offline(True)
        context.close()
    traffic.wait_for_its_end()
    assert seen == []


def sign_in(person: Reviewer) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
