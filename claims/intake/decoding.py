"""Bytes or text from outside -> text the desk can keep, or a refusal that says what to do. Pure Python."""

import re

from claims.exceptions import ArticleRefused
from claims.marked import marked

MAX_BYTES = 1_000_000

_UTF_16 = marked("This file is UTF-16. Convert the article to UTF-8 and send it again.")
_NOT_UTF_8 = marked("Byte %(number)s of this file is not UTF-8. Convert the article to UTF-8 and send it again.")
_HALF_A_CHARACTER = marked(
    "The text holds half a character (a lone surrogate). Convert the article to UTF-8 and send it again."
)
_WRONGLY_DECODED = marked(
    "The text holds control characters left by a wrong decoding. Convert the article to UTF-8 and send it again."
)

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_MISREAD = re.compile(r"[\x80-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode_text(data: bytes, max_bytes: int = MAX_BYTES) -> str:
    """UTF-8 bytes (with or without a byte-order mark) as text.

    Raises ArticleRefused with code `too_large`, `empty`, `binary` or `encoding`.
    """
    _check_size(len(data), max_bytes)
    if data.startswith(_UTF16_MARKS):
        raise _encoding(_UTF_16)
    if _CONTROL_BYTES.search(data):
        raise _binary()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _encoding(_NOT_UTF_8, number=error.start + 1) from error
    return check_text(text, max_bytes)


def check_text(text: str, max_bytes: int = MAX_BYTES) -> str:
    """The same text, once it is known to be storable and not blank.

    Raises ArticleRefused with code `too_large`, `empty`, `binary` or `encoding`.
    """
    _check_size(len(text), max_bytes)
    if _SURROGATE.search(text):
        raise _encoding(_HALF_A_CHARACTER)
    _check_size(len(text.encode()), max_bytes)
    if _CONTROL.search(text):
        raise _binary()
    if _MISREAD.search(text):
        raise _encoding(_WRONGLY_DECODED)
    if not text.lstrip("\ufeff").strip():
        raise ArticleRefused(marked("There is no text here. Send the article's text."), code="empty")
    return text


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise ArticleRefused(
            marked("The article is larger than %(most)s bytes. Split it, or send only the article's own text."),
            code="too_large",
            most=f"{max_bytes:,}",
        )


def _binary() -> ArticleRefused:
    return ArticleRefused(
        marked(
            "This is not plain text: it holds control characters, as PDF, Word and image files do. "
            "Send the article's text instead."
        ),
        code="binary",
    )


def _encoding(sentence: str, **known: object) -> ArticleRefused:
    return ArticleRefused(sentence, code="encoding", **known)
