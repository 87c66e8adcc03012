"""Articles in files, folders and standard input, one in memory at a time."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, NoReturn

from claims.exceptions import ArticleRefused
from claims.intake.decoding import decode_text

STDIN = "-"
MAX_BYTES = 20_000_000  # of one article: far above what the desk takes, and still in bounded memory
_LINES = ".jsonl"
_OF_FOLDERS = (".txt", ".text", ".md", _LINES)  # what a folder is searched for
_HTML = re.compile(r"[\s\ufeff]*<(?:!doctype\s+)?html\b", re.IGNORECASE)
_MAX_LINE_BYTES = 3 * MAX_BYTES  # escapes make a JSON line longer than the text in it


class ArticleText(NamedTuple):
    """`where` is for messages; `label` goes before the article's own objects; `size` counts bytes of its file."""

    where: str
    text: str
    published_on: date | None
    label: dict[str, object]
    size: int


class Unread(NamedTuple):
    """An article that cannot be read, and what to do about it."""

    where: str
    message: str
    size: int = 0


class Skipped(NamedTuple):
    """Files of a folder that are no articles; nothing has failed."""

    where: str
    message: str


Found = ArticleText | Unread | Skipped


def read_articles(names: Sequence[str]) -> Iterator[Found]:
    """What the files, the folders (with theirs, in the order of names) and `-` hold, in order.

    A folder gives its .txt, .text, .md and .jsonl files; a file that is named itself is read whatever its name.
    Hidden files and folders, links to folders, and in folders pipes and devices, are passed by.
    """
    for name in names:
        if name != STDIN and Path(name).is_dir():
            yield from _read_folder(Path(name))
        else:
            yield from _read_file(name)


def measure(names: Sequence[str]) -> int | None:
    """The bytes that `read_articles` will work off; None where standard input is among them."""
    if STDIN in names:
        return None
    return sum(_size(path) for name in names for path in _files(Path(name)))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (found for found in _walk(path) if isinstance(found, Path) and _is_article(found))
    else:
        yield path


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _read_folder(folder: Path) -> Iterator[Found]:
    skipped: Counter[str] = Counter()
    is_empty = True
    for path in _walk(folder):
        if isinstance(path, Unread):
            yield path
        elif _is_article(path):
            is_empty = False
            yield from _read_file(str(path))
        else:
            skipped[path.suffix.lower() or path.name] += 1
    if is_empty:
        yield Unread(str(folder), f"holds no article. Articles in folders end in {', '.join(_OF_FOLDERS)}.")
    if skipped:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(skipped.items()))
        yield Skipped(str(folder), f"skipped what does not end in {', '.join(_OF_FOLDERS)}: {kinds}")


def _walk(folder: Path) -> Iterator[Path | Unread]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Unread(str(folder), f"cannot be read: {error.strerror}")
        return
    for path in entries:
        if path.name.startswith(".") or (path.is_dir() and path.is_symlink()) or _is_special(path):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _is_special(path: Path) -> bool:
    """A pipe or a device, which might never end. A broken link is none: that it cannot be read is told."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _is_article(path: Path) -> bool:
    return path.suffix.lower() in _OF_FOLDERS


def _read_file(name: str) -> Iterator[Found]:
    try:
        if name.lower().endswith(_LINES):
            yield from _read_lines(name)
        else:
            data = _read_bytes(name)
            yield ArticleText(name, _refuse_html(decode_text(data, MAX_BYTES)), None, {}, len(data))
    except OSError as error:
        yield Unread(name, f"cannot be read: {error.strerror}")
    except ArticleRefused as refusal:
        yield Unread(name, refusal.message)


def _refuse_html(text: str) -> str:
    if _HTML.match(text):
        raise ArticleRefused(
            "This is a page's HTML, which is not read. Save the page as text, or paste its text into a file.",
            code="html",
        )
    return text


def _read_bytes(name: str) -> bytes:
    """At most one byte more than an article may have: enough to refuse it, whatever the file's size."""
    if name == STDIN:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _read_lines(name: str) -> Iterator[ArticleText | Unread]:
    with Path(name).open("rb") as file:
        for number, line in enumerate(_iterate(file), 1):
            if line.strip():
                yield _read_line(f"{name}, line {number}", line)


def _iterate(file: BinaryIO) -> Iterator[bytes]:
    """Lines, each cut off at the limit; what is cut away is read past."""
    while line := file.readline(_MAX_LINE_BYTES + 1):
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(_MAX_LINE_BYTES)):
            pass
        yield line


def _read_line(where: str, line: bytes) -> ArticleText | Unread:
    try:
        row = _parse_row(line)
        own_date = row.get("published_on")
        day = _parse_date(own_date) if own_date else None
        return ArticleText(where, _refuse_html(row["text"]), day, {"id": row.get("id")}, len(line))
    except (ValueError, ArticleRefused) as error:
        return Unread(where, str(error), len(line))


def _parse_row(line: bytes) -> dict[str, Any]:
    """Raises ValueError with a sentence that says what is wrong with the line."""
    if len(line) > _MAX_LINE_BYTES:
        raise ValueError(f"is longer than {_MAX_LINE_BYTES:,} bytes. Split the article.")
    try:
        row = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('must be an object with a "text"')
    return row


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"JSON has no {name}. Write null, a number or a string.")


def _parse_date(value: object) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f'"published_on" must be a date like 2024-01-25, not {value!r}') from error
