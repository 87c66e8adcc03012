"""`manage.py desk`: the whole desk on one machine, in one terminal."""

import fcntl
import http.client
import json
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import IO, Any

import psutil
from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connections

from claims.demo import DEMO_LOGINS, DEMO_PASSWORD
from claims.intake.article_pages import release_taken_pages
from claims.intake.extracting import release_taken_versions
from claims.intake.feed_entries import release_taken_entries
from claims.intake.feed_reading import release_taken_feeds
from claims.notifications.delivery import release_taken_emails
from claims.notifications.webhook_delivery import release_taken_deliveries
from factcheck import embedded
from factcheck.supervisor import Child, GaveUp, StopRequest, Supervisor

HOST = "127.0.0.1"
HAND_OVER_PATIENCE = 10.0  # seconds for what a killed desk left running to end
WEB_PATIENCE = 60.0  # seconds for the web server to answer
TICK = 0.2  # seconds between two looks at the processes


class Refused(RuntimeError):
    """The desk cannot start here; the message says why and what to do."""


class Command(BaseCommand):
    help = "Run the whole desk here: database, broker, web server, worker and schedule. Ctrl-C stops it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = int(os.environ.get("PORT") or 8000)
        parser.add_argument("--port", type=int, default=default, help="port of the web server (default: PORT or 8000)")
        parser.add_argument("--no-demo", action="store_false", dest="demo", help="do not load the demo data")

    def handle(self, *, port: int, demo: bool, **options: Any) -> None:
        if port != int(os.environ.get("PORT") or 8000):
            run_again(PORT=str(port))  # the settings were read with another port in mind
        self.port, self.demo = port, demo and settings.EMBEDDED
        self.folder = embedded.data_folder()
        self.stop_request, self.is_mid_line = StopRequest(), False
        embedded.make_folder(self.folder)
        os.environ["FACTCHECK_DATA"] = str(self.folder)  # absolute: the children run in another folder
        try:
            with self.stop_request.installed(), self._sole_desk() as desk_lock:
                self._check_port()
                self._run(desk_lock)
        except KeyboardInterrupt:
            self._say("Stopped.")
        except (Refused, GaveUp, embedded.EngineError) as error:
            sys.exit(str(error))

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/"

    @contextmanager
    def _sole_desk(self) -> Iterator[IO[str]]:
        """Hold `desk.lock`, which names this desk to the next one."""
        with open(self.folder / "desk.lock", "a+") as lock:
            self._await_lock(lock)
            me = psutil.Process()
            lock.truncate(0)
            json.dump({"pid": me.pid, "created": me.create_time(), "url": self.url}, lock)
            lock.flush()
            yield lock

    def _await_lock(self, lock: IO[str]) -> None:
        """Wait for what a killed desk has left to end; refuse to run beside a living one."""
        deadline = time.monotonic() + HAND_OVER_PATIENCE
        told = False
        while not embedded.try_lock(lock, fcntl.LOCK_EX):
            other = read_desk(lock)
            if is_running(other) or time.monotonic() > deadline:
                raise Refused(
                    f"A desk already runs on {self.folder}: {other.get('url', 'it is starting')} "
                    f"(process {other.get('pid', 'unknown')}).\n"
                    "Use that one, stop it, or run another beside it: FACTCHECK_DATA=another-folder PORT=8123 make run"
                )
            if not told:
                self._say("The desk that ran here was killed; waiting for its processes to end …")
                told = True
            with self.stop_request.may_interrupt():
                time.sleep(0.05)

    def _check_port(self) -> None:
        if embedded.port_is_taken(self.port):
            raise Refused(f"Port {self.port} is used by another program. Choose another one: PORT=8123 make run")

    def _run(self, desk_lock: IO[str]) -> None:
        with self._engines() as lease:
            self._follow_moved_ports()
            self._prepare_database()
            shared = [desk_lock.fileno(), *([lease.users.fileno()] if lease else [])]
            supervisor = Supervisor(settings.BASE_DIR, self._say, lease.revive if lease else list, shared)
            with self._children(supervisor):
                self._load_demo()
                self._await_web(supervisor)
                self._announce()
                self._supervise(supervisor)

    @contextmanager
    def _engines(self) -> Iterator[embedded.Lease | None]:
        with ExitStack() as stack:
            with self.stop_request.may_interrupt():
                engines = embedded.Engines.from_environment()
                lease = stack.enter_context(embedded.engines_running(engines, self._starting))
            yield lease

    def _follow_moved_ports(self) -> None:
        """An engine whose port was taken listens elsewhere now; the settings of this process still name the old one."""
        known = {settings.DATABASE_URL} if settings.EMBEDDED_DATABASE else set()
        known |= {settings.REDIS_URL} if settings.EMBEDDED_BROKER else set()
        if known:
            now = embedded.read_or_create_secrets(self.folder)
            if not known <= {now.database_url, now.redis_url}:
                run_again()

    def _prepare_database(self) -> None:
        with self.stop_request.may_interrupt(), self._step("Preparing the database"):
            call_command("migrate", verbosity=0, interactive=False)
            if settings.EMBEDDED_DATABASE:  # nobody else works here: what a killed worker held is free at once
                release_taken_versions()
                release_taken_emails()
                release_taken_deliveries()
                release_taken_feeds()
                release_taken_entries()
                release_taken_pages()

    @contextmanager
    def _children(self, supervisor: Supervisor) -> Iterator[None]:
        try:
            for child in self._make_children():
                supervisor.start(child)
            yield
        finally:
            self._say("Stopping …")
            supervisor.stop()

    def _make_children(self) -> list[Child]:
        celery = [sys.executable, "-m", "celery", "--quiet", "-A", "factcheck"]
        # No gossip and no mingling: looking for other workers costs a start one second.
        worker = [*celery, "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
        mailer = [*worker, "--hostname", "mailer@%h", "--queues", "mail", "--concurrency", "3"]
        messenger = [*worker, "--hostname", "messenger@%h", "--queues", "webhooks", "--concurrency", "1"]
        reader = [*worker, "--hostname", "reader@%h", "--queues", "feeds", "--concurrency", "1"]
        sweeper = [*worker, "--hostname", "sweeper@%h", "--queues", "sweep", "--concurrency", "1"]
        worker += ["--queues", "factcheck", "--concurrency", "2"]
        beat = ["beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", str(self.folder / "beat.alive")]
        web = [sys.executable, "-m", "gunicorn", "factcheck.wsgi", "--bind", f"{HOST}:{self.port}", "--preload"]
        web += ["--workers", "2", "--threads", "16", "--worker-class", "gthread", "--graceful-timeout", "2"]
        web += ["--log-level", "warning", "--no-control-socket"]
        return [
            Child("worker", worker, self.folder / "worker.log", patience=5),
            Child("mailer", mailer, self.folder / "mailer.log", patience=5),
            Child("messenger", messenger, self.folder / "messenger.log", patience=5),
            Child("reader", reader, self.folder / "reader.log", patience=5),
            Child("sweeper", sweeper, self.folder / "sweeper.log", patience=5),
            Child("schedule", celery + beat, self.folder / "beat.log", patience=2),
            Child("web server", web, self.folder / "web.log", patience=3),
        ]

    def _load_demo(self) -> None:
        if self.demo:
            with self.stop_request.may_interrupt(), self._step("Loading the demo"):
                call_command("seed_demo", verbosity=0)
        connections.close_all()

    def _await_web(self, supervisor: Supervisor) -> None:
        with self._step("Starting the web server"):
            deadline = time.monotonic() + WEB_PATIENCE
            while not self._web_answers():
                if time.monotonic() > deadline:
                    raise GaveUp(f"The web server does not answer. Why is in {self.folder / 'web.log'}.")
                self._check(supervisor)

    def _web_answers(self) -> bool:
        with suppress(OSError), closing(http.client.HTTPConnection(HOST, self.port, timeout=5)) as connection:
            connection.request("GET", "/healthz/")
            return connection.getresponse().status < 500
        return False

    def _announce(self) -> None:
        self._say(f"\nThe desk is open: {self.url}")
        if self.demo:
            self._say(f"Sign in as {', '.join(DEMO_LOGINS)}; the password of each is {DEMO_PASSWORD}")
        self._say(f"Logs and data are in {self.folder}. Ctrl-C stops the desk.\n")

    def _supervise(self, supervisor: Supervisor) -> None:
        while True:
            self._check(supervisor)

    def _check(self, supervisor: Supervisor) -> None:
        """One look at the processes; never interrupted, so that no process is started and then forgotten."""
        if self.stop_request.requested:
            raise KeyboardInterrupt
        supervisor.check()
        time.sleep(TICK)

    def _starting(self, title: str) -> Any:
        return self._step(f"Starting {title}")

    @contextmanager
    def _step(self, words: str) -> Iterator[None]:
        """Say what is being done, then how long it took."""
        began = time.monotonic()
        self._say(f"{words} …", ending="")
        self.is_mid_line = True
        try:
            yield
        except BaseException:
            self._end_line(" not done")
            raise
        self._end_line(f" ok ({time.monotonic() - began:.1f} s)")

    def _say(self, words: str, ending: str = "\n") -> None:
        self._end_line("")
        self._write(words + ending)

    def _end_line(self, words: str) -> None:
        """Finish the line of a step; a line of its own where something else was said meanwhile."""
        if self.is_mid_line or words:
            self._write(f"{words if self.is_mid_line else words.lstrip()}\n")
        self.is_mid_line = False

    def _write(self, words: str) -> None:
        with suppress(OSError):  # a terminal that was closed must not keep the desk from stopping in order
            self.stdout.write(words, ending="")
            self.stdout.flush()


def read_desk(lock: IO[str]) -> dict[str, Any]:
    """What the desk that holds the lock has written about itself; empty while it has not."""
    lock.seek(0)
    with suppress(ValueError):
        return dict(json.load(lock))
    return {}


def is_running(desk: dict[str, Any]) -> bool:
    """Whether that very process lives, and not another one with its number."""
    with suppress(KeyError, psutil.Error):
        process = psutil.Process(desk["pid"])
        return process.create_time() == desk["created"] and process.status() != psutil.STATUS_ZOMBIE
    return False


def run_again(**environment: str) -> None:
    """Become a new process with the same arguments."""
    os.execve(sys.executable, sys.orig_argv, {**os.environ, **environment})  # noqa: S606  our own command line
