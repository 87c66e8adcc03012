"""What bench_extraction measures in a process that has done nothing before; prints one JSON object.

python -m tests.benchmarks.extraction_in_process import|extract|encode|long [CHARS]
"""

import importlib
import json
import resource
import sys
import time

SLOW = ("numpy", "onnxruntime", "tokenizers")
SENTENCE = "The harbour of Velmar handled 40,000 containers in March 2023, the port authority said."
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
MEGABYTE = 1_000_000


def measure_import() -> dict[str, object]:
    started = time.perf_counter()
    importlib.import_module("claims.extraction")
    return {"seconds": time.perf_counter() - started, "slow": [name for name in SLOW if name in sys.modules]}


def measure_first_extract() -> dict[str, object]:
    """Import, model and rules, until the first claim is out."""
    started = time.perf_counter()
    claims = importlib.import_module("claims.extraction").extract(SENTENCE)
    return {"seconds": time.perf_counter() - started, "claims": len(claims)}


def measure_first_encode() -> dict[str, object]:
    """The same for the bare encoder: its libraries, its model and one pass."""
    started = time.perf_counter()
    tokenise = importlib.import_module("claims.extraction.tokens").tokenise
    importlib.import_module("claims.extraction.encoder").read(SENTENCE, tokenise(SENTENCE))
    return {"seconds": time.perf_counter() - started}


def measure_long(chars: int) -> dict[str, object]:
    """Seconds a character of a text of `chars` and of one a tenth as long, before and after it; peak memory in MB."""
    build_long_text = importlib.import_module("tests.benchmarks.news").build_long_text
    short, long = build_long_text(chars // 10), build_long_text(chars)
    _seconds_a_char(short[: len(short) // 10])  # loads the model
    before, cost, after = (_seconds_a_char(text) for text in (short, long, short))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT / MEGABYTE
    return {"short": (before + after) / 2, "long": cost, "memory": memory}


def _seconds_a_char(text: str) -> float:
    iter_claims = importlib.import_module("claims.extraction").iter_claims
    started = time.process_time()
    for _ in iter_claims(text):
        pass
    return (time.process_time() - started) / len(text)


def main() -> None:
    what, *chars = sys.argv[1:]
    if what == "long":
        print(json.dumps(measure_long(int(*chars))))
    else:
        measures = {"import": measure_import, "extract": measure_first_extract, "encode": measure_first_encode}
        print(json.dumps(measures[what]()))


if __name__ == "__main__":
    main()
