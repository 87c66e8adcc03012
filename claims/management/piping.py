"""How a command whose output is piped on behaves when the other side has seen enough, or the disk is full."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from django.core.management.base import CommandError

ENDED_BY_READER = 141  # as a filter that SIGPIPE ended


@contextmanager
def writing_to_a_pipe() -> Iterator[None]:
    """Ends the command quietly when nobody reads any more (`| head`); raises CommandError where writing fails.

    Standard output is UTF-8 from here on, whatever the terminal's locale: programs read it. A lone
    surrogate, which UTF-8 has not, is written as JSON escapes it.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_the_rest()
        sys.exit(ENDED_BY_READER)
    except OSError as error:
        _discard_the_rest()
        raise CommandError(f"The output cannot be written: {error.strerror}. What is there is not all.") from error


def _discard_the_rest() -> None:
    """What is still buffered would fail again, and noisily, when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
