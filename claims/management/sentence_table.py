"""The sentences of a tab-separated table, one in memory at a time."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

_COLUMN = "text"


class UnfitTable(ValueError):
    """The table cannot be read; the message says why and what to do."""


def read_sentences(table: BinaryIO) -> Iterator[str]:
    """The column `text` (in any capitals) of each row below the header, in order; "" where a row has none.

    UTF-8, with or without a byte-order mark. A quotation mark is a character like any other, and only a line feed
    ends a row. In a table of several columns a blank line is no row. Raises UnfitTable.
    """
    header = _decode(table.readline().removeprefix(codecs.BOM_UTF8), 1)
    column = _find_column(header)
    for number, line in enumerate(table, 2):
        cells = _decode(line, number)
        if len(header) == 1 or cells != [""]:
            yield cells[column] if column < len(cells) else ""


def _decode(line: bytes, number: int) -> list[str]:
    try:
        return line.decode().rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise UnfitTable(f"line {number} is not UTF-8. Convert the file to UTF-8 and try again.") from error


def _find_column(header: list[str]) -> int:
    names = [name.strip().lower() for name in header]
    if _COLUMN not in names:
        found = ", ".join(filter(None, map(str.strip, header))) or "none"
        raise UnfitTable(f'its first line names no column "{_COLUMN}". Between its tabs stand: {found}.')
    return names.index(_COLUMN)
