"""A pasted or scraped page -> the article's own paragraphs, and what the page says about them. Pure Python.

Furniture is dropped line by line. Prose is never rewritten: a kept paragraph keeps every character between its first
and its last.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from claims.exceptions import ArticleRefused
from claims.intake.decoding import MAX_BYTES, check_text
from claims.intake.furniture import Furniture, classify_line, ends_like_prose, find_section
from claims.intake.languages import guess_language
from claims.intake.page_dates import find_page_date
from claims.marked import marked

_LINE_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_MAX_TITLE_WORDS = 30
_MAX_TITLE_CHARS = 250
_MAX_LINK_WORDS = 20
_MAX_SECTION_WORDS = 2
_MIN_WRAP, _MAX_WRAP = 40, 100
_WRAP_SHARE = 0.8


@dataclass(frozen=True)
class CleanedPage:
    """`text` is the paragraphs joined by blank lines; what the page does not name is empty."""

    text: str
    title: str
    section: str
    published_on: date | None
    language: str
    outlet: str = ""


class _Unit(NamedTuple):
    """What is kept or dropped as one: a line, or a hard-wrapped paragraph."""

    text: str
    kind: Furniture | None


@dataclass
class _Page:
    """What has been read of a page so far."""

    blocks: list[list[str]] = field(default_factory=list)
    title: str = ""
    crumb_section: str = ""
    line_section: str = ""
    published_on: date | None = None
    furniture_seen: bool = False
    prose_seen: bool = False
    in_link_list: bool = False


def clean_page(raw: str, max_bytes: int = MAX_BYTES) -> CleanedPage:
    """The article in a pasted page or plain text, of at most `max_bytes` as UTF-8.

    Raises ArticleRefused: what `check_text` refuses, and `no_article_text` where only furniture is left.
    """
    blocks = [_read_units(block) for block in split_blocks(check_text(raw, max_bytes))]
    page = _Page(furniture_seen=any(unit.kind for block in blocks for unit in block))
    for block in blocks:
        page.blocks.append([unit.text for unit in block if _keep(page, unit)])
    text = "\n\n".join("\n".join(block) for block in page.blocks if block)
    if not text:
        raise ArticleRefused(
            marked("Only menus, dates and links were found, no article text. Paste the article's paragraphs."),
            code="no_article_text",
        )
    title = page.title or _heading_of_plain_text(blocks)
    section = page.line_section or page.crumb_section
    return CleanedPage(text, title, section, page.published_on, guess_language(text))


def split_blocks(raw: str) -> list[list[str]]:
    """Runs of non-blank lines, each line stripped."""
    blocks: list[list[str]] = [[]]
    for line in _LINE_BREAK.split(raw):
        stripped = line.strip().strip("\ufeff")
        if stripped:
            blocks[-1].append(stripped)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _read_units(block: list[str]) -> list[_Unit]:
    """A hard-wrapped paragraph is judged as a whole, any other block line by line."""
    lines = [_Unit(line, classify_line(line)) for line in block]
    if is_wrapped(block) and (ends_like_prose(block[-1]) or not any(line.kind for line in lines)):
        return [_Unit("\n".join(block), classify_line(" ".join(block)))]
    return lines


def is_wrapped(lines: list[str]) -> bool:
    """Were these lines broken by a program at a fixed width? Then no line had room for the next one's first word."""
    width = max(map(len, lines))
    if len(lines) < 2 or not _MIN_WRAP <= width <= _MAX_WRAP:
        return False
    full = sum(len(line) + 1 + len(following.split(maxsplit=1)[0]) > width for line, following in pairwise(lines))
    return full >= _WRAP_SHARE * (len(lines) - 1)


def _keep(page: _Page, unit: _Unit) -> bool:
    """Does this unit belong to the article's text? Notes in `page` what it tells about the article."""
    if unit.kind:
        _note_furniture(page, unit.text, unit.kind)
        return False
    if ends_like_prose(unit.text) or len(unit.text) > _MAX_TITLE_CHARS:
        page.prose_seen, page.in_link_list = True, False
        return True
    return not (_is_link_title(page, unit.text) or _is_heading_of_page(page, unit.text))


def _note_furniture(page: _Page, line: str, kind: Furniture) -> None:
    page.in_link_list = kind is Furniture.LINK_LIST or (page.in_link_list and kind is Furniture.OTHER)
    if kind is Furniture.BREADCRUMB and not page.prose_seen:
        page.crumb_section = page.crumb_section or find_section(line, kind)
    found = find_page_date(line)
    if found and not page.published_on:
        page.published_on = found.day
        page.line_section = page.line_section or find_section(line, kind)


def _is_link_title(page: _Page, line: str) -> bool:
    return page.in_link_list and len(line.split()) <= _MAX_LINK_WORDS


def _is_heading_of_page(page: _Page, line: str) -> bool:
    """The title, or a bare section name, above the prose of a page that has furniture; each is taken once."""
    if not page.furniture_seen or page.prose_seen:
        return False
    words = len(line.split())
    if words <= _MAX_SECTION_WORDS and not page.crumb_section:
        page.crumb_section = line
        return True
    if page.title or not _MAX_SECTION_WORDS < words <= _MAX_TITLE_WORDS:
        return line.casefold() in (page.title.casefold(), page.crumb_section.casefold())
    page.title = line
    return True


def _heading_of_plain_text(blocks: list[list[_Unit]]) -> str:
    """Plain text keeps its heading among its paragraphs; it is only read, where prose follows."""
    first = blocks[0][0]
    is_heading = len(blocks) > 1 and len(blocks[0]) == 1 and not first.kind and not ends_like_prose(first.text)
    return first.text if is_heading and len(first.text.split()) <= _MAX_TITLE_WORDS else ""
