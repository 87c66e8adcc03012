"""`manage.py export_training_rows`: what people at the desk judged worth or not worth checking, as JSON Lines."""

import json
import sys
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from claims.management.piping import writing_to_a_pipe
from claims.review.training_rows import training_rows


class Command(BaseCommand):
    help = (
        "Print one JSON object for each claim that a person judged: label `worth` (somebody worked on it), `not_worth` "
        "(dismissed) or `missed` (added by hand where the machine found nothing). No row says who judged; reasons are "
        "exported as they were typed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, metavar="DATE", help="last judged on that day or later")
        parser.add_argument("--output", metavar="FILE", help="instead of standard output")

    def handle(self, *args: Any, since: date | None, output: str | None, **options: Any) -> None:
        rows = 0
        with self._open(output) as file, writing_to_a_pipe():
            for rows, row in enumerate(training_rows(since), 1):  # noqa: B007  counted for the message below
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.stderr.write(f"{rows:,} rows.")

    def _open(self, output: str | None) -> AbstractContextManager[TextIO]:
        try:
            return Path(output).open("w", encoding="utf-8", newline="\n") if output else nullcontext(sys.stdout)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
