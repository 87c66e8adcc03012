"""The training sentences that are spliced from a treebank are trees again."""

import random

from claims.extraction.model.training.splice import Pools, Splicer, Word, fill, read_trees, write

# form, coarse and fine part of speech, head, relation
TREEBANK = (
    "Maria PROPN NNP 3 nsubj|Keller PROPN NNP 1 flat|sold VERB VBD 0 root|the DET DT 5 det|mill NOUN NN 3 obj"
    "|. PUNCT . 3 punct",
    "The DET DT 2 det|owners NOUN NNS 3 nsubj|closed VERB VBD 0 root|the DET DT 6 det|old ADJ JJ 6 amod"
    "|port NOUN NN 3 obj|. PUNCT . 3 punct",
    "Henrik PROPN NNP 7 nsubj|Aas PROPN NNP 1 flat|, PUNCT , 1 punct|who PRON WP 5 nsubj|lost VERB VBD 1 acl:relcl"
    "|ships NOUN NNS 5 obj|left VERB VBD 0 root|town NOUN NN 7 obj|. PUNCT . 7 punct",
    "The DET DT 2 det|port NOUN NN 6 nsubj|which PRON WDT 4 nsubj|holds VERB VBZ 2 acl:relcl|ships NOUN NNS 4 obj"
    "|burned VERB VBD 0 root|down ADP RP 6 compound:prt|. PUNCT . 6 punct",
)


def conllu() -> str:
    blocks = []
    for line in TREEBANK:
        rows = (cell.split() for cell in line.split("|"))
        blocks.append("\n".join(
            "\t".join((str(i), form, "_", upos, xpos, "_", head, relation, "_", "_"))
            for i, (form, upos, xpos, head, relation) in enumerate(rows, 1)
        ))  # fmt: skip
    return "\n\n".join(blocks)


def splice(count: int) -> list[list[Word]]:
    pools = Pools()
    for tree in read_trees(conllu()):
        fill(pools, tree)
    splicer = Splicer(pools, random.Random(3))  # noqa: S311
    return [splicer.sentence() for _ in range(count)]


def test_every_word_hangs_on_the_one_root() -> None:
    for words in splice(300):
        root = next(word for word in words if word.head is None)
        for word in words:
            above, steps = word, 0
            while above.head is not None and steps <= len(words):
                assert above.head in words
                above, steps = above.head, steps + 1
            assert above is root


def test_text_holds_the_words_in_their_order() -> None:
    for words in splice(100):
        text, *rows = write(words).splitlines()
        assert text.removeprefix("# text = ").replace(" ", "") == "".join(row.split("\t")[1] for row in rows)


def test_same_seed_gives_the_same_sentences() -> None:
    assert [write(words) for words in splice(20)] == [write(words) for words in splice(20)]


def test_no_mark_stands_beside_a_comma() -> None:
    texts = [write(words).splitlines()[0] for words in splice(300)]
    assert not [text for text in texts if ",," in text or ",." in text]
