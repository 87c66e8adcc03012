"""Reading a mail as a person and a program do."""

import re
from html.parser import HTMLParser

HIDDEN = {"style", "title"}
VOID = {"meta", "br"}


class Reader(HTMLParser):
    """The tags of an HTML mail, its links as (address, words), and what is seen of its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.seen = ""
        self._open: list[tuple[str, bool]] = []  # tags, and whether what is inside is seen
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "a":
            self.links.append((dict(attrs).get("href", ""), ""))
        if tag not in VOID:
            hidden = tag in HIDDEN or "display: none" in (dict(attrs).get("style") or "")
            self._open.append((tag, not hidden and (not self._open or self._open[-1][1])))
        if tag in ("br", "p", "li", "div", "h1", "h2"):
            self.seen += " "

    def handle_endtag(self, tag):
        self._open.pop()

    def handle_data(self, data):
        if self._open and self._open[-1][1]:
            self.seen += data
        if self._open and self._open[-1][0] == "a":
            address, words = self.links[-1]
            self.links[-1] = (address, words + data)


def words_of(text: str) -> set[str]:
    """Its words, without addresses of pages and marks of lists and quotations."""
    text = re.sub(r"https?://\S+", " ", text)
    text = re.sub(r"^(-|>|--)( |$)", " ", text, flags=re.MULTILINE)
    return set(re.findall(r"[^\s:·.;,“”()]+", text))
