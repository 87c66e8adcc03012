"""A data folder of its own for each test, with nothing left running on it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from factcheck import processes


def processes_of(folder: Path) -> list[psutil.Process]:
    """Whatever works on `folder`, this process apart."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            named = any(str(folder) in word for word in process.cmdline())
            told = process.environ().get("FACTCHECK_DATA") == str(folder)
            if process.pid != os.getpid() and (named or told) and processes.is_alive(process):
                found.append(process)
    return found


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not below `tmp_path`: each start of pytest closes that to all others, and so to PostgreSQL's account."""
    with tempfile.TemporaryDirectory(prefix="factcheck-", ignore_cleanup_errors=True) as parent:
        folder = Path(parent).resolve() / "data"
        yield folder
        for process in processes_of(folder):
            with suppress(psutil.Error):
                process.kill()
        processes.wait_until(lambda: not processes_of(folder), 5)
