"""Splices treebank sentences into shapes of news that treebanks hold few of: sayings, side remarks, joined clauses.

python -m claims.extraction.model.training.splice TREEBANKS COUNT [--seed N] > spliced.conllu
Every word, head and relation comes from a person's tree; only the joints are ours, drawn as English EWT draws them.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

MAX_WORDS = 64
_SAID = ("said", "said", "said", "said", "says", "added", "wrote", "argued", "warned", "announced")
_THAT = ("said", "said", "says", "added", "argued", "warned", "announced", "found", "reported", "insisted")
_JOINTS = ("and", "and", "but", "while", "after", "because", "although")
_SUBJECTS = ("nsubj", "nsubj:pass")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNFIT = ('"', "“", "”", "(", ")", ":", ";", "?", "!", "...", "-", "--", "–", "—")


@dataclass(eq=False)
class Word:
    form: str
    upos: str
    xpos: str
    relation: str
    head: "Word | None" = None
    glued: bool = False  # no space before it


@dataclass
class Tree:
    """`words` in order; `root` is the one whose head lies outside."""

    words: list[Word]
    root: Word

    def kids(self, word: Word) -> list[Word]:
        return [kid for kid in self.words if kid.head is word]

    def below(self, word: Word) -> list[Word]:
        """The word and all that hangs on it, in order."""
        inside, todo = {id(word)}, [word]
        while todo:
            kids = self.kids(todo.pop())
            inside.update(map(id, kids))
            todo += kids
        return [one for one in self.words if id(one) in inside]

    def part(self, word: Word, without: Iterable[str] = ()) -> "Tree | None":
        """The words below as a tree of its own; None if they do not stand together."""
        dropped = {id(w) for kid in self.kids(word) if kid.relation in without for w in self.below(kid)}
        words = [one for one in self.below(word) if id(one) not in dropped]
        places = [self.words.index(one) for one in words]
        return Tree(words, word) if places[-1] - places[0] + 1 == len(places) else None

    def copy(self) -> "Tree":
        twins = {id(word): replace(word) for word in self.words}
        for word in self.words:
            twins[id(word)].head = twins.get(id(word.head)) if word.head else None
        return Tree([twins[id(word)] for word in self.words], twins[id(self.root)])


@dataclass
class Pools:
    clauses: list[Tree] = field(default_factory=list)
    predicates: list[Tree] = field(default_factory=list)
    names: list[Tree] = field(default_factory=list)
    phrases: list[Tree] = field(default_factory=list)
    remarks: list[Tree] = field(default_factory=list)


def read_trees(text: str) -> Iterator[Tree]:
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        joined = {int(r[0].split("-")[0]): r for r in rows if "-" in r[0]}
        rows = [r for r in rows if r[0].isdigit()]
        if not rows or any(not _adds_up(r, rows) for r in joined.values()):
            continue
        inner = {i for at, r in joined.items() for i in range(at + 1, int(r[0].split("-")[1]) + 1)}
        last = {int(r[0].split("-")[1]): r for r in joined.values()}
        words = [Word(r[1], r[3], r[4], r[7]) for r in rows]
        for i, row in enumerate(rows):
            words[i].head = words[int(row[6]) - 1] if row[6] != "0" else None
            before = last.get(i, rows[i - 1]) if i else row
            words[i].glued = i + 1 in inner or bool(i and "SpaceAfter=No" in before[9])
        yield Tree(words, next(w for w in words if w.head is None))


def _adds_up(joined: list[str], rows: list[list[str]]) -> bool:
    first, end = map(int, joined[0].split("-"))
    return "".join(row[1] for row in rows[first - 1 : end]) == joined[1]


def fill(pools: Pools, tree: Tree) -> None:
    clause = _clause_of(tree)
    if clause:
        pools.clauses.append(clause)
        subject = next(kid for kid in clause.kids(clause.root) if kid.relation in _SUBJECTS)
        rest = [w for w in clause.words if w not in clause.below(subject)]
        if clause.below(subject) == clause.words[: len(clause.words) - len(rest)]:
            pools.predicates.append(Tree(rest, clause.root))
    for word in tree.words:
        if word.relation in (*_SUBJECTS, "obj", "obl", "nmod", "appos", "conj") and word.upos in ("PROPN", "NOUN"):
            _fill_phrase(pools, tree, word)
        elif word.relation == "acl:relcl":
            remark = tree.part(word)
            if remark and remark.words[0].form in ("who", "which") and 3 <= len(remark.words) <= 14:
                pools.remarks.append(_alone(remark))


def _fill_phrase(pools: Pools, tree: Tree, word: Word) -> None:
    phrase = tree.part(word, ("case", "acl:relcl", "appos", "punct", "acl", "cc", "conj"))
    if phrase is None or len(phrase.words) > 9 or any(w.form in _UNFIT or w.upos == "PRON" for w in phrase.words):
        return
    is_name = word.upos == "PROPN" and phrase.words[0].upos in ("PROPN", "NOUN") and 1 < len(phrase.words) < 5
    if is_name and any(kid.relation == "flat" for kid in phrase.kids(word)):
        pools.names.append(_alone(phrase))
    elif phrase.words[0].upos == "DET" or word.upos == "PROPN":
        pools.phrases.append(_alone(phrase))


def _clause_of(tree: Tree) -> Tree | None:
    """A statement of modest length, without its full stop."""
    words, kids = tree.words, tree.kids(tree.root)
    is_said = words[-1].form == "." and words[-1].head is tree.root and 5 <= len(words) <= 26
    relations = {kid.relation for kid in kids}
    is_finite = tree.root.xpos in ("VBD", "VBZ", "VBP") or bool(relations & {"cop", "aux", "aux:pass"})
    is_fit = is_said and is_finite and bool(relations & set(_SUBJECTS)) and not relations & {"parataxis", "vocative"}
    is_part = words[0].upos in ("CCONJ", "SCONJ", "PUNCT", "INTJ", "AUX") or words[0].xpos.startswith("W")
    if not is_fit or is_part or any(w.form in _UNFIT or w.form.lower() == "you" for w in words):
        return None
    clause = _alone(Tree(words[:-1], tree.root))
    first = clause.words[0]
    if first.upos != "PROPN" and first.form != "I" and not first.xpos.startswith("NNP"):
        first.form = first.form.lower()
    return clause


def _alone(tree: Tree) -> Tree:
    tree = tree.copy()
    tree.words[0].glued = False
    return tree


class Splicer:
    """Builds one sentence after the other from the pools."""

    def __init__(self, pools: Pools, rng: random.Random) -> None:
        self.pools, self.rng = pools, rng
        self.shapes: list[Callable[[], list[Word]]] = [
            *(self.say_after, self.say_after, self.say_before, self.say_before),
            *(self.add, self.accord, self.join, self.share),
        ]

    def sentence(self) -> list[Word]:
        words = self.rng.choice(self.shapes)()
        root = next(w for w in words if w.head is None)
        stop = _mark(".", root)
        words = [w for w, after in zip(words, [*words[1:], stop]) if not (w.form == "," and after.form in (",", "."))]
        if words[0].form[0].islower():
            words[0].form = words[0].form[0].upper() + words[0].form[1:]
        return [*words, stop]

    def clause(self) -> Tree:
        """One statement; its subject often counted, followed by a side remark, or by the day of what it did."""
        clause = self.rng.choice(self.pools.clauses).copy()
        subject = next(kid for kid in clause.kids(clause.root) if kid.relation in _SUBJECTS)
        part = clause.part(subject)
        is_plain = part is not None and subject.upos in ("PROPN", "NOUN") and not any(w.form == "," for w in part.words)
        if part is None or not is_plain:
            return clause
        first, end = clause.words.index(part.words[0]), clause.words.index(part.words[-1]) + 1
        before, within, after = clause.words[:first], part.words, clause.words[end:]
        chance = self.rng.random()
        if chance < 0.5:
            within = [*within, *self.remark(subject)]
        elif chance < 0.6:
            within = [*within, *self.day(clause.root)]
        elif chance < 0.75 and subject.xpos == "NNS" and all(w.upos != "NUM" for w in within):
            within = self.some_of(subject, within)
        return Tree([*before, *within, *after], clause.root)

    def some_of(self, subject: Word, phrase: list[Word]) -> list[Word]:
        """`740 of the jobs`, `43% of jobs`."""
        figure = Word(f"{self.rng.randint(2, 999)}", "NUM", "CD", subject.relation, subject.head)
        counted = [figure]
        if self.rng.random() < 0.4:
            sign = Word("%", "NOUN", "NN", subject.relation, subject.head, glued=True)
            figure.relation, figure.head = "nummod", sign
            counted = [figure, sign]
        subject.relation, subject.head = "nmod", counted[-1]
        the = [] if phrase[0].upos in ("DET", "PRON") else [Word("the", "DET", "DT", "det", subject)]
        return [*counted, Word("of", "ADP", "IN", "case", subject), *the, *phrase]

    def day(self, verb: Word) -> list[Word]:
        """`on Monday`, or in American papers `Monday`."""
        day = Word(self.rng.choice(_DAYS), "PROPN", "NNP", "obl:unmarked", verb)
        if self.rng.random() < 0.4:
            return [day]
        day.relation = "obl"
        return [Word("on", "ADP", "IN", "case", day), day]

    def remark(self, on: Word) -> list[Word]:
        if on.upos == "PROPN" and self.rng.random() < 0.2:
            age = Word(str(self.rng.randint(18, 93)), "NUM", "CD", "appos", on)
            return [_mark(",", age), age, _mark(",", age)]
        is_apposed = self.rng.random() < 0.6
        tie = "who" if on.upos == "PROPN" else "which"
        pool = self.pools.phrases if is_apposed else self.pools.remarks
        inner = self.rng.choice(pool)
        while len(inner.words) < 2 or (not is_apposed and inner.words[0].form != tie):
            inner = self.rng.choice(pool)
        inner = inner.copy()
        inner.root.head, inner.root.relation = on, "appos" if is_apposed else "acl:relcl"
        return [_mark(",", inner.root), *inner.words, _mark(",", inner.root)]

    def speaker(self, ends: bool = False) -> Tree:
        named = self.rng.random() < 0.6
        speaker = self.rng.choice(self.pools.names if named else self.pools.phrases).copy()
        if self.rng.random() < 0.5:
            remark = self.remark(speaker.root)
            speaker.words += remark[:-1] if ends else remark
        return speaker

    def say(self, verbs: tuple[str, ...]) -> tuple[Word, list[Word]]:
        verb, *rest = self.rng.choice(verbs).split()
        said = Word(verb, "VERB", "VBZ" if verb.endswith("s") else "VBD", "root")
        return said, [said, *(Word(form, "NOUN", "NNS", "obj", said) for form in rest)]

    def quoted(self, tree: Tree) -> list[Word]:
        if self.rng.random() < 0.6:
            return tree.words
        tree.words[0].glued = True
        opening, closing = self.rng.choice((("“", "”"), ('"', '"')))
        marks = (
            Word(opening, "PUNCT", "``", "punct", tree.root),
            Word(closing, "PUNCT", "''", "punct", tree.root, glued=True),
        )
        return [marks[0], *tree.words, marks[1]]

    def say_after(self) -> list[Word]:
        """`S, said X.` and `S, X said.`"""
        inverted = self.rng.random() < 0.4
        said, verb = self.say(_SAID if inverted else (*_SAID, "told reporters"))
        content, speaker = self.clause(), self.speaker(ends=inverted)
        content.root.head, content.root.relation = said, "ccomp"
        speaker.root.head, speaker.root.relation = said, "nsubj"
        day = self.day(said) if self.rng.random() < 0.2 else []
        told = [*verb, *speaker.words] if inverted else [*speaker.words, *verb, *day]
        quoted = self.quoted(content)
        quoted[1].form = quoted[1].form[0].upper() + quoted[1].form[1:] if quoted[0].upos == "PUNCT" else quoted[1].form
        comma = _mark(",", said)
        return [*quoted[:-1], comma, quoted[-1], *told] if quoted[-1].upos == "PUNCT" else [*quoted, comma, *told]

    def say_before(self) -> list[Word]:
        """`X said that S`, `X said S and that S`."""
        said, verb = self.say(_THAT)
        speaker, content = self.speaker(), self.clause()
        speaker.root.head, speaker.root.relation = said, "nsubj"
        content.root.head, content.root.relation = said, "ccomp"
        day = self.day(said) if self.rng.random() < 0.2 else []
        words = [*speaker.words, *verb, *day, *self.that(content.root), *content.words]
        if self.rng.random() < 0.3:
            more = self.clause()
            more.root.head, more.root.relation = content.root, "conj"
            words += [Word("and", "CCONJ", "CC", "cc", more.root), _that(more.root), *more.words]
        return words

    def that(self, verb: Word) -> list[Word]:
        return [_that(verb)] if self.rng.random() < 0.6 else []

    def add(self) -> list[Word]:
        """`S, X said, adding that S`."""
        words = self.say_after()
        said = next(w for w in words if w.head is None)
        adding, content = Word("adding", "VERB", "VBG", "advcl", said), self.clause()
        content.root.head, content.root.relation = adding, "ccomp"
        return [*words, _mark(",", adding), adding, _that(content.root), *content.words]

    def accord(self) -> list[Word]:
        """`According to X, S` and `S, according to X`."""
        clause, first = self.clause(), self.rng.random() < 0.4
        source = self.speaker(ends=True)
        source.root.head, source.root.relation = clause.root, "obl"
        according = Word("According" if first else "according", "VERB", "VBG", "case", source.root)
        phrase = [according, Word("to", "ADP", "IN", "fixed", according), *source.words]
        comma = _mark(",", source.root)
        return [*phrase, comma, *clause.words] if first else [*clause.words, comma, *phrase]

    def join(self) -> list[Word]:
        """`S, and S`, `S after S`."""
        one, other = self.clause(), self.clause()
        tie = self.rng.choice(_JOINTS)
        is_equal = tie in ("and", "but")
        other.root.head, other.root.relation = one.root, "conj" if is_equal else "advcl"
        joint = Word(
            tie, "CCONJ" if is_equal else "SCONJ", "CC" if is_equal else "IN", "cc" if is_equal else "mark", other.root
        )
        comma = [_mark(",", other.root)] if is_equal or self.rng.random() < 0.3 else []
        return [*one.words, *comma, joint, *other.words]

    def share(self) -> list[Word]:
        """`X did this and did that`."""
        one, other = self.clause(), self.rng.choice(self.pools.predicates).copy()
        other.root.head, other.root.relation = one.root, "conj"
        other.words[0].glued = False
        comma = [_mark(",", other.root)] if self.rng.random() < 0.2 else []
        return [
            *one.words,
            *comma,
            Word(self.rng.choice(("and", "and", "but")), "CCONJ", "CC", "cc", other.root),
            *other.words,
        ]


def _mark(form: str, head: Word) -> Word:
    return Word(form, "PUNCT", form, "punct", head, glued=True)


def _that(head: Word) -> Word:
    return Word("that", "SCONJ", "IN", "mark", head)


def write(words: list[Word]) -> str:
    words[0].glued = False
    places = {id(word): i for i, word in enumerate(words, 1)}
    text = "".join(w.form if w.glued or not i else f" {w.form}" for i, w in enumerate(words))
    rows = [
        "\t".join((str(i), w.form, "_", w.upos, w.xpos, "_", str(places[id(w.head)] if w.head else 0),
                   w.relation if w.head else "root", "_", "_"))
        for i, w in enumerate(words, 1)
    ]  # fmt: skip
    return "\n".join((f"# text = {text}", *rows, ""))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    pools = Pools()
    for path in sorted(options.treebanks.glob("train/*.conllu")):
        for tree in read_trees(path.read_text(encoding="utf-8")):
            fill(pools, tree)
    splicer = Splicer(pools, random.Random(options.seed))
    written = 0
    while written < options.count:
        words = splicer.sentence()
        if len(words) <= MAX_WORDS:
            print(write(words))
            written += 1


if __name__ == "__main__":
    main()
