"""Finding and stopping processes, and the two small ones that clean up after a kill that nobody can catch.

The *caretaker* waits until nobody uses the engines of a data folder and stops them. The *guardian* of a desk waits
for its desk to end and stops the children that the desk could not. Both run this file by its path: they start fast
and stay small because it imports nothing of the project.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import psutil

GROUP_PATIENCE = 3.0  # seconds between asking a process group to end and ending it

# How each engine is asked to stop: signals of rising force, each with the seconds it is given. SIGINT makes
# PostgreSQL disconnect everyone and write a checkpoint, SIGQUIT makes it recover at the next start.
StopSignals = tuple[tuple[signal.Signals, float], ...]
STOP_SIGNALS: dict[str, StopSignals] = {
    "postgres": ((signal.SIGINT, 10.0), (signal.SIGQUIT, 4.0), (signal.SIGKILL, 2.0)),
    "valkey-server": ((signal.SIGTERM, 5.0), (signal.SIGKILL, 2.0)),
}

_launched: list[subprocess.Popen[bytes]] = []  # kept, so that the interpreter does not warn that they still run


def engine_marker(folder: Path, program: str) -> str:
    """The word on the command line of the engine of `folder` that no other process has."""
    return str({"postgres": folder / "postgres", "valkey-server": folder / "valkey" / "valkey.conf"}[program])


def find_process(program: str, marker: str) -> psutil.Process | None:
    """The living process that runs `program` with the argument `marker`, by any pid: pid files lie after a crash."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            line = process.cmdline()
            if marker in line and os.path.basename(line[0]) == program and is_alive(process):
                return process
    return None


def is_alive(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def wait_until(condition: Callable[[], bool], patience: float) -> bool:
    """Whether `condition` came true within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def stop_engine(folder: Path, program: str) -> None:
    if process := find_process(program, engine_marker(folder, program)):
        _stop(process, STOP_SIGNALS[program])


def _stop(process: psutil.Process, steps: StopSignals) -> None:
    for number, patience in steps:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
        if wait_until(lambda: not is_alive(process), patience):
            break


def stop_engines(folder: Path) -> None:
    for program in STOP_SIGNALS:
        stop_engine(folder, program)


def launch(command: list[str], output: int, **options: object) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, so that Ctrl-C at the terminal does not reach it."""
    process = subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603  our own programs and arguments
        command, **{"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output, **options}, start_new_session=True
    )
    _launched.append(process)
    return process  # type: ignore[no-any-return]


def post_caretaker(folder: Path) -> None:
    launch([sys.executable, "-P", __file__, "caretaker", str(folder)], subprocess.DEVNULL, cwd="/")


def post_guardian(shared_files: Iterable[int]) -> subprocess.Popen[bytes]:
    """A guardian that reads `+GROUP` and `-GROUP` lines. `shared_files`, and locks on them, are held until it ends."""
    command = [sys.executable, "-P", __file__, "guardian"]
    pipe = subprocess.PIPE
    return launch(command, subprocess.DEVNULL, stdin=pipe, cwd="/", pass_fds=tuple(shared_files))


def take_care(folder: Path) -> None:
    with open(folder / "engines.users", "a") as users:
        fcntl.flock(users, fcntl.LOCK_EX)  # granted when the last user has gone, however it went
        stop_engines(folder)


def guard(news: TextIO) -> None:
    """Keep book of the desk's process groups; at the end of the file the desk is gone, and they must go."""
    groups: set[int] = set()
    for line in news:
        group = int(line[1:])
        (groups.add if line[0] == "+" else groups.discard)(group)
    end_groups(groups, GROUP_PATIENCE)


def end_groups(groups: set[int], patience: float) -> None:
    remaining = {group for group in groups if signal_group(group, signal.SIGTERM)}
    wait_until(lambda: not any(signal_group(group, 0) for group in remaining), patience)
    for group in remaining:
        signal_group(group, signal.SIGKILL)


def signal_group(group: int, number: int) -> bool:
    """Whether there was anyone to signal."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    if sys.argv[1] == "caretaker":
        take_care(Path(sys.argv[2]))
    else:
        guard(sys.stdin)
