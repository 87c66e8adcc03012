"""An article's words out of its page's HTML."""

import pytest

from claims.intake.page_text import read_page_text
from tests.intake.feeding import PROSE, article_page


def test_the_articles_paragraphs_are_read_and_the_pages_furniture_is_not():
    text = read_page_text(article_page("Harbour grows").encode(), "text/html; charset=utf-8")
    assert text.split("\n\n") == ["Harbour grows", *PROSE]


def test_a_plain_text_is_read_as_it_is():
    assert read_page_text("Eine Höhe.\n".encode(), "text/plain") == "Eine Höhe.\n"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-16"])
def test_other_encodings_are_read(encoding):
    page = article_page("Der Hafen wächst über alle Maße hinaus")
    assert read_page_text(page.encode(encoding), f"text/html; charset={encoding}").startswith("Der Hafen wächst über")


@pytest.mark.parametrize(
    "page",
    [b"", b"\x00\x01" * 1000, b"<div>" * 100_000, b"<a " * 100_000, b"<!--" * 100_000, b"<script>" + b"x" * 100_000],
    ids=["empty", "binary", "deep", "attributes", "comments", "script"],
)
def test_a_page_without_an_article_has_no_words(page):
    assert read_page_text(page, "text/html") == ""
