import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.sentences import MAX_SENTENCE_CHARS, iter_sentences, split_sentences

_WORD = re.compile(r"\w+")


def texts(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split_sentences(text, language)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dr. Maren met the U.S. envoy on Jan. 10.", "Prices rose by 3.5%."],
        ["J. K. Maren and H. Aas left.", "They went home."],
        ["Prices rose by 3.5 percent.", "Then they fell by 0.7."],
        ["Mr. Aas left at 5 p.m. on Monday.", "It was late."],
        ["The council meets at 6 p.m. April 28 in the hall.", "It is open."],
        ["The council meets at 6 p.m. Tuesday.", "It ends at 8 p.m. ET."],
        ["It closed at 6 p.m.", "May was quiet."],
        ["The U.S. left.", "It was late."],
        ["The company, Aas Inc., closed.", "It was old."],
        ["No. 5 is closed.", "It is old."],
        ["He waited … and left.", "She stayed..."],
        ["The port ... was closed.", "It opened."],
        ["The ship sank!", "The crew left."],
    ],
    ids=lambda sentences: sentences[0],
)
def test_mark_inside_a_sentence_does_not_end_it(sentences: list[str]) -> None:
    assert texts(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["“The port lost 40 ships.", "It hired 900 sailors,” Keller said."],
        ['"The port lost 40 ships.', 'It hired 900 sailors," Keller said.', "He left."],
        ["He left.", "“It is over.", "We go home,” Mary said.", "Nobody spoke."],
        ["He left.", "“It is over.”", "Nobody spoke."],
        ["She said: “It is over.”", "He left."],
        ["“Is it over?” Mary asked.", "Nobody knew."],
    ],
    ids=lambda sentences: sentences[0],
)
def test_quotation_is_cut_at_its_sentences_and_keeps_who_speaks(sentences: list[str]) -> None:
    assert texts(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("LONDON —", "The port lost 40 ships."),
        ("BAGHDAD (AP) —", "The port lost 40 ships."),
        ("OSTREL, Jan 12 (Reuters) -", "The port lost 40 ships."),
        ("14:05", "The port closed."),
        ("10:45 -", "The port closed."),
    ],
)
def test_dateline_and_time_stamp_stand_apart(head: str, sentence: str) -> None:
    assert texts(f"{head} {sentence}") == [head, sentence]


def test_headings_and_list_items_stand_alone() -> None:
    assert texts("Ferry to close\n\n- one ship\n- two crews.") == ["Ferry to close", "one ship", "two crews."]


@pytest.mark.parametrize("bullet", ["-", "*", "•", "–", "▪", "1.", "2)", "12."])
def test_bullet_is_no_part_of_its_item(bullet: str) -> None:
    text = f"Two lists:\n{bullet} one ship"
    assert texts(text) == ["Two lists:", "one ship"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_wrapped_lines_are_one_sentence(line_break: str) -> None:
    text = f"The ferry company sold both of its ships{line_break}in March."
    assert texts(text) == [text]


def test_short_lines_are_not_wrapped_ones() -> None:
    assert texts("By Henrik Aas\nOSTREL, Jan 12\nThe port closed.") == [
        "By Henrik Aas",
        "OSTREL, Jan 12",
        "The port closed.",
    ]


def test_sentence_without_end_is_cut() -> None:
    assert max(len(sentence) for sentence in texts("word " * 2_000)) <= MAX_SENTENCE_CHARS


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Das sind z. B. 40 Schiffe.", "Am 3. März 2022 endete es."]),
        ("fr", ["Le port a fermé en 2019.", "Il est loin."]),
        ("es", ["El Sr. Aas se fue.", "¿Por qué?"]),
        ("ar", ["غادر السفير.", "هل عاد؟"]),
    ],
)
def test_other_languages_have_their_own_abbreviations(language: str, sentences: list[str]) -> None:
    assert texts(" ".join(sentences), language) == sentences


def test_first_sentence_is_read_before_the_last_is_looked_for() -> None:
    first = next(iter_sentences("The port closed.\n\n" * 100_000))
    assert first[:3] == ("The port closed.", 0, 16)


@given(st.text(), st.sampled_from(["en", "de", "ar", "und", "??"]))
def test_places_are_exact_and_in_order(text: str, language: str) -> None:
    sentences = split_sentences(text, language)
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    assert all(one.end <= two.start for one, two in pairwise(sentences))


@given(st.lists(st.sampled_from(("The port closed.", "“Why?”", "Mr. Aas left.", "\n", "- ", "14:05 ")), max_size=9))
def test_no_word_is_lost(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [word for sentence in texts(text) for word in _WORD.findall(sentence)] == _WORD.findall(text)
