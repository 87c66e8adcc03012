"""English sentences, parsed and read as the pipeline does it."""

from datetime import date

from claims.extraction import encoder, english
from claims.extraction.article import Article
from claims.extraction.candidates import Draft
from claims.extraction.pipeline import read_window
from claims.extraction.readings import Reading
from claims.extraction.sentences import split_sentences
from claims.extraction.tokens import tokenise
from claims.extraction.tree import Tree

PUBLISHED_ON = date(2024, 1, 25)  # a Thursday


def read(sentence: str, published_on: date | None = PUBLISHED_ON) -> Reading:
    words = tokenise(sentence)
    encoded = encoder.read(sentence, words)
    return Reading(Tree(sentence, words), published_on, encoded)


def parse(sentence: str) -> Tree:
    return read(sentence).tree


def draft(text: str, published_on: date | None = PUBLISHED_ON) -> list[Draft]:
    """The claims of the whole text before they are weighed."""
    return [found for reading in read_all(text, published_on) for found in english.draft_claims(reading)]


def propose(text: str, published_on: date | None = PUBLISHED_ON) -> list[Draft]:
    """As `draft`, with the clauses that are no claims: for what is asked of a clause, whatever the weights."""
    return [found for reading in read_all(text, published_on) for found in english.propose_claims(reading)]


def read_all(text: str, published_on: date | None) -> list[Reading]:
    return read_window(split_sentences(text), Article(), published_on)
