"""The source of an article's page -> the article's own words. Pure Python."""

import trafilatura

from claims.exceptions import ArticleRefused
from claims.intake.page_details import decode_page
from claims.marked import marked

MOST_BYTES = 3_000_000
MOST_TAGS = 50_000  # a hostile page takes time by the square of them: some seconds, and ten times as many minutes
_UNSEEN = ["//template", "//noscript", "//textarea", "//select", "//*[@hidden]"]  # by who reads the page


def read_page_text(body: bytes, content_type: str) -> str:
    """Its paragraphs, with blank lines between them. Raises ArticleRefused: `too_large`, `no_article_text`."""
    if len(body) > MOST_BYTES:
        raise _too_large()
    page = decode_page(body, content_type)
    if content_type.lower().startswith("text/plain"):
        return page
    if page.count("<") > MOST_TAGS:
        raise _too_large()
    if "html" not in page[:50].lower():  # the reader takes some parts of pages, as a CMS has them, for none
        page = f"<html>{page}"
    text = trafilatura.extract(page, include_comments=False, include_tables=False, prune_xpath=_UNSEEN)
    if not text:
        sentence = marked("No article was found in the page's source. Send the article's text instead.")
        raise ArticleRefused(sentence, code="no_article_text")
    return "\n\n".join(text.splitlines())


def _too_large() -> ArticleRefused:
    return ArticleRefused(
        marked("The page has more than %(bytes)s bytes or %(tags)s tags. Send the article's text instead."),
        code="too_large",
        bytes=f"{MOST_BYTES:,}",
        tags=f"{MOST_TAGS:,}",
    )
