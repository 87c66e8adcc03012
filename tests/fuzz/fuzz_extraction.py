"""Random texts, bred by which lines of the extractor they reach, until the time is up or a promise is broken.

    python -m tests.fuzz.fuzz_extraction [SECONDS=30]

The text that broke one is left in `.local/fuzz/` and named on the last lines; give its path in the place of SECONDS
to read it alone. Texts that reach further than those of real articles are kept there for the next run.
Linux on x86-64 only.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["claims.extraction"]):
    from tests.extraction.promises import LANGUAGES, check_text

from tests.benchmarks.news import ROOT, read_articles

FOLDER = ROOT / ".local" / "fuzz"
MAX_BYTES = 1_500


def read_one(data: bytes) -> None:
    """The first byte chooses the language, the rest is the text; bytes that are not UTF-8 become lone surrogates."""
    check_text(data[1:].decode("utf-8", "surrogateescape"), LANGUAGES[data[0] % len(LANGUAGES)] if data else "en")


def write_seeds(corpus: Path) -> None:
    """A run begins with the paragraphs of real articles, in each language."""
    corpus.mkdir(parents=True, exist_ok=True)
    paragraphs = [paragraph for article in read_articles() for paragraph in article.split("\n\n")]
    for number, paragraph in enumerate(paragraphs):
        (corpus / f"seed-{number}").write_bytes(bytes([number % len(LANGUAGES)]) + paragraph.encode())


def main() -> None:
    wish = sys.argv[1] if sys.argv[1:] else "30"
    corpus = FOLDER / "corpus"
    write_seeds(corpus)
    what = [f"-max_total_time={wish}", str(corpus)] if wish.isdigit() else [wish]
    atheris.Setup([sys.argv[0], f"-max_len={MAX_BYTES}", f"-artifact_prefix={FOLDER}/", "-timeout=20", *what], read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
