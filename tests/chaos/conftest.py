from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.desk import Desk, wait_for
from tests.data_folder import folder, processes_of

__all__ = ["folder"]


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """A running desk of its own, which must leave nothing behind."""
    running = Desk(folder)
    running.start()
    yield running
    running.stop()
    wait_for(lambda: not processes_of(folder), "nothing of the desk is left", 15)
