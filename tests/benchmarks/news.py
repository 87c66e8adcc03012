"""English news text to measure with: the labelled articles of the tests and those of the demo."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from claims.extraction.gold import read_gold

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")  # capitalised, and not for beginning a sentence
_SYLLABLES = ("ba", "do", "ki", "lu", "me", "no", "ra", "su", "ti", "ve")


def read_articles() -> list[str]:
    """Their texts, in the order of the file names."""
    gold = sorted((ROOT / "tests" / "extraction" / "gold").glob("*.json"))
    demo = sorted((ROOT / "claims" / "demo" / "articles").glob("*.txt"))
    labelled = [article.text for path in gold for article in read_gold(path.read_text())]
    return labelled + [path.read_text() for path in demo]


def build_long_text(chars: int) -> str:
    """The articles over and over, at least `chars` long, with other names each time: nobody is met twice."""
    parts: list[str] = []
    for part in _renamed_articles():
        parts.append(part)
        chars -= len(part) + 2
        if chars <= 0:
            return "\n\n".join(parts)
    raise AssertionError("the articles never end")


def _renamed_articles() -> Iterator[str]:
    articles = read_articles()
    for turn in count():
        ending = "".join(_SYLLABLES[int(digit)] for digit in str(turn))
        for article in articles:
            yield _NAME.sub(lambda name, ending=ending: name[0] + ending, article)
