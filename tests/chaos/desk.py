"""A real desk in a folder of its own, as a person starts it, and what a test may do to it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests.data_folder import processes_of

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 150  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited {patience} s in vain: {what}")


UNREAD = """
SELECT (SELECT count(*) FROM claims_articleversion WHERE extraction_status <> 'extracted'),
       (SELECT count(*) FROM claims_claim WHERE status = 'extracted' AND check_worthiness >= 0.5)
"""
UNSENT = "SELECT count(*) FROM claims_outgoingemail WHERE status <> 'sent'"


class Desk:
    """`manage.py desk` on its own data folder and port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")},
            "FACTCHECK_DATA": str(folder),
            "PORT": str(self.port),
            "SWEEP_AFTER_SECONDS": "3",
        }
        self.token = ""
        self.output = folder.parent / "desk.out"

    def start(self) -> None:
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "desk"],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        # Its web server answers before its demo is loaded, hence not the port but the word.
        wait_for(self.is_open, "the desk is open")
        self.token = self.token or self.manage("create_token", "producer").splitlines()[-1]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)

    def is_open(self) -> bool:
        said = self.output.read_text()
        assert self.process.poll() is None, said
        return "The desk is open" in said

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def call(self, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
        """(status, JSON) of a REST call."""
        headers = {"Authorization": f"Token {token or self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                content = answer.read()
                return answer.status, json.loads(content) if content else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def post_until_accepted(self, body: dict[str, Any]) -> int:
        """Post an article as a CMS would: again and again until the desk says that it has it."""

        def accepted() -> int:
            try:
                status, answer = self.call("POST", "articles/", body)
            except (OSError, HTTPException):  # also an answer that was cut off
                return 0
            return answer["id"] if status in (200, 202) else 0

        return wait_for(accepted, "the article is accepted")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._database()) as connection:
            return connection.execute(sql).fetchall()

    def run(self, sql: str) -> None:
        with psycopg.connect(self._database()) as connection:
            connection.execute(sql)

    def _database(self) -> str:
        keys = json.loads((self.folder / "engines.json").read_text())
        return f"postgresql://postgres:{keys['database_password']}@127.0.0.1:{keys['database_port']}/factcheck"

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz/", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, HTTPException):
            return False

    def has_read(self) -> bool:
        """Whether every version is extracted and every claim that should be is queued."""
        return self._has_none(UNREAD)

    def is_idle(self) -> bool:
        """Whether, beyond that, every mail is sent."""
        return self.has_read() and self._has_none(UNSENT)

    def _has_none(self, counts: str) -> bool:
        try:
            return not any(self.query(counts)[0])
        except psycopg.Error:  # the engine has just been killed
            return False

    def processes(self, *words: str) -> list[psutil.Process]:
        """Processes that work on this desk's folder and whose command line has all the words."""
        found = [(process, " ".join(process.cmdline())) for process in processes_of(self.folder)]
        return [process for process, line in found if all(word in line for word in words)]
