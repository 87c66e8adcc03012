"""Bytes or text from outside -> text the desk can keep, or a refusal that says what to do. Pure Python."""

import re

from claims.exceptions import ArticleRefused

MAX_BYTES = 1_000_000

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
        raise _encoding("This file is UTF-16")
    if _CONTROL_BYTES.search(data):
        raise _binary()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _encoding(f"Byte {error.start + 1} of this file is not UTF-8") from error
    return check_text(text, max_bytes)


def check_text(text: str, max_bytes: int = MAX_BYTES) -> str:
    """The same text, once it is known to be storable and not blank.

    Raises ArticleRefused with code `too_large`, `empty`, `binary` or `encoding`.
    """
    _check_size(len(text), max_bytes)
    if _SURROGATE.search(text):
        raise _encoding("The text holds half a character (a lone surrogate)")
    _check_size(len(text.encode()), max_bytes)
    if _CONTROL.search(text):
        raise _binary()
    if _MISREAD.search(text):
        raise _encoding("The text holds control characters left by a wrong decoding")
    if not text.lstrip("\ufeff").strip():
        raise ArticleRefused("There is no text here. Send the article's text.", code="empty")
    return text


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise ArticleRefused(
            f"The article is larger than {max_bytes:,} bytes. Split it, or send only the article's own text.",
            code="too_large",
        )


def _binary() -> ArticleRefused:
    return ArticleRefused(
        "This is not plain text: it holds control characters, as PDF, Word and image files do. "
        "Send the article's text instead.",
        code="binary",
    )


def _encoding(finding: str) -> ArticleRefused:
    return ArticleRefused(f"{finding}. Convert the article to UTF-8 and send it again.", code="encoding")
