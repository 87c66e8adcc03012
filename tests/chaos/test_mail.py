"""A thousand events are mailed to fifty people while everything on the way is killed: each mail arrives, and once.

Where it arrives twice, a kill fell between the server's acceptance and the desk's note of it: it was the last that its
connection accepted and that connection ended without a word.
"""

import json
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.chaos.desk import ROOT, Desk, wait_for

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(900)]
EVENTS, PEOPLE, EACH = 1_000, 50, 3  # so many of the people hear of each event
MOST_KILLS = 24
CHANCE = random.SystemRandom()

WRITE_EVENTS = f"""
from django.contrib.auth.models import Group
from claims.enums import EmailKind
from claims.models import Claim, Reviewer
from claims.notifications.outbox import queue_email
people = [Reviewer(username=f"person{{n}}", email=f"person{{n}}@desk.test") for n in range({PEOPLE})]
people = Reviewer.objects.bulk_create(people)
Group.objects.get(name="reviewer").user_set.add(*people)
context = {{"claim": Claim.objects.first()}}
for event in range({EVENTS}):
    told = [people[(event + n) % {PEOPLE}] for n in range({EACH})]
    queue_email(EmailKind.ADJUDICATION_NEEDED, f"chaos:{{event}}", told, context)
"""
RESEND_FAILED = """
from claims.models import OutgoingEmail
from claims.notifications.delivery import resend_emails
resend_emails(OutgoingEmail.objects.all())
"""
# A test cannot wait until a greylist's minute is over, nor until the next hour.
COME_DUE = """
UPDATE claims_outgoingemail SET next_attempt_at = now() WHERE id IN (
    SELECT id FROM claims_outgoingemail WHERE status = 'waiting' AND last_error <> '' FOR UPDATE SKIP LOCKED
)
"""
LEFT = "SELECT count(*) FROM claims_outgoingemail WHERE status IN ('waiting', 'sending')"


def pick_port() -> int:
    return CHANCE.randrange(20_000, 30_000)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class MailServer:
    """The sink as a process; it can be killed, and started again at the same address."""

    def __init__(self, log: Path) -> None:
        # Not one that the system gives to whoever connects, or the server could not have it again after a kill.
        self.port, self.log = next(filter(is_free, iter(pick_port, None))), log

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.chaos.mail_sink", str(self.port), str(self.log)]
        self.process = subprocess.Popen(command, cwd=ROOT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    server = MailServer(tmp_path / "accepted.jsonl")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def desk(folder: Path, mail_server: MailServer) -> Iterator[Desk]:
    running = Desk(folder)
    running.environment |= {
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "EMAIL_TIMEOUT": "2",
        "EMAIL_PER_PERSON_AND_HOUR": "0",
    }
    running.start()
    yield running
    running.stop()


def senders(desk: Desk) -> list[psutil.Process]:
    """The processes of the mailer that do its work: those whose parent is it."""
    found = desk.processes("celery", "mailer@")
    return [process for process in found if process.ppid() in {other.pid for other in found}]


def kill_sender(desk: Desk, server: MailServer) -> None:
    CHANCE.choice(senders(desk)).kill()


def kill_mailer(desk: Desk, server: MailServer) -> None:
    for process in desk.processes("celery", "mailer@"):
        process.kill()


def kill_broker(desk: Desk, server: MailServer) -> None:
    for process in desk.processes("valkey-server"):
        process.kill()


def kill_server(desk: Desk, server: MailServer) -> None:
    server.kill()
    server.start()


# In an order in which no part dies so often that the desk gives it up; at any moment of their work.
KILLS = [kill_sender, kill_server, kill_broker, kill_sender, kill_server, kill_mailer, kill_sender, kill_server]


def kill_until(is_over: Callable[[], bool], desk: Desk, server: MailServer) -> Counter[str]:
    killed: Counter[str] = Counter()
    for kill in cycle(KILLS):
        time.sleep(CHANCE.uniform(1.5, 3.5))
        if is_over() or killed.total() >= MOST_KILLS:
            break
        try:
            kill(desk, server)
        except (psutil.Error, IndexError):  # it was about to start
            continue
        killed[kill.__name__] += 1
        desk.run(COME_DUE)
    return killed


def settle(desk: Desk, server: MailServer) -> None:
    """Wait until every mail is sent or refused for good."""

    def is_settled() -> bool:
        desk.run(COME_DUE)
        time.sleep(1)
        return desk.query(LEFT) == [(0,)]

    try:
        wait_for(is_settled, "all is sent or refused", 400)
    except AssertionError as error:
        stuck = desk.query("SELECT status, last_error, count(*) FROM claims_outgoingemail GROUP BY 1, 2")
        alive = (desk.process.poll(), server.process.poll(), len(senders(desk)))
        raise AssertionError(f"{error}: {stuck}; desk, server and senders: {alive}") from error


def test_each_mail_of_a_thousand_events_arrives_whatever_is_killed(desk: Desk, mail_server: MailServer):
    wait_for(desk.has_read, "the demo is read")  # its mails go the way of all others
    began = time.monotonic()
    writer = threading.Thread(target=desk.manage, args=("shell", "-c", WRITE_EVENTS))
    writer.start()
    killed = kill_until(lambda: not writer.is_alive() and nearly_all_went(desk), desk, mail_server)
    writer.join()
    settle(desk, mail_server)
    refused = 0
    while failed := desk.query("SELECT count(*) FROM claims_outgoingemail WHERE status = 'failed'")[0][0]:
        refused += failed
        desk.manage("shell", "-c", RESEND_FAILED)
        settle(desk, mail_server)
    took = time.monotonic() - began
    mails = dict(desk.query("SELECT message_id, status FROM claims_outgoingemail"))
    assert set(mails.values()) == {"sent"}
    assert len(mails) >= EVENTS * EACH
    doubles = check_arrivals(set(mails), mail_server.lines(), killed)
    print(f"\n{len(mails)} mails in {took:.0f} s, {refused} refused and sent again; kills: {dict(killed)}; {doubles}")


def nearly_all_went(desk: Desk) -> bool:
    return desk.query(LEFT)[0][0] < 100


def check_arrivals(mails: set[str], lines: list[dict[str, Any]], killed: Counter[str]) -> str:
    """None is missing, none is strange, and each double is one that the desk could not know of. In words."""
    talks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    arrivals: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        talks[line["talk"]].append(line)
        if "id" in line:
            arrivals[line["id"]].append(line)
    assert set(arrivals) == mails
    early = [arrival for each in arrivals.values() for arrival in each[:-1]]
    for arrival in early:  # nothing came after it, not even the end of the talk
        assert talks[arrival["talk"]][-1] == arrival
    untold = sum(not line.get("is_told", True) for line in lines)
    deadly = sum(number for name, number in killed.items() if name != "kill_broker")
    assert len(early) <= untold + deadly
    return f"{len(early)} arrived twice: the server had said nothing of {untold}, and {deadly} kills hit a connection"
