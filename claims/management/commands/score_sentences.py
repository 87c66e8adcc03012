"""`manage.py score_sentences FILE.tsv | -`: the check-worthiness of bare sentences. Needs no database."""

import sys
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from claims.extraction import score_sentences
from claims.management.piping import writing_to_a_pipe
from claims.management.sentence_table import UnfitTable, read_sentences


class Command(BaseCommand):
    help = (
        "Print the check-worthiness (0 to 1) of each sentence, one a line, in the order of the rows. The file is "
        "tab-separated UTF-8 without quoting; its header names a column `text`."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.tsv", help="tab-separated, or - for standard input")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        with _open(file) as table, writing_to_a_pipe():
            try:
                for score in score_sentences(read_sentences(table)):
                    self.stdout.write(f"{score:.6f}")
            except UnfitTable as unfit:
                raise CommandError(f"{file}: {unfit}") from unfit


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    try:
        return nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}") from error
