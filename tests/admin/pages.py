"""Reading a page as its reader does."""

import html
import re

from django.http import HttpResponse
from django.urls import reverse

STRICT = {"script-src 'self'", "style-src 'self'", "default-src 'none'", "frame-ancestors 'none'"}


def url(name: str, *args: object) -> str:
    return reverse(f"admin:{name}", args=args)


def words(response: HttpResponse) -> str:
    """The page's text: no tags, entities read, white space as one blank."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    body = re.sub(r"</(li|p|div|td|dt|dd|option|button)>", " ", body)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", body)))


def said(response: HttpResponse) -> str:
    """The messages that a followed redirect shows."""
    return " ".join(str(message) for message in response.context["messages"])


def policy(response: HttpResponse) -> set[str]:
    return {part.strip() for part in response["Content-Security-Policy"].split(";")}


def inline_code(response: HttpResponse) -> list[str]:
    """What a strict policy would block: scripts and styles in the page itself."""
    blocked = r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\s(?:style|on[a-z]+)=[\"'][^\"']*[\"']|href=[\"']javascript:"
    return re.findall(blocked, response.content.decode(), flags=re.IGNORECASE)
