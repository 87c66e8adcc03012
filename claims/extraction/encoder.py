"""The learned part: one pass of a small encoder over a sentence gives its check-worthiness and its syntax.

See `model/MODEL_CARD.md`. Sentences are read one at a time: the outcome never depends on the neighbours.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from claims.extraction.tokens import Token

MODEL = Path(__file__).parent / "model"
MAX_PIECES = 500
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_SURROGATE = re.compile("[\ud800-\udfff]")


class Pieces(NamedTuple):
    """Word pieces of a sentence: `starts[i]` is the first piece of word `i - 1`, `starts[0]` stands for the root."""

    ids: list[int]
    cases: list[int]
    starts: list[int]


class _Labels(NamedTuple):
    relations: list[str]
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


def read(sentence: str, words: list[Token]) -> float:
    """The sentence's check-worthiness as log-odds; every word is given its head, relation and parts of speech."""
    encoding = _tokenizer().encode(_SURROGATE.sub("\ufffd", sentence))
    ids, cases, starts = align(encoding.ids, encoding.offsets, words)
    numpy = _numpy()
    arrays = (numpy.array(values, dtype=numpy.int64) for values in (ids, cases, starts))
    inputs = dict(zip(("ids", "cases", "starts"), arrays, strict=True))
    logit, heads, relations, upos, xpos = _session().run(("check", "heads", "relations", "upos", "xpos"), inputs)
    labels = _labels()
    parsed = zip(heads.tolist(), relations.tolist(), upos.tolist(), xpos.tolist(), strict=True)
    next(parsed)
    for word, (head, relation, coarse, fine) in zip(words, parsed, strict=False):
        word.head, word.rel = head - 1, labels.relations[relation]
        word.dep = word.rel.partition(":")[0]
        word.upos, word.xpos = labels.upos[coarse], labels.xpos[fine]
    _uproot_cycles(words)
    _join_roots(words)
    _promote_verb(words)
    _seat_subjects(words)
    return float(logit)


def _uproot_cycles(words: list[Token]) -> None:
    """Words whose heads lead in a circle: the first of them becomes a root."""
    safe: set[int] = {-1}
    for index in range(len(words)):
        path: list[int] = []
        at = index
        while at not in safe and at not in path:
            path.append(at)
            at = words[at].head
        if at not in safe:
            words[at].head, words[at].rel, words[at].dep = -1, "root", "root"
        safe.update(path)


def _join_roots(words: list[Token]) -> None:
    """A sentence has one root: a noun before it without a head is its subject, the rest stands beside it."""
    roots = [index for index, word in enumerate(words) if word.head < 0]
    first = next((index for index in roots if words[index].upos in ("VERB", "AUX")), roots[0] if roots else -1)
    if first >= 0:
        words[first].rel = words[first].dep = "root"
    for index in roots:
        if index != first:
            relation = _relation_to(words, first, index)
            words[index].head, words[index].rel, words[index].dep = first, relation, relation


def _relation_to(words: list[Token], root: int, index: int) -> str:
    if words[index].upos not in ("NOUN", "PROPN", "PRON", "NUM") or index > root or words[root].upos != "VERB":
        return "parataxis"
    kids = [word for word in words[:root] if word.head == index]
    if any(kid.dep == "case" for kid in kids):
        return "obl"
    return "parataxis" if any(word.dep == "nsubj" and word.head == root for word in words) else "nsubj"


def _promote_verb(words: list[Token]) -> None:
    """A noun at the root with a bare finite verb below it is that verb's subject."""
    root = next((index for index, word in enumerate(words) if word.head < 0), -1)
    if root < 0 or words[root].upos not in ("NOUN", "PROPN") or any(w.head == root and w.dep == "cop" for w in words):
        return
    has_finite = any(word.xpos in _FINITE or word.xpos == "MD" for word in words)
    for index in range(root + 1, len(words)):
        word = words[index]
        if word.head != root or word.upos != "VERB":
            continue
        has_helper = any(kid.head == index and kid.dep == "aux" for kid in words)
        is_finite = word.xpos in _FINITE or has_helper or not has_finite
        if is_finite and not any(kid.head == index and kid.dep in ("nsubj", "mark") for kid in words):
            word.head, word.rel, word.dep = -1, "root", "root"
            words[root].head, words[root].rel, words[root].dep = index, "nsubj", "nsubj"
            return


def _seat_subjects(words: list[Token]) -> None:
    """`banned bags, but 3 in 10 shops follow`: a noun joined to a verb is the next joined verb's subject."""
    joined = [index for index, word in enumerate(words) if word.dep == "conj" and word.head >= 0]
    with_subject = {word.head for word in words if word.dep == "nsubj"}
    for noun, verb in pairwise(joined):
        is_pair = words[noun].head == words[verb].head < noun and words[words[noun].head].upos == "VERB"
        is_subject = words[noun].upos in ("NUM", "NOUN", "PROPN") and words[verb].xpos in _FINITE
        if is_pair and is_subject and verb not in with_subject:
            words[noun].head, words[noun].rel, words[noun].dep = verb, "nsubj", "nsubj"


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
    return _Labels(**json.loads((MODEL / "labels.json").read_text()))
