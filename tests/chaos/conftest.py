from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.desk import Desk, wait_for


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A running desk of its own, which must leave nothing behind."""
    running = Desk(tmp_path / "desk")
    running.start()
    yield running
    running.stop()
    wait_for(lambda: not running.processes(), "nothing of the desk is left", 15)
