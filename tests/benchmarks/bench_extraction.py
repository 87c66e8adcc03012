"""Articles and sentences a second on one core through all of the extraction, beside its encoder and a bare splitter.

All three read the same articles by turns, article by article, so that whatever else the machine does hits them alike;
counted is the processor time of the fastest of the turns. No database. `make bench-extraction ARGS=10` reads a text of
10 MB, not of 1 MB, to see whether its cost grows with its length: ten minutes instead of one.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import sentencex

from claims.extraction import encoder, extract
from claims.extraction.sentences import split_sentences
from claims.extraction.tokens import Token, tokenise
from tests.benchmarks import report
from tests.benchmarks.extraction_in_process import MEGABYTE
from tests.benchmarks.news import read_articles

TURNS = 7
PROCESSES = 3
IMPORT_LIMIT, MEMORY_LIMIT = 0.3, 500.0  # seconds, MB


class Work(NamedTuple):
    """One article, ready for each of the three."""

    text: str
    sentences: list[tuple[str, list[Token]]]

    def run_pipeline(self) -> None:
        extract(self.text)

    def run_encoder(self) -> None:
        for text, words in self.sentences:
            encoder.read(text, words)

    def run_splitter(self) -> None:
        sentencex.segment("en", self.text)


def prepare(text: str) -> Work:
    return Work(text, [(sentence.text, tokenise(sentence.text)) for sentence in split_sentences(text)])


def measure(articles: list[Work]) -> list[float]:
    """Seconds for all articles by the pipeline, the encoder and the splitter, each article's fastest turn."""
    totals = [0.0, 0.0, 0.0]
    for article in articles:
        works = (article.run_pipeline, article.run_encoder, article.run_splitter)
        turns = [[seconds(work) for work in works] for _ in range(TURNS + 1)]
        fastest = map(min, zip(*turns[1:], strict=True))  # the first turn warms up
        totals = [total + fast for total, fast in zip(totals, fastest, strict=True)]
    return totals


def seconds(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def in_process(*arguments: str) -> dict[str, Any]:
    """What a fresh process measures. It is pinned to the core as this one is."""
    command = [sys.executable, "-m", "tests.benchmarks.extraction_in_process", *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def fastest_start(what: str) -> float:
    return min(in_process(what)["seconds"] for _ in range(PROCESSES))


def report_starts() -> None:
    if slow := in_process("import")["slow"]:
        sys.exit(f"import claims.extraction loads {', '.join(slow)}")
    report("extraction: import without the model", fastest_start("import"), "s", IMPORT_LIMIT)
    report("extraction: first claim of a fresh process", fastest_start("extract"), "s", fastest_start("encode"))


def report_long_text(chars: int) -> None:
    found = in_process("long", str(chars))
    per_mb = [found[name] * MEGABYTE for name in ("long", "short")]
    report("extraction: cost of a long text beside a short one", per_mb[0], "s/MB", per_mb[1])
    report("extraction: peak memory of the process", found["memory"], "MB", MEMORY_LIMIT)


def report_speed(articles: list[Work], sentences: int) -> None:
    pipeline, bare, splitter = measure(articles)
    report("extraction: cost of a sentence", pipeline / sentences * 1000, "ms", bare / sentences * 1000)
    report("extraction: articles", len(articles) / pipeline, "articles/s", len(articles) / bare)
    report("extraction: sentences", sentences / pipeline, "sentences/s", sentences / bare)
    report("extraction: sentences beside a splitter", sentences / pipeline, "sentences/s", sentences / splitter)


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    megabytes = float(sys.argv[1] if sys.argv[1:] else 1)
    articles = [prepare(text) for text in read_articles()]
    sentences = sum(len(article.sentences) for article in articles)
    print(f"{len(articles)} articles, {sentences} sentences; a text of {megabytes:g} MB beside one of a tenth")
    # Fresh processes first: a process's peak memory counts that of the one that it was started from.
    report_starts()
    report_long_text(int(megabytes * MEGABYTE))
    report_speed(articles, sentences)


if __name__ == "__main__":
    main()
