"""PostgreSQL and Valkey for a laptop, in one data folder, shared by every command that works on it.

Importing this module starts no engine and creates no file.

Who uses the engines holds a shared `flock` on `engines.users`; the kernel drops it however the holder ends, so the
count of users is always true. Whoever gets that lock exclusively is alone and may stop the engines. Starting and
leaving happen under an exclusive `flock` on `engines.lock`. Should every user be killed, the caretaker stops them.
"""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from factcheck import processes
from factcheck.engines import DATABASE, HOST, Engine, EngineError, Postgres, Valkey, write_private

__all__ = [
    "EngineError",
    "Engines",
    "Lease",
    "Secrets",
    "data_folder",
    "engines_running",
    "make_folder",
    "port_is_taken",
    "read_or_create_secrets",
    "try_lock",
]

Progress = Callable[[str], AbstractContextManager[object]]


def data_folder() -> Path:
    """The absolute path that FACTCHECK_DATA names, else `.local` beside manage.py."""
    default = Path(__file__).resolve().parent.parent / ".local"
    return Path(os.environ.get("FACTCHECK_DATA") or default).expanduser().absolute()


@dataclass(frozen=True)
class Secrets:
    """What the engines of one data folder were set up with."""

    database_port: int
    database_password: str
    redis_port: int
    redis_password: str
    secret_key: str

    @property
    def database_url(self) -> str:
        return f"postgresql://postgres:{self.database_password}@{HOST}:{self.database_port}/{DATABASE}"

    @property
    def redis_url(self) -> str:
        return f"redis://:{self.redis_password}@{HOST}:{self.redis_port}/0"


@dataclass(frozen=True)
class Engines:
    """Which engines are embedded, and where their data lies."""

    folder: Path
    postgres: bool
    redis: bool

    @classmethod
    def from_environment(cls) -> "Engines":
        return cls(data_folder(), not os.environ.get("DATABASE_URL"), not os.environ.get("REDIS_URL"))

    def build(self, keys: Secrets) -> list[Engine]:
        postgres = Postgres(self.folder, keys.database_port, keys.database_password)
        valkey = Valkey(self.folder, keys.redis_port, keys.redis_password)
        return [engine for engine, is_embedded in ((postgres, self.postgres), (valkey, self.redis)) if is_embedded]


class Lease:
    """One share in the running engines. While its file is open, here or in a child, nobody else stops them."""

    def __init__(self, engines: Engines) -> None:
        self.users = open(engines.folder / "engines.users", "a")  # noqa: SIM115  open as long as the lease lasts
        self.engines = engines
        self.running: list[Engine] = []

    def revive(self) -> list[str]:
        """Start the engines that have died, on their old ports; the titles of those."""
        dead = [engine for engine in self.running if engine.find_process() is None]
        with _locked(self.engines.folder / "engines.lock") if dead else nullcontext():
            return [engine.title for engine in dead if engine.ensure_running()]


@contextmanager
def engines_running(engines: Engines, progress: Progress = lambda title: nullcontext()) -> Iterator[Lease | None]:
    """Hold the embedded engines up for the length of the block; None where none is embedded.

    Joins those that run, starts the others (each within `progress(title)`), stops them when the last user leaves.
    Starting may move an engine to another port: read the secrets inside the block.
    """
    if not (engines.postgres or engines.redis):
        yield None
        return
    read_or_create_secrets(engines.folder)
    lease = Lease(engines)
    try:
        _start(lease, progress)
        yield lease
    finally:
        _leave(lease)


def _start(lease: Lease, progress: Progress) -> None:
    folder = lease.engines.folder
    with _locked(folder / "engines.lock"):
        fcntl.flock(lease.users, fcntl.LOCK_SH)
        lease.running = lease.engines.build(_settle_ports(lease.engines))
        if any(engine.find_process() is None for engine in lease.running):
            processes.post_caretaker(folder)
        for engine in lease.running:
            with progress(engine.title):
                engine.ensure_running()


def _settle_ports(engines: Engines) -> Secrets:
    """Choose another port for an engine that is down and whose port something else has taken."""
    keys = read_or_create_secrets(engines.folder)
    taken = {type(engine) for engine in engines.build(keys) if not engine.find_process() and port_is_taken(engine.port)}
    if Postgres in taken:
        keys = replace(keys, database_port=_pick_port())
    if Valkey in taken:
        keys = replace(keys, redis_port=_pick_port())
    if taken:
        _write_secrets(engines.folder, keys)
    return keys


def _leave(lease: Lease) -> None:
    folder, users = lease.engines.folder, lease.users
    with users, _locked(folder / "engines.lock"):
        if try_lock(users, fcntl.LOCK_EX):
            processes.stop_engines(folder)
        elif not try_lock(users, fcntl.LOCK_SH):  # the caretaker was quicker: return when it has stopped them
            fcntl.flock(users, fcntl.LOCK_SH)


def try_lock(file: IO[str], kind: int) -> bool:
    """Whether `file` is now locked (LOCK_SH or LOCK_EX); does not wait."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with open(path, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def read_or_create_secrets(folder: Path) -> Secrets:
    """The secrets of `folder`; the first call makes them up and keeps them in `engines.json` (mode 0600)."""
    with suppress(FileNotFoundError):
        return _read_secrets(folder)
    make_folder(folder)
    with _locked(folder / "secrets.lock"):
        with suppress(FileNotFoundError):
            return _read_secrets(folder)
        made = Secrets(_pick_port(), _make_password(), _pick_port(), _make_password(), secrets.token_urlsafe(50))
        _write_secrets(folder, made)
        return made


def make_folder(folder: Path) -> None:
    """Create the data folder, private. For root, PostgreSQL's own account may pass through it, but not list it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == folder.stat().st_uid:
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)


def _read_secrets(folder: Path) -> Secrets:
    path = folder / "engines.json"
    try:
        return Secrets(**json.loads(path.read_text()))
    except (ValueError, TypeError) as error:
        raise EngineError(f"{path} is damaged ({error}). Restore it, or delete it to have a new one made.") from error


def _write_secrets(folder: Path, values: Secrets) -> None:
    write_private(folder / "engines.json", json.dumps(asdict(values), indent=2))


def _make_password() -> str:
    return secrets.token_hex(24)


def _pick_port() -> int:
    """A free port below the range from which systems take ports for outgoing calls."""
    while port_is_taken(port := 20000 + secrets.randbelow(12000)):
        pass
    return port


def port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
