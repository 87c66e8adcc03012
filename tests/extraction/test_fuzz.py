"""Any text is read without an error, and what is found keeps its promises."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import Candidate, extract, iter_claims, score_sentences
from claims.extraction.sentences import split_sentences
from claims.intake.cleaning import clean_page
from tests.benchmarks.news import read_articles
from tests.extraction.hostile_texts import CONTROLS, FOREIGN, FURNITURE, HARD, MARKS, PROSE, WHEN, WORDS
from tests.extraction.promises import LANGUAGES, PUBLISHED_ON, check_text

ARTICLES = read_articles()
PARAGRAPHS = [paragraph for article in ARTICLES for paragraph in article.split("\n\n") if len(paragraph) > 40]
WINDOW = 64

anything = st.text(st.characters(exclude_categories=()), max_size=400)
mixture = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(CONTROLS + MARKS + FOREIGN, max_size=8), st.text(max_size=4)), max_size=60
)
languages = st.sampled_from(LANGUAGES)
places = st.integers(0, 5_000)
inserts = st.sampled_from(("keep", "twice", "back", "capitals", "", *MARKS, *CONTROLS, *WORDS))


def paragraphs(at_least: int, at_most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(PARAGRAPHS), min_size=at_least, max_size=at_most)


def without_context(claims: list[Candidate], shift: int = 0) -> list[tuple[int, int, str, str]]:
    """What of a claim its own sentence decides: neither who speaks nor what follows from that."""
    return [(claim.start - shift, claim.end - shift, claim.kind.value, claim.quote) for claim in claims]


@settings(max_examples=100, deadline=None)
@given(anything, languages)
def test_any_characters_are_read(text: str, language: str) -> None:
    check_text(text, language)


@settings(max_examples=150, deadline=None)
@given(mixture, st.sampled_from(("", " ", " ", "\n")), languages)
def test_any_mixture_of_words_is_read(parts: list[str], joint: str, language: str) -> None:
    check_text(joint.join(parts), language)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PARAGRAPHS).map(str.split), st.integers(0, 80), st.integers(1, 40), st.sets(st.integers(0, 39)))
def test_any_piece_of_an_article_is_read(words: list[str], first: int, count: int, left_out: set[int]) -> None:
    piece = words[first : first + count]
    check_text(" ".join(word for place, word in enumerate(piece) if place not in left_out), "en")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WHEN), min_size=1, max_size=6).map(" ".join), st.none() | st.dates(), languages)
def test_any_day_of_publication_is_taken(text: str, day: date | None, language: str) -> None:
    check_text(f"40 ships sank {text}.", language, day)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(anything, mixture.map(" ".join)), max_size=4))
def test_any_sentence_is_scored(sentences: list[str]) -> None:
    scores = list(score_sentences(sentences))
    assert len(scores) == len(sentences)
    assert all(0 < score < 1 for score in scores)
    assert scores == [score for sentence in sentences for score in score_sentences([sentence])]


@pytest.mark.parametrize("language", ["en", "de", "ar", "zh"])
@pytest.mark.parametrize("name", HARD)
def test_hard_text_is_read(name: str, language: str) -> None:
    check_text(HARD[name], language)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(PARAGRAPHS), st.lists(st.tuples(places, places, places, inserts), min_size=1, max_size=5), languages
)
def test_mutilated_articles_are_read(text: str, cuts: list[tuple[int, int, int, str]], language: str) -> None:
    check_text(mutilate(text, cuts), language)


def mutilate(text: str, cuts: list[tuple[int, int, int, str]]) -> str:
    """Cut stretches out and put them elsewhere, or twice, backwards, in capitals, or something else in their place."""
    for start, length, place, insert in cuts:
        piece = text[start % (len(text) + 1) :][: length % 120]
        changes = {"keep": piece, "twice": piece * 2, "back": piece[::-1], "capitals": piece.upper()}
        rest = text.replace(piece, "", 1)
        cut = place % (len(rest) + 1)
        text = rest[:cut] + changes.get(insert, insert) + rest[cut:]
    return text


@settings(max_examples=40, deadline=None)
@given(paragraphs(1, 3), paragraphs(0, 3))
def test_claims_of_a_paragraph_do_not_depend_on_its_neighbours(before: list[str], after: list[str]) -> None:
    first, second = "\n\n".join(before), "\n\n".join(after)
    place = len(first) + 2
    together = extract(f"{first}\n\n{second}", PUBLISHED_ON)
    earlier = [claim for claim in together if claim.start < place]
    later = [claim for claim in together if claim.start >= place]
    assert without_context(earlier) == without_context(extract(first, PUBLISHED_ON))
    assert without_context(later, place) == without_context(extract(second, PUBLISHED_ON))


@settings(max_examples=10, deadline=None)
@given(paragraphs(0, 5), st.integers(2, 2_000))
def test_what_follows_a_window_changes_nothing_in_it(after: list[str], number: int) -> None:
    window = "\n\n".join(f"{number + i} ships sank in May, Henrik Aas said." for i in range(WINDOW))
    alone = extract(window, PUBLISHED_ON)
    assert len(alone) >= WINDOW
    assert extract("\n\n".join((window, *after)), PUBLISHED_ON)[: len(alone)] == alone


def test_claims_are_streamed_a_window_at_a_time() -> None:
    text, windows = "\n\n".join(PARAGRAPHS[:120]), []
    assert list(iter_claims(text, PUBLISHED_ON, on_window=lambda: windows.append(1))) == extract(text, PUBLISHED_ON)
    assert len(windows) == math.ceil(len(split_sentences(text)) / WINDOW)


@settings(max_examples=30, deadline=None)
@given(paragraphs(2, 5), st.lists(st.tuples(places, st.sampled_from(FURNITURE)), min_size=1, max_size=6))
def test_no_claim_lies_in_page_furniture(article: list[str], furniture: list[tuple[int, str]]) -> None:
    page = [*article, PROSE]
    for place, line in furniture:
        page.insert(place % (len(page) + 1), line)
    cleaned = clean_page("\r\n\r\n".join(page))
    for claim in check_text(cleaned.text, cleaned.language):
        assert any(claim.sentence in paragraph for paragraph in (*article, PROSE))
