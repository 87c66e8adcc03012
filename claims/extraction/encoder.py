"""The learned part: one pass of a small encoder over a sentence gives its check-worthiness and its syntax.

See `model/MODEL_CARD.md`. Sentences are read one at a time: the outcome never depends on the neighbours.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from claims.extraction.currencies import BEFORE_MUCH, LETTER_SIGNS
from claims.extraction.repairs import repair
from claims.extraction.tokens import Token

MODEL = Path(__file__).parent / "model"
MAX_PIECES = 500
_CURRENCIES = str.maketrans(dict.fromkeys("£€¥₹₦₩₽₺₴₫฿₱৳", "$"))  # signs that its training hardly knew
_LETTERS = re.compile(rf"\b(?:{'|'.join(sorted(LETTER_SIGNS))})(?=\s?\d)|\b[A-Z]{{1,3}}\$(?=\d)|{BEFORE_MUCH}")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Pieces(NamedTuple):
    """Word pieces of a sentence: `starts[i]` is the first piece of word `i - 1`, `starts[0]` stands for the root."""

    ids: list[int]
    cases: list[int]
    starts: list[int]


class Encoded(NamedTuple):
    """`logit`: the sentence's check-worthiness as log-odds; `states`: [words + 1, 384], the first is the root's."""

    logit: float
    states: Any


class _Labels(NamedTuple):
    """`relations` with the same without their subtypes."""

    relations: list[tuple[str, str]]
    upos: list[str]
    xpos: list[str]


def case_of(word: str) -> int:
    """0: no capitals, 1: the first letter alone, 2: all of several letters, 3: mixed otherwise."""
    if word.islower() or not any(char.isupper() for char in word):
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if len(word) == 1 or (word[0].isupper() and word[1:].islower()) else 3


def align(ids: list[int], offsets: list[tuple[int, int]], words: Sequence[Token]) -> Pieces:
    """Which piece begins each word, and how each piece's word is written. Words past the last piece are left out."""
    cases, starts = [0] * len(ids), [0]
    at, last = 1, len(ids) - 1
    for word in words:
        while at < last and offsets[at][1] <= word.start:
            at += 1
        if at >= last:
            break
        starts.append(at)
        case, piece = case_of(word.text), at
        while case and piece < last and offsets[piece][0] < word.end:
            cases[piece] = case
            piece += 1
    return Pieces(ids, cases, starts)


def read(sentence: str, words: list[Token]) -> Encoded:
    """Every word is given its head, relation and parts of speech. Words past the last piece have no state."""
    shown = _LETTERS.sub(lambda sign: "$".rjust(len(sign[0])), sentence)
    encoding = _tokenizer().encode(_SURROGATE.sub("\ufffd", shown).translate(_CURRENCIES))
    ids, cases, starts = align(encoding.ids, encoding.offsets, words)
    numpy = _numpy()
    arrays = (numpy.array(values, dtype=numpy.int64) for values in (ids, cases, starts))
    inputs = dict(zip(("ids", "cases", "starts"), arrays, strict=True))
    logit, states, *parse = _session().run(("check", "states", "heads", "relations", "upos", "xpos"), inputs)
    labels = _labels()
    parsed = zip(*(column.tolist() for column in parse), strict=True)
    next(parsed)
    for word, (head, relation, coarse, fine) in zip(words, parsed, strict=False):
        word.head = head - 1
        word.rel, word.dep = labels.relations[relation]
        word.upos, word.xpos = labels.upos[coarse], labels.xpos[fine]
    repair(words)
    return Encoded(float(logit), states)


# Slow to import or to load, hence at first use.


@cache
def _numpy() -> Any:
    import numpy  # noqa: PLC0415

    return numpy


@cache
def _session() -> Any:
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers are processes
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(MODEL / "encoder.onnx", options, providers=["CPUExecutionProvider"])


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES)
    return tokenizer


@cache
def _labels() -> _Labels:
    labels = json.loads((MODEL / "labels.json").read_text())
    return _Labels([(name, name.partition(":")[0]) for name in labels["relations"]], labels["upos"], labels["xpos"])
