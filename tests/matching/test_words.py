"""The words and numbers of a claim, in any language, from any text."""

import pytest

from claims.matching.terms import Commonness, choose_queries
from claims.matching.words import MOST_READ, read_words


def test_words_meet_across_their_forms():
    one = read_words("The harbour employs roughly 2,500 dockers.")
    other = read_words("Employed in harbours: a docker")
    assert list(one.words.values()) == ["harbour", "employs", "dockers"]
    assert one.words.keys() == other.words.keys()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2,500 or 2.500 or 2 500 or 2'500 or ٢٬٥٠٠ or 2500", ["2500"]),
        ("1,234,567.50", ["1234567.5"]),
        ("4.3 and 4,3", ["4.3"]),
        ("$4.3bn for 40bn", ["4.3", "40"]),
        ("COVID-19 at 12% in 2019, 007", ["19", "12", "2019", "7"]),
        ("2,5000", ["2.5"]),
        ("G20 and the two", []),
        ("as of 2024-02-12, until 2021-12, at 555-12-12", ["2024", "2021", "555", "12"]),
    ],
)
def test_numbers_meet_across_ways_of_writing_them(text, numbers):
    assert list(read_words(text).numbers) == numbers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Der Hafen beschäftigt rund 2.500 Hafenarbeiter", ["hafen", "bescha", "hafena"]),
        ("يعمل نحو 2500 عامل في الميناء.", ["يعمل", "عامل", "ميناء"]),
        ("Les élus ont été réélus à Évry", ["elus", "ete", "reelu", "evry"]),
        ("नमस्ते दुनिया", ["नमसते", "दुनिया"]),
        ("The U.S. and the US", ["us"]),
    ],
)
def test_words_of_other_languages(text, words):
    assert list(read_words(text).words) == words


def test_names_have_a_capital_letter_where_none_has_to_be():
    said = read_words("Velmar grew. Ostrand and Brenn did not, said Velmar.")
    assert (said.names, said.openings) == ({"velmar", "brenn"}, {"ostran"})


@pytest.mark.parametrize("text", ["", "   ", "the of and", "!!! '", "\x00", "' | & ! :* <-> \\", "🚢", "%s"])
def test_what_has_no_words_says_nothing(text):
    said = read_words(text)
    assert (said.words, said.numbers) == ({}, {})
    assert choose_queries(said, Commonness()) == ("", "")


@pytest.mark.parametrize("text", ["9" * 10_000, "a." * 5_000, "2,500 " * 2_000, "'" * 10_000, "Ö" * 10_000])
def test_of_a_very_long_text_the_beginning_is_read(text):
    said = read_words(text)
    assert sum(map(len, [*said.words.values(), *said.numbers.values()])) <= MOST_READ


# What is looked for.


def test_terms_hold_nothing_but_letters_and_digits_in_quotes():
    queries = choose_queries(read_words("It's 'x' | \"dockers\" & !ships:* \\ O'Brien's 2,500"), Commonness())
    assert "Brien" in queries.pairs
    assert not set('!\\"<>-%\x00') & set(queries.pairs + queries.alone)


def test_common_words_are_not_looked_for_alone():
    known = Commonness(1_000_000, {"harbour": 0.3, "ships": 0.3, "velmar": 0.0001}, 0.00001)
    queries = choose_queries(read_words("Velmar harbour ships"), known)
    assert queries.alone == "'Velmar':*"
    assert queries.pairs == "('Velmar':* & 'harbour') | ('Velmar':* & 'ships')"


def test_nothing_but_common_words_are_looked_for_together():
    known = Commonness(1_000_000, {"harbour": 0.3, "ships": 0.3, "boats": 0.3}, 0.00001)
    queries = choose_queries(read_words("boats ships harbour"), known)
    assert queries == ("'harbour' & 'boats' & 'ships'", "")


def test_what_is_looked_for_can_be_afforded():
    shares = {"harbour": 0.0012, "ships": 0.0013, "velmar": 0.0014, "dockers": 0.019}
    queries = choose_queries(read_words("Velmar harbour ships dockers"), Commonness(1_000_000, shares, 0.00001))
    assert queries.alone == "'harbour':*"  # with the next one it would be more than 2,000
    assert queries.pairs.count("&") == 6
    many = {word: share * 100 for word, share in shares.items()}
    assert choose_queries(read_words("Velmar harbour ships dockers"), Commonness(1_000_000, many, 0)).alone == ""


def test_a_year_is_not_looked_for_alone():
    assert choose_queries(read_words("2019"), Commonness()).alone == ""
    assert choose_queries(read_words("2500"), Commonness()).alone == "('2,500' | '2.500' | '2500')"
