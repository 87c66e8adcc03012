"""The production files: the Compose file holds no secret and follows its schema, and its commands really start."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection
from jsonschema import Draft202012Validator

from factcheck.celery import app

ROOT = settings.BASE_DIR
SCHEMA = json.loads((ROOT / "tests/data/compose-spec.json").read_text())  # Apache-2.0, see compose-spec.LICENSE
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SCHEDULE = "/tmp/beat-alive"  # noqa: S108  inside the container, where /tmp is its own
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")


def variables(value: Any) -> list[tuple[str, str, str]]:
    """Each ${NAME:?words} or ${NAME:-default} in the value, as (name, sign, rest)."""
    return VARIABLE.findall(json.dumps(value))


# The Compose file.


def test_the_compose_file_follows_the_compose_specification():
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(COMPOSE)] == []


def test_the_schema_refuses_a_wrong_file():
    wrong = COMPOSE | {"services": {"web": {"image": "x", "restarts": "always"}}}
    assert not Draft202012Validator(SCHEMA).is_valid(wrong)


def test_the_services_are_the_parts_of_the_desk():
    assert set(SERVICES) == {
        *("web", "worker", "mailer", "messenger", "reader", "sweeper", "beat", "migrate", "db", "redis", "mail"),
    }
    assert set(OURS) == {"web", "worker", "mailer", "messenger", "reader", "sweeper", "beat", "migrate"}


def test_exactly_one_service_is_the_schedule_and_workers_can_be_many():
    beats = [name for name, service in OURS.items() if "beat" in service.get("command", [])]
    assert (beats, SERVICES["beat"]["deploy"]["replicas"]) == (["beat"], 1)
    assert not any("container_name" in service for service in SERVICES.values())
    assert "ports" not in SERVICES["worker"]


def test_every_setting_of_the_readme_reaches_the_containers():
    rows = (ROOT / "README.md").read_text().partition("| variable | means |")[2].partition("## ")[0]
    named = {name for row in rows.splitlines() for name in re.findall(r"`([A-Z_]+)`", row.split(" | ")[0])}
    assert len(named) > 15
    for service in OURS.values():
        assert named - set(service["environment"]) == set()


def test_what_strangers_pages_unfold_to_in_memory_is_bounded():
    assert SERVICES["reader"]["mem_limit"] == "1g"


def test_every_queue_has_one_service_and_no_service_two():
    served = [
        words[words.index("--queues") + 1] for s in OURS.values() if "--queues" in (words := s.get("command", []))
    ]
    assert sorted(served) == sorted(queue.name for queue in settings.CELERY_TASK_QUEUES)


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_is_pinned_by_its_tag(name):
    _, _, tag = SERVICES[name]["image"].partition(":")
    assert tag
    assert "latest" not in tag


def test_the_image_is_built_on_a_pinned_one():
    assert re.findall(r"^FROM (\S+)$", DOCKERFILE, re.M) == ["python:3.11-slim-bookworm"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_whether_it_is_well(name):
    if name == "migrate":  # it ends, and the others wait for that
        assert SERVICES[name]["healthcheck"] == {"disable": True}
    elif name == "web":
        assert "HEALTHCHECK" in DOCKERFILE
    else:
        assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_what_it_needs(name):
    conditions = {service: wait["condition"] for service, wait in SERVICES[name]["depends_on"].items()}
    assert conditions == {
        "db": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_no_secret_is_written_down():
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY|AUTH|_URL$", variable):
                assert variables(value), f"{name}: {variable}"
                assert not re.search(r":[^/@:{}$?]+@", VARIABLE.sub("", value)), f"{name}: {variable}"


def test_what_has_no_safe_default_must_be_given():
    required = {name for name, sign, words in variables(COMPOSE) if sign == "?" and words}
    assert required == {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL"}


def test_a_secret_never_has_a_default():
    for name, sign, _ in variables(COMPOSE):
        if re.search(r"PASSWORD|SECRET", name):
            assert sign == "?"


def test_the_example_names_every_variable_and_no_value_of_a_required_one():
    lines = (ROOT / ".env.example").read_text().splitlines()
    example = dict(line.lstrip("#").split("=", 1) for line in lines if re.match(r"#?[A-Z_]+=", line))
    required = {name for name, sign, _ in variables(COMPOSE) if sign == "?"}
    assert {name: example[name] for name in required} == dict.fromkeys(required, "")
    optional = {name for name, sign, _ in variables(COMPOSE) if sign == "-"}
    assert optional - set(example) == {"DESK_VERSION"}
    assert set(example) <= required | optional


def test_the_desk_reads_every_variable_it_is_given():
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", (ROOT / "factcheck/settings.py").read_text()))
    for service in OURS.values():
        assert set(service["environment"]) - read == {"WEB_CONCURRENCY"}  # gunicorn's own


def test_the_defaults_are_those_of_the_settings():
    given = {name: rest for name, sign, rest in variables(SERVICES["web"]["environment"]) if sign == "-"}
    names = ("CLAIM_THRESHOLD", "LEASE_SECONDS", "SWEEP_AFTER_SECONDS")
    names += ("EMAIL_TIMEOUT", "EMAIL_PER_MINUTE", "EMAIL_PER_PERSON_AND_HOUR")
    assert [float(given[name]) for name in names] == [getattr(settings, name) for name in names]


def test_a_worker_is_given_time_to_end_its_job():
    grace = {name: int(SERVICES[name]["stop_grace_period"].removesuffix("s")) for name in ("worker", "mailer")}
    assert grace["worker"] > settings.CELERY_TASK_TIME_LIMIT
    assert grace["mailer"] > settings.CELERY_TASK_ANNOTATIONS["claims.send_emails"]["time_limit"]


def test_redis_refuses_rather_than_forgets_and_keeps_its_file():
    words = shlex.split(SERVICES["redis"]["command"][2])
    options = dict(zip(words[2::2], words[3::2], strict=True))
    assert options == {
        "--appendonly": "yes",
        "--maxmemory-policy": "noeviction",
        "--requirepass": "$$REDISCLI_AUTH",
    }


# The image.


def test_the_image_runs_as_nobody_in_particular():
    instructions = re.findall(r"^(USER|CMD|COPY|RUN) (.*)$", DOCKERFILE, re.M)
    assert ("USER", "desk") in instructions
    assert instructions.index(("USER", "desk")) < [name for name, _ in instructions].index("CMD")
    assert not any("--chown" in rest for name, rest in instructions if name == "COPY")


def test_the_image_holds_exactly_what_is_locked():
    assert "pip install --require-hashes -r requirements.txt" in DOCKERFILE
    assert all(
        "--hash=sha256:" in entry
        for entry in re.split(r"\n(?=\S)", (ROOT / "requirements.txt").read_text())
        if re.match(r"[a-z]", entry)
    )


def test_the_image_takes_in_nothing_else():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {word for line in re.findall(r"^COPY (.*)$", DOCKERFILE, re.M) for word in line.split()[:-1]}
    assert allowed == copied == {"requirements.txt", "manage.py", "factcheck", "claims"}


def test_the_image_leaves_out_how_the_model_was_trained():
    left_out = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("claims/")]
    assert left_out == ["claims/extraction/model/training"]
    assert (ROOT / left_out[0]).is_dir()


# The commands, as ordinary processes against the engines of these tests.


@pytest.fixture
def environment(transactional_db, tmp_path) -> dict[str, str]:
    database = settings.DATABASE_URL.rsplit("/", 1)[0] + "/" + connection.settings_dict["NAME"]
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "DATABASE_URL": database,
        "REDIS_URL": app.conf.broker_url,
        "SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopq",
        "ALLOWED_HOSTS": "desk.example,other.example",
        "SITE_URL": "https://desk.example",
        "EMAIL_URL": "smtp://mail.invalid:1025",
        "HOSTNAME": socket.gethostname(),
    }


def dockerfile_list(instruction: str) -> list[str]:
    (found,) = re.findall(rf"{instruction} (\[.*\])$", DOCKERFILE, re.M)[-1:]
    return json.loads(found)


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with open(log, "wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def comes_true(condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


def succeeds(command: list[str], environment: dict[str, str]) -> bool:
    return (
        subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False).returncode == 0
    )


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_web_command_answers_notices_its_health_and_logs_no_link(environment, tmp_path):
    port, log = free_port(), tmp_path / "web.log"
    command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in dockerfile_list("CMD")]
    check = [word.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for word in dockerfile_list(r"^    CMD")]
    assert not succeeds(check, environment)
    with running(command, environment, log) as process:
        comes_true(lambda: succeeds(check, environment), process, log)
        request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz/", headers={"Host": "desk.example"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert (answer.status, answer.read()) == (200, b"ok")
        for path in ("opinions/a-link.signed/", "mail/off/a-link:signed/"):
            about = {"Host": "desk.example", "Referer": f"https://desk.example/{path}", "X-Forwarded-Proto": "https"}
            with suppress(urllib.error.HTTPError):
                urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/{path}", headers=about))
        comes_true(lambda: "GET /mail/off/********/" in log.read_text(), process, log)
    assert "a-link" not in log.read_text()


@pytest.mark.chaos
def test_the_worker_command_works_and_its_health_check_notices(environment, tmp_path):
    log = tmp_path / "worker.log"
    check = ["sh", "-c", SERVICES["worker"]["healthcheck"]["test"][1].replace("$$", "$")]
    assert not succeeds(check, environment)
    with running(SERVICES["worker"]["command"], environment, log) as process:
        comes_true(lambda: succeeds(check, environment), process, log)


@pytest.mark.chaos
def test_the_schedule_command_wakes_workers_and_its_health_check_notices(environment, tmp_path):
    log, schedule = tmp_path / "beat.log", str(tmp_path / "beat-schedule")
    command = [word.replace(SCHEDULE, schedule) for word in SERVICES["beat"]["command"]]
    check = [word.replace(SCHEDULE, schedule) for word in SERVICES["beat"]["healthcheck"]["test"][1:]]
    assert not succeeds(check, environment)
    with running(command, environment, log) as process:
        comes_true(lambda: succeeds(check, environment), process, log)
        comes_true(lambda: b"claims.sweep" in log.read_bytes(), process, log)


def test_the_migrate_command_finds_nothing_to_do_on_a_migrated_database(environment):
    result = subprocess.run(
        SERVICES["migrate"]["command"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "No migrations to apply" in result.stdout
