"""The walls of the house hold: who imports whom, how long a file grows, and that nothing stands outside."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
DOORS = {"api", "admin", "pages", "management", "tasks"}
LONGEST_FILE = 400  # lines
LARGEST_FILE = 25_000_000  # bytes
TRAINING = "claims.extraction.model.training"


def modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def imports_of(path: Path) -> Iterator[str]:
    """Every module the file imports, at any depth of its code, as "django.http" or "django.http.HttpRequest"."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_door(path: Path) -> bool:
    return path.relative_to(ROOT / "claims").parts[0].removesuffix(".py") in DOORS


def test_imports_keep_to_the_contracts():
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("forbidden", ["django.http", "django.contrib.admin", "django.shortcuts", "django.views"])
def test_nothing_below_the_doors_knows_of_requests_or_the_admin(forbidden):
    below = [path for path in modules("claims") if not is_door(path) and path.name != "apps.py"]
    assert len(below) > 50
    guilty = [path for path in below for name in imports_of(path) if f"{name}.".startswith(f"{forbidden}.")]
    assert guilty == []


def test_extraction_runs_without_django():
    code = "import sys; from claims.extraction import extract; extract('2,500 people'); print('django' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout.strip() == "False"


def test_what_runs_knows_nothing_of_the_training():
    folder = ROOT.joinpath(*TRAINING.split("."))
    runs = [path for path in modules("claims", "factcheck") if folder not in path.parents]
    assert len(runs) < len(modules("claims", "factcheck"))
    forbidden = {TRAINING, "torch", "sklearn", "safetensors", "onnx"}
    assert [
        path for path in runs for name in imports_of(path) if any(f"{name}.".startswith(f"{one}.") for one in forbidden)
    ] == []


def test_imports_stand_at_the_top_of_a_file_unless_the_file_says_why():
    for path in modules("claims", "factcheck"):
        inner = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
        lines = path.read_text().splitlines()
        late = {n.lineno for f in inner for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)}
        assert all("PLC0415" in lines[number - 1] for number in late), path


@pytest.mark.parametrize("folder", ["claims", "factcheck", "tests"])
def test_no_file_grows_beyond_what_one_reads_at_a_sitting(folder):
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules(folder)}
    assert {name: length for name, length in long.items() if length > LONGEST_FILE} == {}


def test_no_model_is_too_large_for_a_repository():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "claims/extraction/model").iterdir()}
    assert "encoder.onnx" in sizes
    assert {name: size for name, size in sizes.items() if size >= LARGEST_FILE} == {}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a checkout tells what belongs to the project")
def test_the_top_level_holds_only_what_belongs_there():
    project = {"manage.py", "factcheck", "claims", "tests", "requirements.txt", "docker-compose.yml"}
    for_tools = {"README.md", "LICENSE", "CHANGELOG.md", "Makefile", "pyproject.toml", "Dockerfile"}
    for_readers = {"docs"}  # the pictures of the README
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    tracked = {name.partition("/")[0] for name in listed.stdout.splitlines()}
    assert {name for name in tracked if not name.startswith(".")} <= project | for_tools | for_readers
