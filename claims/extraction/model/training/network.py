"""The encoder: MiniLM-L6 (BERT, 6 layers of 384) with letter case as a second input, and three heads on one pass.

check-worthiness: one logit a sentence, from the first and the mean piece
embedding: the mean piece, unit length, kept close to the base model's
syntax: for each word its head, relation, part of speech (Dozat and Manning 2017, greedy)
"""

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, LAYERS, HEADS, CASES = 384, 6, 12, 4
ARC_WIDTH, RELATION_WIDTH = 256, 64


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner, self.outer = nn.Linear(WIDTH, WIDTH * 4), nn.Linear(WIDTH * 4, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, hidden: torch.Tensor | None) -> torch.Tensor:
        batch, length = x.shape[:2]

        def split(y: torch.Tensor) -> torch.Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        scores = scores if hidden is None else scores + hidden
        weights = F.dropout(scores.softmax(-1), 0.1, self.training)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        return self.norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    def __init__(self, vocabulary: int, positions: int) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(vocabulary, WIDTH), nn.Embedding(positions, WIDTH)
        self.cases = nn.Embedding(CASES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: torch.Tensor, cases: torch.Tensor, mask: torch.Tensor | None) -> list[torch.Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.cases(cases) + self.positions(places))
        x = F.dropout(x, 0.1, self.training)
        outputs = []
        hidden = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, hidden)
            outputs.append(x)
        return outputs


class Network(nn.Module):
    def __init__(self, vocabulary: int, positions: int, relations: int, upos: int, xpos: int) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, positions)
        self.check = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(WIDTH * 2, WIDTH), nn.Tanh(), nn.Dropout(0.1), nn.Linear(WIDTH, 1)
        )
        self.mix = nn.Parameter(torch.zeros(LAYERS))
        self.arc_child, self.arc_head = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.relation_child, self.relation_head = nn.Linear(WIDTH, RELATION_WIDTH), nn.Linear(WIDTH, RELATION_WIDTH)
        self.arc = nn.Parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) * 0.02)
        self.relation = nn.Linear(RELATION_WIDTH * RELATION_WIDTH, relations)
        self.relation_sum = nn.Linear(RELATION_WIDTH * 2, relations)
        self.upos, self.xpos = nn.Linear(WIDTH, upos), nn.Linear(WIDTH, xpos)

    def encode(
        self, ids: torch.Tensor, cases: torch.Tensor, mask: torch.Tensor | None
    ) -> tuple[list[torch.Tensor], torch.Tensor]:
        """Each layer's [batch, pieces, WIDTH] and the mean piece; without a mask nothing is padding."""
        layers = self.encoder(ids, cases, mask)
        if mask is None:
            return layers, layers[-1].mean(1)
        weights = mask[:, :, None].to(layers[-1].dtype)
        mean = (layers[-1] * weights).sum(1) / weights.sum(1)
        return layers, mean

    def judge(self, layers: list[torch.Tensor], mean: torch.Tensor) -> torch.Tensor:
        return self.check(torch.cat([layers[-1][:, 0], mean], -1)).squeeze(-1)

    def read_words(self, layers: list[torch.Tensor], starts: torch.Tensor) -> torch.Tensor:
        """[batch, words, WIDTH]: the first piece of each word; word 0 is the root."""
        shares = self.mix.softmax(0)
        mixed = sum(share * layer for share, layer in zip(shares, layers))
        return mixed.gather(1, starts[:, :, None].expand(-1, -1, WIDTH))

    def score_arcs(self, words: torch.Tensor, starts: torch.Tensor | None) -> torch.Tensor:
        """[batch, child, head]; a word never heads itself, padding (a start of 0 that is not the root) nothing."""
        drop = lambda y: F.dropout(F.gelu(y), 0.25, self.training)  # noqa: E731
        child, head = drop(self.arc_child(words)), drop(self.arc_head(words))
        child = torch.cat([child, torch.ones_like(child[:, :, :1])], -1)
        scores = child @ self.arc @ head.transpose(1, 2)
        count = words.shape[1]
        scores = scores - torch.eye(count, dtype=scores.dtype)[None] * 10000.0
        if starts is None:
            return scores
        is_word = (starts > 0) | (torch.arange(count) == 0)[None]
        return scores - (1.0 - is_word[:, None, :].to(scores.dtype)) * 10000.0

    def score_relations(self, words: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """[batch, child, relation] for the given heads."""
        drop = lambda y: F.dropout(F.gelu(y), 0.25, self.training)  # noqa: E731
        child, head = drop(self.relation_child(words)), drop(self.relation_head(words))
        head = head.gather(1, heads[:, :, None].expand(-1, -1, RELATION_WIDTH))
        outer = (child[:, :, :, None] * head[:, :, None, :]).flatten(2)
        return self.relation(outer) + self.relation_sum(torch.cat([child, head], -1))

    def forward(
        self, ids: torch.Tensor, cases: torch.Tensor, mask: torch.Tensor | None, starts: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """Check logit, embedding, then state, head, relation, upos, xpos of each word."""
        layers, mean = self.encode(ids, cases, mask)
        words = self.read_words(layers, starts)
        heads = self.score_arcs(words, None if mask is None else starts).argmax(-1)
        relations = self.score_relations(words, heads).argmax(-1)
        tags = (self.upos(words).argmax(-1), self.xpos(words).argmax(-1))
        return (self.judge(layers, mean), F.normalize(mean, dim=-1), words, heads, relations, *tags)


class OneSentence(nn.Module):
    """As exported: one sentence at a time, so that a sentence's outcome never depends on its neighbours."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, cases: torch.Tensor, starts: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """`pieces`, `pieces`, `words + 1` -> a number, 384, `words + 1` times 384, then four times `words + 1`."""
        outputs = self.network(ids[None], cases[None], None, starts[None])
        return tuple(output[0] for output in outputs)
