"""The bytes of an article's page -> the article's own words. Pure Python."""

import trafilatura

from claims.intake.page_details import decode_page


def read_page_text(body: bytes, content_type: str) -> str:
    """Its paragraphs, with blank lines between them; "" where the page holds no article."""
    page = decode_page(body, content_type)
    if content_type.lower().startswith("text/plain"):
        return page
    text = trafilatura.extract(page, include_comments=False, include_tables=False) or ""
    return "\n\n".join(text.splitlines())
