"""An article's words out of its page's HTML."""

import time
from contextlib import suppress

import pytest

from claims.exceptions import ArticleRefused
from claims.intake.page_text import MOST_BYTES, MOST_TAGS, read_page_text
from tests.intake.feeding import PROSE, article_page


def test_the_articles_paragraphs_are_read_and_the_pages_furniture_is_not():
    text = read_page_text(article_page("Harbour grows").encode(), "text/html; charset=utf-8")
    assert text.split("\n\n") == ["Harbour grows", *PROSE]


def test_a_plain_text_is_read_as_it_is():
    assert read_page_text("Eine Höhe.\n".encode(), "text/plain") == "Eine Höhe.\n"


@pytest.mark.parametrize(
    "page",
    [
        *("{0}", "<title>Harbour</title>{0}", "<div>{0}</div>", "<!DOCTYPE html>{0}", "<html><body>{0}"),
        '<meta name="author" content="Rita Marrow"><title>Harbour</title><article><h1>Harbour</h1>{0}</article>',
        '<?xml version="1.0" encoding="iso-8859-1"?><html><body>{0}</body></html>',
    ],
)
@pytest.mark.parametrize("prose", [PROSE, PROSE[:1]], ids=["paragraphs", "paragraph"])
def test_a_part_of_a_page_is_read_as_a_whole_one(page, prose):
    source = page.format("".join(f"<p>{words}</p>" for words in prose))
    assert read_page_text(source.encode(), "text/html").endswith("\n\n".join(prose))


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-16"])
def test_other_encodings_are_read(encoding):
    page = article_page("Der Hafen wächst über alle Maße hinaus")
    assert read_page_text(page.encode(encoding), f"text/html; charset={encoding}").startswith("Der Hafen wächst über")


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\x00\x01" * 1000,
        b"<div>" * MOST_TAGS,
        b"<a " * MOST_TAGS,
        b"<!--" * MOST_TAGS,
        b"<script>" + b"x" * 100_000,
    ],
    ids=["empty", "binary", "deep", "attributes", "comments", "script"],
)
def test_a_page_without_an_article_is_refused(page):
    assert refusal_of(page).code == "no_article_text"


def refusal_of(page: bytes) -> ArticleRefused:
    with pytest.raises(ArticleRefused) as refused:
        read_page_text(page, "text/html")
    return refused.value


@pytest.mark.parametrize("page", [b"x" * (MOST_BYTES + 1), b"<p>" * (MOST_TAGS + 1)], ids=["bytes", "tags"])
def test_a_page_beyond_the_limits_is_refused(page):
    refusal = refusal_of(page)
    assert (refusal.code, "3,000,000 bytes or 50,000 tags" in refusal.message) == ("too_large", True)


@pytest.mark.parametrize(
    "page",
    [
        ("<div>" * 200 + "word." + "</div>" * 200) * (MOST_TAGS // 400),
        "<article>" + "".join(f"<p>{n}</p>" for n in range(MOST_TAGS // 2 - 1)),
    ],
    ids=["nested", "paragraphs"],
)
def test_a_page_within_them_is_read_in_some_seconds_however_it_is_made(page):
    began = time.monotonic()
    read_or_refuse(page.encode())
    assert time.monotonic() - began < 15


def read_or_refuse(page: bytes) -> None:
    with suppress(ArticleRefused):
        read_page_text(page, "text/html")
