from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.sentences import MAX_SENTENCE_CHARS, split_sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


def test_abbreviations_and_decimals_do_not_end_a_sentence() -> None:
    text = "Dr. Maren met the U.S. envoy on Jan. 10. Prices rose by 3.5%."
    assert texts(text) == ["Dr. Maren met the U.S. envoy on Jan. 10.", "Prices rose by 3.5%."]


def test_headings_and_list_items_stand_alone() -> None:
    assert texts("Ferry to close\n\n- one ship\n- two crews.") == ["Ferry to close", "one ship", "two crews."]


def test_wrapped_lines_are_one_sentence() -> None:
    text = "The ferry company sold both of its ships\nin March."
    assert texts(text) == [text]


def test_sentence_without_end_is_cut() -> None:
    assert max(len(sentence) for sentence in texts("word " * 2_000)) <= MAX_SENTENCE_CHARS


@given(st.text(), st.sampled_from(["en", "de", "ar", "und", "??"]))
def test_places_are_exact_and_in_order(text: str, language: str) -> None:
    sentences = split_sentences(text, language)
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    assert all(one.end <= two.start for one, two in pairwise(sentences))
