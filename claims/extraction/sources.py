"""Where a source is named outright: `according to the Pentagon`, `in the view of the mayor`."""

from claims.extraction.tree import Tree

_SOURCES = [source.split() for source in ("according to", "in the view of", "in the words of", "in the opinion of")]
_FIRST_WORDS = frozenset(source[0] for source in _SOURCES)


def length_of_source(tree: Tree, index: int) -> int:
    """How many words of `according to`, `in the view of` begin here; 0 if none do."""
    if tree.words[index].lower not in _FIRST_WORDS:
        return 0
    for source in _SOURCES:
        if [word.lower for word in tree.words[index : index + len(source)]] == source:
            return len(source)
    return 0


def noun_after(tree: Tree, index: int) -> int | None:
    """The head of the phrase that begins here."""
    words = tree.words
    at = next((i for i in range(index, min(len(words), index + 8)) if words[i].upos in ("NOUN", "PROPN", "PRON")), None)
    while at is not None and index < words[at].head < index + 12 and words[words[at].head].upos in ("NOUN", "PROPN"):
        if words[at].head < at or any(word.text in ",;" for word in words[at : words[at].head]):
            break
        at = words[at].head
    return at


def end_of_opening(tree: Tree, head: int) -> int:
    """`According to the Pentagon, …`: up to the comma."""
    words = tree.words
    commas = [i for i in range(head, len(words)) if words[i].text == ","]
    if not commas:
        return head + 1
    is_name = len(commas) > 1 and all(word.is_capitalised for word in words[commas[0] + 1 : commas[1]])
    return commas[is_name] + 1  # `According to the leader, Raila Odinga, …`
