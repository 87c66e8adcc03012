"""What a fetched page says of itself: its title, its publisher and its day. Pure Python.

Pages may be hostile or broken. Nothing here takes more than linear time, and nothing raises for what a page holds.
"""

import codecs
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

_MOST_WORDS = 4000  # characters looked at of any title or name; the doors cut shorter
_START = 2048  # bytes in which a page may say how it is encoded

_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ONLY_BY_THE_SERVER = {"utf-16", "utf-16-le", "utf-16-be", "iso2022_jp"}  # a page in these cannot say so itself
_KNOWN = {
    "utf-8",
    *(f"iso8859-{part}" for part in range(2, 17)),
    *(f"cp{page}" for page in (*range(1250, 1259), 866, 874, 932, 949)),
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "tis-620"),
    *("shift_jis", "euc_jp", "euc_kr", "gb2312", "gbk", "gb18030", "big5", "big5hkscs"),
}

# A quote in a tag hides what looks like the tag's end. What is never closed runs to the page's end, as in browsers.
_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*+"|'[^']*+')*+"""
_ELEMENT = re.compile(
    rf"<!--.*?(?:-->|\Z)"
    rf"|<meta\b(?P<meta>{_ATTRIBUTES})>"
    rf"|<(?P<name>title|h1|script|style|svg|textarea)\b(?P<attributes>{_ATTRIBUTES})>"
    rf"(?P<inside>.*?)(?:</(?P=name)\b|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?""")
_TAG = re.compile(r"<[^<>]*+>")

_TITLES = ("og:title", "twitter:title", "<title>", "<h1>")
_PUBLISHERS = ("og:site_name", "application-name", "<publisher>")
_DAYS = ("article:published_time", "<datePublished>", "datepublished", "dc.date.issued", "dc.date", "date")
_JOINERS = "\u200c\u200d"  # invisible, but part of how some languages are written
_GONE = {"Cf", "Cs", "Co", "Cn"}  # marks of direction, among others: they could turn the words around them


class PageDetails(NamedTuple):
    """Words on one line, without anything that does not print; empty where nothing is said."""

    title: str
    publisher: str
    published_on: date | None = None


@dataclass
class _Said:
    """The first words that a page says under each name, of its metadata or as `<element>`."""

    words: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, words: str) -> None:
        if name not in self.words and (tidied := tidy(words)):
            self.words[name] = tidied

    def first(self, names: Iterable[str]) -> str:
        return next((self.words[name] for name in names if name in self.words), "")


def read_page_details(url: str, content_type: str, body: bytes) -> PageDetails:
    """Title and publisher as the page names them; failing that the name of its file, and its host.

    The day is the outlet's own, as written in the page's metadata in ISO 8601, whatever the clock beside it.
    """
    said = _read_page(decode_page(body, content_type))
    title, publisher = said.first(_TITLES) or _file_of(url), said.first(_PUBLISHERS) or _host_of(url)
    return PageDetails(title, publisher, _day_in(said.first(_DAYS)))


def _day_in(words: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(words[:10])
    return None


def cut(words: str, most: int) -> str:
    """The words, of at most `most` characters; an ellipsis says that some are left out."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def tidy(words: str) -> str:
    """Words of a page, entities read, on one line, without what does not print or turns the direction of writing."""
    read = html.unescape(words[:_MOST_WORDS])
    return " ".join("".join(map(_printable, read)).split())


def _printable(char: str) -> str:
    if char.isprintable() or char in _JOINERS:
        return char
    return "" if unicodedata.category(char) in _GONE else " "


# Bytes to text.


def decode_page(body: bytes, content_type: str) -> str:
    """The page's text, whatever it or its server say of its encoding; what cannot be read becomes U+FFFD."""
    return body.decode(_encoding_of(body, content_type), "replace")


def _encoding_of(body: bytes, content_type: str) -> str:
    if body.startswith(_UTF16_MARKS):
        return "utf-16"
    by_server = _charset_in(content_type)
    if by_server in _ONLY_BY_THE_SERVER:
        return by_server
    if _is_utf8(body):  # what is valid as such is hardly ever anything else
        return "utf-8-sig"
    declared = by_server or _charset_in(body[:_START].decode("latin-1"))
    return declared if declared in _KNOWN else "cp1252"


def _charset_in(words: str) -> str:
    """Python's name of the declared charset, "" where none is, or none that Python knows."""
    found = _CHARSET.search(words)
    with suppress(LookupError):
        return codecs.lookup(found[1]).name if found else ""
    return ""


def _is_utf8(body: bytes) -> bool:
    """Valid as far as it goes: the page may have been cut within a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


# Text to words.


def _read_page(page: str) -> _Said:
    said = _Said()
    for element in _ELEMENT.finditer(page):
        if element["meta"]:
            _note_meta(said, _attributes(element["meta"]))
        elif element["name"]:
            _note_element(said, element["name"].lower(), element["attributes"], element["inside"])
    return said


def _note_meta(said: _Said, attributes: dict[str, str]) -> None:
    name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
    said.note(name.strip().lower(), attributes.get("content", ""))


def _note_element(said: _Said, name: str, attributes: str, inside: str) -> None:
    if name in ("title", "h1"):
        said.note(f"<{name}>", _TAG.sub(" ", inside[:_MOST_WORDS]))
    elif name == "script" and "ld+json" in _attributes(attributes).get("type", "").lower():
        for name, words in _fields_in(inside):
            if isinstance(words, str):
                said.note(name, words)


def _attributes(words: str) -> dict[str, str]:
    """By lower-case name; of two with one name the first counts."""
    found = [(match[1].lower(), match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(words)]
    return dict(reversed(found))


def _fields_in(script: str) -> Iterator[tuple[str, Any]]:
    """The names of publishers and the times of publication in JSON-LD, or whatever stands in their place."""
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return
    for node in _nodes_of(data):
        for publisher in _listed(node.get("publisher")):
            yield "<publisher>", publisher.get("name") if isinstance(publisher, dict) else publisher
        yield "<datePublished>", node.get("datePublished")


def _nodes_of(data: Any) -> Iterator[dict[str, Any]]:
    """The top-level nodes of JSON-LD, a `@graph`'s among them."""
    for node in _listed(data):
        if isinstance(node, dict):
            yield node
            yield from (inner for inner in _listed(node.get("@graph")) if isinstance(inner, dict))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# Where the page says nothing.


def _file_of(url: str) -> str:
    return tidy(unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]))


def _host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
