"""`manage.py extract`: the claims in articles as JSON Lines. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.core.management.base import BaseCommand

from claims.exceptions import ArticleRefused
from claims.extraction import extract
from claims.intake.cleaning import clean_page
from claims.intake.decoding import MAX_BYTES, decode_text

STDIN = "-"
_MAX_LINE_BYTES = 8 * MAX_BYTES  # escapes make a JSON line longer than the text in it


class _Article(NamedTuple):
    """`label` goes before the text's own objects, `where` into error messages."""

    where: str
    text: str
    published_on: date | None
    label: dict[str, object]


class Command(BaseCommand):
    help = "Print the claims found in each article, one JSON object a line."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="UTF-8 text, .jsonl, or - for standard input")
        parser.add_argument("--published-on", type=date.fromisoformat, metavar="DATE", help="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="print each article's cleaned text before its claims")

    def handle(self, *args: Any, **options: Any) -> None:
        self.failures = 0
        for name in options["files"]:
            self._extract_file(name, options["published_on"], with_article=options["json"])
        if self.failures:
            sys.exit(1)

    def _extract_file(self, name: str, published_on: date | None, *, with_article: bool) -> None:
        try:
            if name.endswith(".jsonl"):
                self._extract_lines(name, published_on, with_article=with_article)
            else:
                article = _Article(name, decode_text(_read_bytes(name)), published_on, {})
                self._extract_article(article, with_article=with_article)
        except OSError as error:
            self._fail(name, f"cannot be read: {error.strerror}")
        except ArticleRefused as refusal:
            self._fail(name, refusal.message)

    def _extract_lines(self, name: str, published_on: date | None, *, with_article: bool) -> None:
        for number, line in _read_lines(name):
            where = f"{name}, line {number}"
            try:
                self._extract_article(_read_article(line, where, published_on), with_article=with_article)
            except (ArticleRefused, ValueError) as error:
                self._fail(where, str(error))

    def _extract_article(self, article: _Article, *, with_article: bool) -> None:
        page = clean_page(article.text)
        published_on = article.published_on or page.published_on
        if with_article:
            self._print(
                article.label
                | {
                    "text": page.text,
                    "title": page.title,
                    "published_on": published_on.isoformat() if published_on else None,
                    "language": page.language,
                }
            )
        for claim in extract(page.text, published_on, page.language):
            self._print(article.label | claim.as_dict())

    def _print(self, row: dict[str, object]) -> None:
        self.stdout.write(json.dumps(row, ensure_ascii=False))

    def _fail(self, where: str, message: str) -> None:
        self.failures += 1
        self.stderr.write(f"{where}: {message}")


def _read_bytes(name: str) -> bytes:
    """At most one byte more than an article may have: enough to refuse it, whatever the file's size."""
    if name == STDIN:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _read_lines(name: str) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank, one in memory at a time."""
    with Path(name).open("rb") as file:
        for number, line in enumerate(_iterate(file), 1):
            if line.strip():
                yield number, line


def _iterate(file: BinaryIO) -> Iterator[bytes]:
    """Lines, each cut off at the limit; what is cut away is read past."""
    while line := file.readline(_MAX_LINE_BYTES + 1):
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(_MAX_LINE_BYTES)):
            pass
        yield line


def _read_article(line: bytes, where: str, published_on: date | None) -> _Article:
    """Raises ArticleRefused or ValueError with a sentence that says what is wrong with the line."""
    if len(line) > _MAX_LINE_BYTES:
        raise ValueError(f"is longer than {_MAX_LINE_BYTES:,} bytes")
    row = _parse_row(line)
    own_date = row.get("published_on")
    return _Article(where, row["text"], _parse_date(own_date) if own_date else published_on, {"id": row.get("id")})


def _parse_row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('must be an object with a "text"')
    return row


def _parse_date(value: object) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f'"published_on" must be a date like 2024-01-25, not {value!r}') from error
