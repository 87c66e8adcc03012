"""Trains the encoder on check-worthiness and syntax at once; run with the packages of `requirements.txt` beside it.

python -m claims.extraction.model.training.train BASE LABELLED TREEBANKS OUT [--hold-out FIRST-LAST]
BASE: the folder of all-MiniLM-L6-v2; LABELLED: train.tsv and dev.tsv; TREEBANKS: train/*.conllu, dev/*.conllu
"""

import argparse
import math
import random
from collections import Counter
from pathlib import Path

import torch
from sklearn.metrics import average_precision_score, f1_score
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from claims.extraction.model.training.data import (
    Sentence,
    encode,
    load_base,
    load_tokenizer,
    read_labelled,
    read_treebank,
)
from claims.extraction.model.training.network import Network

BATCH = 32
ENCODER_RATE, HEAD_RATE = 8e-5, 1e-3
KEEP_WEIGHT = 2.0
TREES_PER_CHECK = 4  # batches of trees for each of labelled sentences: syntax is learnt slower
SYNTAX_WEIGHT = 0.3
MIN_RELATION = 60
AVERAGE_DECAY = 0.998


def pad(rows: list[list[int]]) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [0] * (width - len(row)) for row in rows])


def collate(batch: list[Sentence]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    ids = pad([s.ids for s in batch])
    mask = pad([[1] * len(s.ids) for s in batch])
    return ids, pad([s.cases for s in batch]), mask, pad([s.starts for s in batch])


def batches(lengths: list[int], rng: random.Random) -> list[list[int]]:
    """Batches of sentences of like length, in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 4)
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    return groups


def forever(lengths: list[int], rng: random.Random):
    while True:
        yield from batches(lengths, rng)


class Labels:
    """The relations and tags that the heads tell apart; a rare subtype counts as its relation."""

    def __init__(self, sentences: list[Sentence]) -> None:
        relations = Counter(r for s in sentences for r in s.relations)
        self.relations = sorted({self._frequent(r, relations) for r in relations})
        self.upos = sorted({t for s in sentences for t in s.upos})
        self.xpos = sorted({t for s in sentences for t in s.xpos})

    @staticmethod
    def _frequent(relation: str, counts: Counter[str]) -> str:
        return relation if counts[relation] >= MIN_RELATION else relation.partition(":")[0]

    def relation(self, name: str) -> int:
        name = name if name in self.relations else name.partition(":")[0]
        return self.relations.index(name) if name in self.relations else self.relations.index("dep")

    def indices(self, s: Sentence) -> tuple[list[int], list[int], list[int]]:
        upos = [self.upos.index(t) if t in self.upos else 0 for t in s.upos]
        xpos = [self.xpos.index(t) if t in self.xpos else 0 for t in s.xpos]
        return [self.relation(r) for r in s.relations], upos, xpos


def syntax_loss(network: Network, batch: list[Sentence], labels: Labels) -> torch.Tensor:
    ids, cases, mask, starts = collate(batch)
    layers, _ = network.encode(ids, cases, mask)
    words = network.read_words(layers, starts)
    indices = [labels.indices(s) for s in batch]
    heads = pad([[0, *s.heads] for s in batch])
    relations, upos, xpos = (pad([[0, *row[k]] for row in indices]) for k in range(3))
    real = starts > 0
    arcs = network.score_arcs(words, starts)
    tags = (
        (network.score_relations(words, heads), relations),
        (network.upos(words), upos),
        (network.xpos(words), xpos),
    )
    loss = F.cross_entropy(arcs[real].float(), heads[real])
    return loss + sum(w * F.cross_entropy(s[real].float(), t[real]) for w, (s, t) in zip((1.0, 0.4, 0.4), tags))


@torch.no_grad()
def base_means(network: Network, sentences: list[Sentence]) -> list[torch.Tensor]:
    network.eval()
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].ids))
    found: dict[int, torch.Tensor] = {}
    for at in range(0, len(order), 128):
        group = order[at : at + 128]
        ids, _, mask, _ = collate([sentences[i] for i in group])
        with torch.autocast("cpu", torch.bfloat16):
            _, mean = network.encode(ids, torch.zeros_like(ids), mask)
        found.update(zip(group, F.normalize(mean.float(), dim=-1)))
    return [found[i] for i in range(len(sentences))]


@torch.no_grad()
def judge(network: Network, sentences: list[Sentence]) -> list[float]:
    network.eval()
    scores = []
    for at in range(0, len(sentences), 128):
        ids, cases, mask, _ = collate(sentences[at : at + 128])
        with torch.autocast("cpu", torch.bfloat16):
            layers, mean = network.encode(ids, cases, mask)
            scores += network.judge(layers, mean).float().tolist()
    return scores


@torch.no_grad()
def measure_syntax(network: Network, sentences: list[Sentence], labels: Labels) -> str:
    network.eval()
    total = arcs = labelled = tagged = fine = 0
    for at in range(0, len(sentences), 64):
        batch = sentences[at : at + 64]
        with torch.autocast("cpu", torch.bfloat16):
            _, _, heads, relations, upos, xpos = network(*collate(batch))
        for row, s in enumerate(batch):
            gold = labels.indices(s)
            for word, tag in enumerate(s.upos):
                if tag == "PUNCT":
                    continue
                total += 1
                right = heads[row, word + 1].item() == s.heads[word]
                arcs += right
                name = labels.relations[relations[row, word + 1].item()].partition(":")[0]
                labelled += right and name == s.relations[word].partition(":")[0]
                tagged += upos[row, word + 1].item() == gold[1][word]
                fine += xpos[row, word + 1].item() == gold[2][word]
    return f"UAS {arcs / total:.4f} LAS {labelled / total:.4f} UPOS {tagged / total:.4f} XPOS {fine / total:.4f}"


def report(scores: list[float], gold: list[float]) -> str:
    truth = [label > 0.5 for label in gold]
    cut = sorted(scores, reverse=True)[round(0.241 * len(scores)) - 1]
    return f"AP {average_precision_score(truth, scores):.4f} F1 {f1_score(truth, [s >= cut for s in scores]):.4f}"


class Data:
    """What is learnt from and measured on. The debates of `--hold-out` are only measured."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.tokenizer = load_tokenizer(options.base)
        self.treebank = read_treebank(self.tokenizer, sorted(options.treebanks.glob("train/*.conllu")))
        self.banks = {
            path.stem: read_treebank(self.tokenizer, [path]) for path in sorted(options.treebanks.glob("dev/*.conllu"))
        }
        self.labels = Labels(self.treebank)
        first, last = map(int, options.hold_out.split("-")) if options.hold_out else (0, -1)
        rows = read_labelled(options.labelled / "train.tsv")
        self.rows = [row for row in rows if not first <= row[0] <= last]
        self.encoded = [encode(self.tokenizer, text) for _, text, _ in self.rows]
        self.measured = {"dev": read_labelled(options.labelled / "dev.tsv")}
        if options.hold_out:
            self.measured["held"] = [row for row in rows if first <= row[0] <= last]


def check_loss(network: Network, data: Data, kept: list[torch.Tensor], group: list[int]) -> torch.Tensor:
    """How wrong the check-worthiness is, and how far the embeddings have gone from the base's."""
    ids, cases, mask, _ = collate([data.encoded[i] for i in group])
    with torch.autocast("cpu", torch.bfloat16):
        layers, mean = network.encode(ids, cases, mask)
        logits = network.judge(layers, mean)
    check = F.binary_cross_entropy_with_logits(logits.float(), torch.tensor([data.rows[i][2] for i in group]))
    moved = 1 - F.cosine_similarity(mean.float(), torch.stack([kept[i] for i in group])).mean()
    return check + KEEP_WEIGHT * moved


def measure(network: Network, data: Data) -> str:
    worth = []
    for name, rows in data.measured.items():
        scores = judge(network, [encode(data.tokenizer, text) for _, text, _ in rows])
        worth.append(f"{name} {report(scores, [label for *_, label in rows])}")
    syntax = (f"{name} {measure_syntax(network, bank, data.labels)}" for name, bank in data.banks.items())
    return " | ".join([*worth, *syntax])


def save(network: Network, labels: Labels, path: Path) -> None:
    tags = {name: getattr(labels, name) for name in ("relations", "upos", "xpos")}
    torch.save({"weights": network.state_dict(), **tags}, path)


def begin(base: Path, data: Data) -> Network:
    """The base's encoder with heads that know nothing yet."""
    labels = data.labels
    sizes = (len(labels.relations), len(labels.upos), len(labels.xpos))
    network = Network(data.tokenizer.get_vocab_size(), 512, *sizes)
    if network.load_state_dict(load_base(base), strict=False).unexpected_keys:
        raise SystemExit("the base has weights that the network does not know")
    return network


def train(network: Network, data: Data, steps: int, rng: random.Random, out: Path) -> None:
    kept = base_means(network, data.encoded)
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder")]
    rates = [{"params": network.encoder.parameters(), "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(rates, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.06 * steps)) * 0.5 * (1 + math.cos(math.pi * min(1.0, s / steps)))
    )
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE_DECAY))
    checks = forever([len(s.ids) for s in data.encoded], rng)
    trees = forever([len(s.ids) for s in data.treebank], rng)
    for step in range(1, steps + 1):
        network.train()
        check = check_loss(network, data, kept, next(checks))
        check.backward()
        for _ in range(TREES_PER_CHECK):
            with torch.autocast("cpu", torch.bfloat16):
                syntax = syntax_loss(network, [data.treebank[i] for i in next(trees)], data.labels)
            (SYNTAX_WEIGHT * syntax).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        averaged.update_parameters(network)
        if step % 50 == 0:
            print(f"{step}/{steps} check {check.item():.3f} syntax {syntax.item():.3f}", flush=True)
        if step % max(1, steps // 6) == 0 or step == steps:
            print(measure(averaged.module, data), flush=True)
            save(averaged.module, data.labels, out)


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("base", "labelled", "treebanks", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--hold-out", default="", help="FIRST-LAST sentence ids kept from training")
    parser.add_argument("--epochs", type=float, default=2.75)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    data = Data(options)
    steps = round(options.epochs * len(data.rows) / BATCH)
    train(begin(options.base, data), data, steps, random.Random(options.seed), options.out)


if __name__ == "__main__":
    main()
