"""The source of an article's page, fetched or handed in -> the article, and what its page says of it. Pure Python."""

from dataclasses import replace

from claims.intake.cleaning import CleanedPage, clean_page
from claims.intake.page_details import read_page_details
from claims.intake.page_text import read_page_text


def read_source(url: str, content_type: str, body: bytes) -> CleanedPage:
    """What the page's metadata says goes before what stands in its text. Raises ArticleRefused."""
    page = clean_page(read_page_text(body, content_type))
    said = read_page_details(url, content_type, body)
    title, published_on = said.title or page.title, said.published_on or page.published_on
    return replace(page, title=title, outlet=said.publisher, published_on=published_on)
