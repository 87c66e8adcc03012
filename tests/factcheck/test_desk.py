"""`manage.py` and its `desk`: the real thing in processes of its own, stopped and killed in every way."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.request import urlopen

import psutil
import pytest

from factcheck import embedded, processes
from factcheck.supervisor import Child, GaveUp, Supervisor
from manage import needs_engines
from tests.data_folder import processes_of

ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, "manage.py"]


def environment_for(folder: Path, **more: str) -> dict[str, str]:
    outside = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "PORT")}
    return {**outside, "FACTCHECK_DATA": str(folder), "PYTHONUNBUFFERED": "1", **more}


def manage(folder: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [*MANAGE, *arguments], cwd=ROOT, env=environment_for(folder), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def find(folder: Path, *words: str) -> psutil.Process | None:
    """The oldest process on `folder` with these words on its command line."""
    for process in sorted(processes_of(folder), key=psutil.Process.create_time):
        with suppress(psutil.Error):
            if all(word in " ".join(process.cmdline()) for word in words):
                return process
    return None


def wait_for(condition: Callable[[], object], patience: float = 20) -> None:
    assert processes.wait_until(lambda: bool(condition()), patience)


class Desk:
    """A running desk and what it says."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.said = folder, port, ""
        self._lines: Queue[str] = Queue()
        self.process = subprocess.Popen(
            [*MANAGE, "desk", "--no-demo"],
            cwd=ROOT,
            env=environment_for(folder, PORT=str(port)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line)
        self._lines.put("")

    def hear(self, words: str, patience: float = 40) -> None:
        deadline = time.monotonic() + patience
        while words not in self.said:
            line = ""
            with suppress(Empty):
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            if not line:
                pytest.fail(f"never said {words!r}, but:\n{self.said}")
            self.said += line

    def open(self) -> "Desk":
        self.hear("The desk is open")
        return self

    def answers(self) -> bool:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/healthz/", timeout=5) as reply:
            return reply.status == 200
        return False

    def end(self, number: signal.Signals, patience: float = 20) -> int:
        self.process.send_signal(number)
        return self.process.wait(patience)


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[[], Desk]]:
    """Starts a desk on `folder`; at the end all are stopped."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    started: list[Desk] = []

    def start_desk() -> Desk:
        started.append(Desk(folder, port))
        return started[-1]

    yield start_desk
    for desk in started:
        if desk.process.poll() is None:
            desk.end(signal.SIGTERM)
        if desk.process.stdout:
            desk.process.stdout.close()


# manage.py


@pytest.mark.parametrize(
    "line",
    ["", "help", "check", "extract -", "score_sentences -", "evaluate_extraction --gold=dev.json --json", "desk",
     "evaluate_extraction --gold dev.json", "migrate --help", "--version"],
)  # fmt: skip
def test_command_without_data_needs_no_engines(line):
    assert not needs_engines(line.split())


@pytest.mark.parametrize(
    "line",
    ["migrate", "ingest file", "create_token ana", "check --database default", "check --database=default",
     "evaluate_extraction", "evaluate_extraction --json", "reextract --dry-run"],
)  # fmt: skip
def test_command_on_data_needs_engines(line):
    assert needs_engines(line.split())


def test_check_starts_no_engine(folder):
    manage(folder, "check")
    assert processes_of(folder) == []
    assert not (folder / "postgres").exists()


def test_command_starts_engines_and_stops_them(folder):
    assert "claims" in manage(folder, "showmigrations")
    assert (folder / "postgres").exists()
    wait_for(lambda: processes_of(folder) == [], 5)


def test_overlapping_commands_share_engines(folder):
    commands = [
        subprocess.Popen(
            [*MANAGE, "showmigrations", "--list"], cwd=ROOT, env=environment_for(folder), stdout=subprocess.DEVNULL
        )
        for _ in range(3)
    ]
    assert [command.wait(60) for command in commands] == [0, 0, 0]
    wait_for(lambda: processes_of(folder) == [], 5)


# The supervisor


def supervise(tmp_path: Path) -> tuple[Supervisor, list[str]]:
    said: list[str] = []
    return Supervisor(tmp_path, said.append, list, []), said


def test_supervisor_starts_again_what_dies(tmp_path):
    supervisor, said = supervise(tmp_path)
    child = Child("sleeper", ["sleep", "60"], tmp_path / "log", patience=1)
    supervisor.start(child)
    first = child.process
    first.kill()
    wait_for(lambda: supervisor.check() or child.process not in (None, first))
    assert said == ["The sleeper ended (signal 9); starting it again."]
    supervisor.stop()
    assert child.process.poll() == -signal.SIGTERM


def test_supervisor_gives_up_on_what_keeps_dying(tmp_path):
    supervisor, _ = supervise(tmp_path)
    supervisor.start(Child("doomed", ["sh", "-c", "echo no luck; exit 3"], tmp_path / "log", patience=1))
    with pytest.raises(GaveUp, match=r"(?s)doomed ended 5 times within a minute.*no luck"):
        wait_for(lambda: supervisor.check())
    supervisor.stop()


def test_supervisor_kills_what_does_not_want_to_stop(tmp_path):
    supervisor, _ = supervise(tmp_path)
    child = Child("stubborn", ["sh", "-c", "trap '' TERM; echo on; sleep 60; sleep 60"], tmp_path / "log", patience=0.2)
    supervisor.start(child)
    wait_for(lambda: "on" in (tmp_path / "log").read_text())
    supervisor.stop()
    assert child.process.poll() == -signal.SIGKILL


def test_guardian_that_was_killed_is_replaced(tmp_path):
    supervisor, _ = supervise(tmp_path)
    supervisor.start(Child("sleeper", ["sleep", "60"], tmp_path / "log", patience=1))
    first = supervisor.guardian
    first.kill()
    first.wait()
    supervisor.check()
    assert supervisor.guardian is not first
    supervisor.stop()


def test_guardian_ends_the_children_of_a_killed_parent(tmp_path):
    code = f"""
import time
from pathlib import Path
from factcheck.supervisor import Child, Supervisor
supervisor = Supervisor(Path("/"), print, list, [])
child = Child("family", ["sh", "-c", "sleep 61 & sleep 62"], Path({str(tmp_path / "log")!r}), patience=1)
supervisor.start(child)
print(child.process.pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    group = int(parent.stdout.readline())
    assert processes.signal_group(group, 0)
    parent.kill()
    parent.communicate()
    wait_for(lambda: not processes.signal_group(group, 0), 10)


# The desk


@pytest.mark.chaos
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_desk_stops_whole_when_asked(start, folder, number):
    desk = start().open()
    assert desk.answers()
    assert desk.end(number) == 0
    wait_for(lambda: processes_of(folder) == [], 2)


@pytest.mark.chaos
@pytest.mark.parametrize(
    "words", ["Starting PostgreSQL", "Starting Valkey", "Preparing the database", "Starting the web"]
)
def test_desk_stops_whole_on_its_way_up(start, folder, words):
    desk = start()
    desk.hear(words)
    assert desk.end(signal.SIGINT) == 0
    wait_for(lambda: processes_of(folder) == [], 5)


@pytest.mark.chaos
def test_second_desk_is_refused_and_the_first_unharmed(start, folder):
    desk = start().open()
    words = manage(folder, "desk", "--no-demo", "--port", str(desk.port + 1), code=1)
    assert f"http://127.0.0.1:{desk.port}/" in words
    assert f"process {desk.process.pid}" in words
    assert desk.answers()


@pytest.mark.chaos
def test_taken_port_is_named_before_anything_starts(folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        words = manage(folder, "desk", "--port", str(port), code=1)
    assert f"Port {port} is used by another program" in words
    assert "PORT=8123 make run" in words
    assert not (folder / "postgres").exists()


@pytest.mark.chaos
def test_command_beside_a_desk_leaves_it_alone(start, folder):
    desk = start().open()
    before = find(folder, "postgres", "-D").pid
    manage(folder, "showmigrations")
    assert desk.answers()
    assert find(folder, "postgres", "-D").pid == before


@pytest.mark.chaos
def test_killed_desk_leaves_nothing_and_starts_again_at_once(start, folder):
    desk = start().open()
    desk.end(signal.SIGKILL)
    again = start().open()
    assert again.answers()
    again.end(signal.SIGKILL)
    wait_for(lambda: processes_of(folder) == [], 15)


@pytest.mark.chaos
@pytest.mark.parametrize(
    ("news", "words"),
    [
        ("The web server ended (signal 9)", ["gunicorn"]),
        ("The worker ended (signal 9)", ["--queues factcheck"]),
        ("The sweeper ended (signal 9)", ["celery", "sweeper@"]),
        ("The schedule ended (signal 9)", ["celery", " beat "]),
        ("PostgreSQL had stopped", ["postgres", "-D"]),
        ("Valkey had stopped", ["valkey-server"]),
    ],
)
def test_killed_part_is_started_again(start, folder, news, words):
    desk = start().open()
    wait_for(lambda: find(folder, *words))
    part = find(folder, *words)
    part.kill()
    desk.hear(news, 10)
    wait_for(lambda: (other := find(folder, *words)) and other.pid != part.pid)
    wait_for(desk.answers)


@pytest.mark.chaos
def test_valkey_that_lost_its_data_comes_back_as_it_was(start, folder):
    desk = start().open()
    before = embedded.read_or_create_secrets(folder)
    server = find(folder, "valkey-server")
    server.kill()
    for path in sorted((folder / "valkey").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    desk.hear("Valkey had stopped", 10)
    wait_for(lambda: find(folder, "valkey-server"))
    assert embedded.read_or_create_secrets(folder) == before


@pytest.mark.chaos
def test_everything_killed_at_once_starts_again(start, folder):
    start().open()
    for process in processes_of(folder):
        with suppress(psutil.Error):
            process.kill()
    wait_for(lambda: processes_of(folder) == [], 5)
    assert start().open().answers()


@pytest.mark.chaos
def test_desk_gives_up_on_a_part_that_keeps_dying(start, folder):
    desk = start().open()

    def kill_worker() -> bool:
        if worker := find(folder, "--queues factcheck"):
            worker.kill()
        return desk.process.poll() is not None

    wait_for(kill_worker, 40)
    desk.hear("The worker ended 5 times within a minute")
    assert desk.process.returncode == 1
    wait_for(lambda: processes_of(folder) == [], 5)


@pytest.mark.chaos
def test_desk_follows_an_engine_to_another_port(start, folder):
    manage(folder, "showmigrations")
    before = json.loads((folder / "engines.json").read_text())
    with socket.create_server(("127.0.0.1", before["database_port"])):
        assert start().open().answers()
        assert embedded.read_or_create_secrets(folder).database_port != before["database_port"]
