"""Reads the training data: the base's weights, sentences with check-worthiness, and UD treebanks."""

import csv
import hashlib
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from claims.extraction.encoder import align
from claims.extraction.tokens import tokenise

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_PIECES = 160


class Sentence(NamedTuple):
    """`starts[i]` is the first piece of word i (0: the root); heads count words from 1, 0 is the root."""

    ids: list[int]
    cases: list[int]
    starts: list[int]
    heads: list[int] = []
    relations: list[str] = []
    upos: list[str] = []
    xpos: list[str] = []


def load_tokenizer(base: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES)
    return tokenizer


def load_base(base: Path) -> dict[str, torch.Tensor]:
    """The base's weights under our names."""
    path = base / "model.safetensors"
    if hashlib.sha256(path.read_bytes()).hexdigest() != BASE_SHA256:
        raise SystemExit(f"{path} is not the base model: its SHA-256 differs")
    source = load_file(path)
    renamed = {
        "encoder.words.weight": source["embeddings.word_embeddings.weight"],
        "encoder.positions.weight": source["embeddings.position_embeddings.weight"][:512],
        "encoder.cases.weight": source["embeddings.token_type_embeddings.weight"][:1].repeat(4, 1),
        "encoder.norm.weight": source["embeddings.LayerNorm.weight"],
        "encoder.norm.bias": source["embeddings.LayerNorm.bias"],
    }
    names = {
        "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
        "attention.output.dense": "out", "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "inner", "output.dense": "outer", "output.LayerNorm": "norm",
    }  # fmt: skip
    for layer in range(6):
        for theirs, ours in names.items():
            for part in ("weight", "bias"):
                renamed[f"encoder.layers.{layer}.{ours}.{part}"] = source[f"encoder.layer.{layer}.{theirs}.{part}"]
    return renamed


def encode(tokenizer: Tokenizer, text: str) -> Sentence:
    """Pieces and words of a sentence, aligned as they are when the model is used (there all currencies are dollars)."""
    encoding = tokenizer.encode(text)
    return Sentence(*align(encoding.ids, encoding.offsets, tokenise(text)))


def read_labelled(path: Path) -> list[tuple[int, str, float]]:
    """`(sentence_id, text, label)`; texts that occur twice are one, with the mean of their labels."""
    labels: dict[str, list[float]] = defaultdict(list)
    ids = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[0] != "sentence_id":
                labels[row[1]].append(float(row[2].strip() == "Yes"))
                ids[row[1]] = int(row[0])
    return [(ids[text], text, sum(values) / len(values)) for text, values in labels.items()]


def read_treebank(tokenizer: Tokenizer, paths: list[Path]) -> list[Sentence]:
    sentences = []
    for path in paths:
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            sentence = _read_block(tokenizer, block)
            if sentence:
                sentences.append(sentence)
    return sentences


class _Word(NamedTuple):
    """A treebank's word: its place in the text and its ten cells."""

    start: int
    end: int
    cells: list[str]


def _read_block(tokenizer: Tokenizer, block: str) -> Sentence | None:
    """Their words are mapped to ours by place; where ours holds several, the one that leads outward speaks for it."""
    text = next((line[9:] for line in block.splitlines() if line.startswith("# text = ")), None)
    if text is None:
        return None
    theirs = _read_words(text, block)
    ours = tokenise(text)
    groups = [[i for i, w in enumerate(theirs) if w.start < word.end and word.start < w.end] for word in ours]
    ours_of: dict[int, int] = {}
    for at, group in enumerate(groups):
        for their in group:
            ours_of.setdefault(their, at)
    labels = [_label(at, group, theirs, ours_of) for at, group in enumerate(groups)]
    encoded = encode(tokenizer, text)
    if None in labels or len(encoded.starts) != len(ours) + 1:
        return None
    heads, relations, upos, xpos = (list(column) for column in zip(*labels, strict=True))
    return encoded._replace(heads=heads, relations=relations, upos=upos, xpos=xpos)


def _read_words(text: str, block: str) -> list[_Word]:
    """In order, each with its place; the parts of a joined word (`don't`) share out its place."""
    words: list[_Word] = []
    place = until = 0
    surface_end = 0
    for line in block.splitlines():
        cells = line.split("\t")
        if len(cells) != 10 or "." in cells[0]:
            continue
        if "-" in cells[0]:
            place = text.index(cells[1], place)
            until, surface_end = int(cells[0].split("-")[1]), place + len(cells[1])
            continue
        inside = int(cells[0]) <= until
        start = text.find(cells[1], place, surface_end if inside else len(text))
        start, end = (place, surface_end) if start < 0 else (start, start + len(cells[1]))
        words.append(_Word(start, end, cells))
        place = max(end, surface_end) if int(cells[0]) == until else end
    return words


def _label(at: int, group: list[int], theirs: list[_Word], ours_of: dict[int, int]) -> tuple[int, str, str, str] | None:
    """Head, relation and tags of our word; None where the two cannot be matched."""
    if not group:
        return None
    if ours_of[group[0]] != at:  # the rest of a word that began before
        tag = "PUNCT" if theirs[group[0]].cells[3] == "PUNCT" else "X"
        return ours_of[group[0]] + 1, "goeswith", tag, "AFX"
    lead = next((i for i in group if int(theirs[i].cells[6]) - 1 not in group), group[0])
    cells = theirs[lead].cells
    head = int(cells[6])
    if head and ours_of.get(head - 1, at) == at:
        return None
    return (0 if head == 0 else ours_of[head - 1] + 1), cells[7], cells[3], cells[4]
