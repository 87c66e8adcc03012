"""Marks sentences for the catalogue of translations where Django may not be known. Pure Python."""

STORED: list[str] = []  # sentences that the desk keeps in English; `claims.stored_words` says them in other languages


def marked(words: str) -> str:
    """The same words. Whoever shows them to a person translates them then."""
    return words


def stored(words: str) -> str:
    """The same words, marked as well. What is put in them is kept with them, and read back when they are shown."""
    STORED.append(words)
    return words
