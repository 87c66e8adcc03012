"""Marks sentences for the catalogue of translations where Django may not be known. Pure Python."""


def marked(words: str) -> str:
    """The same words. Whoever shows them to a person translates them then."""
    return words
