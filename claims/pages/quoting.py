"""A claim's words among those around them, for people who do not read the whole article. Pure Python."""

from typing import NamedTuple

MOST_AROUND = 600  # characters on either side


class Passage(NamedTuple):
    before: str
    words: str
    after: str


def cut_passage(text: str, start: int, end: int) -> Passage:
    """The paragraphs that hold `text[start:end]`, shortened at blanks to MOST_AROUND on either side."""
    first = text.rfind("\n\n", 0, start)
    last = text.find("\n\n", end)
    before = text[0 if first < 0 else first : start].lstrip()
    after = text[end : len(text) if last < 0 else last].rstrip()
    if len(before) > MOST_AROUND:
        shortened = before[-MOST_AROUND:]
        before = "… " + (shortened.partition(" ")[2] or shortened)  # not all languages write blanks
    if len(after) > MOST_AROUND:
        shortened = after[:MOST_AROUND]
        after = (shortened.rpartition(" ")[0] or shortened) + " …"
    return Passage(before, text[start:end], after)
