"""Mails a second from a committed event to the mail server's acceptance, beside bare smtplib sending the same bytes.

The whole path: the event's rows are rendered and written, the broker wakes the mailer, a real worker, which takes them,
sends them and notes each. The yardstick hands finished bytes to the same server over one connection, and that is all.
"""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from tests import engines  # noqa: F401  starts the engines before Django reads its settings
from tests.benchmarks import report

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from claims.enums import EmailKind, Role  # noqa: E402
from claims.models import OutgoingEmail, Reviewer  # noqa: E402
from claims.notifications.delivery import build_message, wake_waiting_emails  # noqa: E402
from claims.notifications.outbox import queue_email  # noqa: E402
from tests.factories import make_article, make_claim  # noqa: E402
from tests.smtp_sink import free_port  # noqa: E402

EVENTS, PEOPLE = 40, 50
ROOT = Path(__file__).parents[2]


class Accepted:
    """What the mail server has written down, a line a mail. Only what is new is read: it is counted while mails go."""

    def __init__(self, log: Path) -> None:
        self.log, self.seen = log.open("rb"), 0

    def count(self) -> int:
        self.seen += self.log.read().count(b'"id"')
        return self.seen

    def seconds_for(self, count: int, work: Callable[[], object]) -> float:
        """From the beginning of the work until so many more mails are accepted."""
        goal, started = self.count() + count, time.perf_counter()
        work()
        while self.count() < goal:
            time.sleep(0.005)
        return time.perf_counter() - started


@contextmanager
def mail_server(log: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "tests.chaos.mail_sink", str(port), str(log), "kind"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_until(lambda: _answers(port))
        yield port
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    try:
        smtplib.SMTP("127.0.0.1", port, timeout=1).quit()
    except OSError:
        return False
    return True


@contextmanager
def mailer(port: int) -> Iterator[None]:
    """The mailer as the desk starts it, on the benchmark's database."""
    database = connection.settings_dict
    url = (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )
    environment = os.environ | {
        "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "SECRET_KEY": "b" * 50, "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1", "EMAIL_URL": f"smtp://127.0.0.1:{port}", "EMAIL_PER_PERSON_AND_HOUR": "0",
    }  # fmt: skip
    command = ["celery", "--quiet", "-A", "factcheck", "worker", "--queues", "mail", "--concurrency", "3"]
    process = subprocess.Popen([sys.executable, "-m", *command, "--loglevel", "WARNING"], cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def _wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise RuntimeError("it does not come true")


def event_writer() -> Callable[[str, int], None]:
    """Writes so many events, each mailed to everybody and committed by itself, under a name of their own."""
    made = Reviewer.objects.bulk_create(
        Reviewer(username=f"bench{number}", email=f"bench{number}@desk.test") for number in range(PEOPLE)
    )
    Group.objects.get(name=Role.REVIEWER).user_set.set(made)
    article = make_article()
    context = {"articles": [article], "claims": [make_claim(article=article)], "total": 1}

    def write(name: str, events: int) -> None:
        for event in range(events):
            queue_email(EmailKind.CLAIMS_WAITING, f"{name}:{event}", made, context)

    return write


def build_bytes() -> list[tuple[str, bytes]]:
    emails = OutgoingEmail.objects.filter(cause__startswith="whole:")
    return [(email.to_address, build_message(email).envelope.content) for email in emails]


def send_bare(port: int, mails: list[tuple[str, bytes]]) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
        for address, content in mails:
            server.sendmail("desk@localhost", [address], content)


def send_again() -> None:
    """As if the rows had just been written, all at once."""
    OutgoingEmail.objects.filter(cause__startswith="whole:").update(status="waiting", sent_at=None)
    wake_waiting_emails()


def measure(log: Path) -> None:
    write, mails, accepted = event_writer(), EVENTS * PEOPLE, Accepted(log)
    with mail_server(log) as port, mailer(port):
        accepted.seconds_for(PEOPLE, lambda: write("first", 1))  # it is there, and awake
        whole = accepted.seconds_for(mails, lambda: write("whole", EVENTS))
        content = build_bytes()
        before = accepted.seconds_for(mails, lambda: send_bare(port, content))
        _wait_until(lambda: not OutgoingEmail.objects.exclude(status="sent").exists())
        alone = accepted.seconds_for(mails, send_again)
        bare = (before + accepted.seconds_for(mails, lambda: send_bare(port, content))) / 2
    print(f"{mails} mails of {len(content[0][1]):,} bytes; bare smtplib before {before:.2f} s, on average {bare:.2f} s")
    report("mail: from a committed event to its acceptance", mails / whole, "mails/s", mails / bare)
    report("mail: rows that wait to their acceptance", mails / alone, "mails/s", mails / bare)


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "accepted.jsonl"
        log.touch()
        measure(log)
    teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
