"""`manage.py export_history`: what happened to the claims, as JSON Lines that anybody can check for themselves."""

import json
import sys
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from claims.history import content_of
from claims.management.piping import writing_to_a_pipe
from claims.models import ClaimEvent


class Command(BaseCommand):
    help = (
        "Print one JSON object for each event, claim by claim, in order. `hash` is the SHA-256 of the object without "
        "it, as JSON with sorted keys and no escapes but the needed: whoever has the file can check the chain."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--claim", type=int, metavar="ID", help="of this claim alone")
        parser.add_argument("--output", metavar="FILE", help="instead of standard output")

    def handle(self, *args: Any, claim: int | None, output: str | None, **options: Any) -> None:
        events = ClaimEvent.objects.order_by("claim_id", "number")
        if claim is not None:
            events = events.filter(claim=claim)
            if not events.exists():
                raise CommandError(f"There is no claim {claim}.")
        written = 0
        with self._open(output) as file, writing_to_a_pipe():
            for written, event in enumerate(events.iterator(chunk_size=2000), 1):  # noqa: B007  told below
                file.write(json.dumps(_describe(event), ensure_ascii=False) + "\n")
        self.stderr.write(f"{written:,} events.")

    def _open(self, output: str | None) -> AbstractContextManager[TextIO]:
        try:
            return Path(output).open("w", encoding="utf-8", newline="\n") if output else nullcontext(sys.stdout)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error


def _describe(event: ClaimEvent) -> dict[str, Any]:
    return content_of(event) | {"hash": event.hash}
