"""pytest plugin, loaded before Django's settings: the suite's own engines, apart from those of a running desk."""

import atexit
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

os.environ["FACTCHECK_DATA"] = os.environ.get("FACTCHECK_TEST_DATA", str(Path(__file__).parent.parent / ".local/tests"))

from factcheck.embedded import Engines, engines_running

_engines = ExitStack()
_engines.enter_context(engines_running(Engines.from_environment()))
atexit.register(_engines.close)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _engines.close()
