"""The desk's process tree: start children, start again what dies, stop all in order, leave no orphan."""

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from factcheck import processes

DEATHS, WINDOW = 5, 60.0  # so many deaths of one part within so many seconds, and the desk gives up
FIRST_PAUSE = 0.25  # seconds before a part starts again; doubled with each further death
LONGEST_PAUSE = 4.0
LOG_LIMIT = 5_000_000  # bytes after which a log is put aside at the next start

Say = Callable[[str], None]


class GaveUp(RuntimeError):
    """A part of the desk keeps dying; the message says which and where it says why."""


class StopRequest:
    """SIGINT, SIGTERM and SIGHUP, remembered. Only inside `may_interrupt` do they break in; repeats are ignored."""

    def __init__(self) -> None:
        self.requested = False
        self._may_raise = False

    @contextmanager
    def installed(self) -> Iterator[None]:
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, self._receive) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def may_interrupt(self) -> Iterator[None]:
        """Raise KeyboardInterrupt in the block as soon as a stop is requested."""
        self._may_raise = True
        try:
            if self.requested:
                raise KeyboardInterrupt
            yield
        finally:
            self._may_raise = False

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self.requested = True
        if self._may_raise:
            self._may_raise = False
            raise KeyboardInterrupt


@dataclass
class Deaths:
    """The latest deaths of one part of the desk."""

    times: deque[float] = field(default_factory=lambda: deque(maxlen=DEATHS))

    def record(self) -> float:
        """The seconds to wait before the next start, longer after each death in the window."""
        self.times.append(time.monotonic())
        recent = sum(1 for moment in self.times if moment > self.times[-1] - WINDOW)
        return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (recent - 1)))

    def are_too_many(self) -> bool:
        return len(self.times) == DEATHS and self.times[-1] - self.times[0] < WINDOW


class Child:
    """One program in a process group of its own, so that the terminal's Ctrl-C passes it by."""

    def __init__(self, name: str, command: list[str], log: Path, patience: float) -> None:
        self.name, self.command, self.log, self.patience = name, command, log, patience
        self.deaths = Deaths()
        self.process: subprocess.Popen[bytes] | None = None
        self.start_at = 0.0

    def start(self, folder: Path) -> int:
        with open(self.log, "ab") as log:
            self.log.chmod(0o600)
            self.process = processes.launch(self.command, log.fileno(), cwd=folder)
        return self.process.pid

    def ask_to_stop(self) -> None:
        if self.process:
            self.process.terminate()

    def finish(self) -> None:
        """Give the leader `patience` seconds to end, then end the whole group."""
        if self.process:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
            processes.signal_group(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Children under a guardian. `revive` starts dead engines and returns their titles."""

    def __init__(self, folder: Path, say: Say, revive: Callable[[], list[str]], shared_files: Iterable[int]) -> None:
        self.folder, self.say, self.revive = folder, say, revive
        self.children: list[Child] = []
        self._engine_deaths: dict[str, Deaths] = {}
        self._shared_files = list(shared_files)
        self.guardian = processes.post_guardian(self._shared_files)

    def start(self, child: Child) -> None:
        _put_aside(child.log)
        self.children.append(child)
        self._launch(child)

    def check(self) -> None:
        """Look once at everything and start again what has died. GaveUp when something dies too often."""
        self._check_guardian()
        for child in self.children:
            self._check_child(child)
        for title in self.revive():
            self.say(f"{title} had stopped and was started again.")
            self._count(title, self._engine_deaths.setdefault(title, Deaths()), self.folder)

    def stop(self) -> None:
        """Stop the children, the last started first, then let the guardian go."""
        for child in reversed(self.children):
            child.ask_to_stop()  # all now, so that the slowest sets the time and not the sum
        for child in reversed(self.children):
            child.finish()
            if child.process:
                self._tell_guardian("-", child.process.pid)
        if self.guardian.stdin:
            with suppress(BrokenPipeError):
                self.guardian.stdin.close()
        self.guardian.wait()

    def _launch(self, child: Child) -> None:
        self._tell_guardian("+", child.start(self.folder))

    def _check_child(self, child: Child) -> None:
        if child.process is None:
            if time.monotonic() >= child.start_at:
                self._launch(child)
        elif child.process.poll() is not None:
            child.finish()  # what is left of its group must not share its work with the next one
            self._tell_guardian("-", child.process.pid)
            self.say(f"The {child.name} ended ({_describe_end(child.process.returncode)}); starting it again.")
            child.process = None
            child.start_at = time.monotonic() + self._count(f"The {child.name}", child.deaths, child.log)

    def _count(self, name: str, deaths: Deaths, log: Path) -> float:
        pause = deaths.record()
        if deaths.are_too_many():
            raise GaveUp(f"{name} ended {DEATHS} times within a minute.{_describe_log(log)}")
        return pause

    def _check_guardian(self) -> None:
        if self.guardian.poll() is not None:
            self.guardian = processes.post_guardian(self._shared_files)
            for child in self.children:
                if child.process:
                    self._tell_guardian("+", child.process.pid)

    def _tell_guardian(self, sign: str, group: int) -> None:
        if self.guardian.stdin:
            with suppress(BrokenPipeError):  # it was killed: the next check posts another and tells it everything
                self.guardian.stdin.write(f"{sign}{group}\n".encode())
                self.guardian.stdin.flush()


def _put_aside(log: Path) -> None:
    with suppress(FileNotFoundError):
        if log.stat().st_size > LOG_LIMIT:
            os.replace(log, log.with_name(f"{log.name}.1"))


def _describe_log(log: Path) -> str:
    with suppress(OSError):
        lines = log.read_text(errors="replace").splitlines()[-5:]
        return "\n".join([f" The end of its log, {log}:", *lines])
    return ""


def _describe_end(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
