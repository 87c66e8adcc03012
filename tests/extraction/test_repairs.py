import pytest

from claims.extraction.repairs import repair
from claims.extraction.tokens import Token, tokenise


def parse(text: str, *parsed: tuple[int, str, str, str]) -> list[Token]:
    """`parsed`: head, relation, UPOS and XPOS of each word."""
    words = tokenise(text)
    for word, (head, relation, upos, xpos) in zip(words, parsed, strict=True):
        word.head, word.rel, word.dep, word.upos, word.xpos = head, relation, relation, upos, xpos
    repair(words)
    return words


def arcs(words: list[Token]) -> list[tuple[int, str]]:
    return [(word.head, word.rel) for word in words]


def test_circle_is_opened() -> None:
    words = parse("ships sank", (1, "nsubj", "NOUN", "NNS"), (0, "root", "VERB", "VBD"))
    assert sum(word.head == -1 for word in words) == 1


def test_second_root_stands_beside_the_verb() -> None:
    words = parse(
        "ships sank yesterday", (1, "nsubj", "NOUN", "NNS"), (-1, "root", "VERB", "VBD"), (-1, "root", "ADV", "RB")
    )
    assert arcs(words) == [(1, "nsubj"), (-1, "root"), (1, "parataxis")]


def test_first_noun_without_a_head_is_the_subject() -> None:
    noun = (-1, "root", "NOUN", "NNS")
    words = parse("ports ships sank", noun, noun, (-1, "root", "VERB", "VBD"))
    assert arcs(words) == [(2, "nsubj"), (2, "parataxis"), (-1, "root")]


@pytest.mark.parametrize("text", ["in May sank", "sank in May"])
def test_noun_without_a_head_behind_a_preposition_says_when_or_where(text: str) -> None:
    place = text.split().index("May")
    parts = {
        "in": (place, "case", "ADP", "IN"),
        "May": (-1, "root", "PROPN", "NNP"),
        "sank": (-1, "root", "VERB", "VBD"),
    }
    words = parse(text, *(parts[word] for word in text.split()))
    assert arcs(words)[place] == (text.split().index("sank"), "obl")


def test_subject_reaches_over_no_verb_that_governs_its_own() -> None:
    words = parse(
        "Talks are due to resume",
        (4, "nsubj", "NOUN", "NNS"),
        (2, "cop", "AUX", "VBP"),
        (-1, "root", "ADJ", "JJ"),
        (4, "mark", "PART", "TO"),
        (2, "xcomp", "VERB", "VB"),
    )
    assert arcs(words)[0] == (2, "nsubj")


def test_thing_beside_a_verb_is_its_object_if_nothing_parts_them() -> None:
    verb, thing = (-1, "root", "VERB", "VBP"), (0, "parataxis", "NOUN", "NNS")
    assert parse("Bar ships", verb, thing)[-1].rel == "obj"
    assert parse("Bar , ships", verb, (0, "punct", "PUNCT", ","), thing)[-1].rel == "parataxis"


@pytest.mark.parametrize(("opener", "arc"), [("who", (1, "acl:relcl")), ("when", (0, "advcl"))])
def test_clause_that_who_opens_behind_a_noun_is_about_that_noun(opener: str, arc: tuple[int, str]) -> None:
    words = parse(
        f"Push owners {opener} began",
        (-1, "root", "VERB", "VB"),
        (0, "obj", "NOUN", "NNS"),
        (3, "nsubj", "PRON", "WP"),
        (0, "advcl", "VERB", "VBD"),
    )
    assert arcs(words)[3] == arc


def test_what_stands_before_when_is_no_part_of_that_clause() -> None:
    words = parse(
        "Troops stayed since May , when fighting ended",
        (1, "nsubj", "NOUN", "NNS"),
        (-1, "root", "VERB", "VBD"),
        (3, "case", "ADP", "IN"),
        (7, "obl", "PROPN", "NNP"),
        (7, "punct", "PUNCT", ","),
        (7, "advmod", "ADV", "WRB"),
        (7, "nsubj", "NOUN", "NN"),
        (1, "advcl", "VERB", "VBD"),
    )
    assert arcs(words)[3] == (1, "obl")


@pytest.mark.parametrize(("subject", "tag", "xpos"), [("inflation", "NN", "VBD"), ("rates", "NNS", "VBP")])
def test_verb_of_one_form_is_past_beside_one_thing(subject: str, tag: str, xpos: str) -> None:
    words = parse(
        f"{subject} hit four",
        (1, "nsubj", "NOUN", tag),
        (-1, "root", "VERB", "VBP"),
        (1, "obj", "NUM", "CD"),
    )
    assert words[1].xpos == xpos


def test_what_stands_before_a_colon_belongs_to_the_verb_there() -> None:
    words = parse(
        "trams ran late: ships sank",
        (5, "nsubj", "NOUN", "NNS"),
        (0, "acl", "VERB", "VBD"),
        (5, "advmod", "ADV", "RB"),
        (5, "punct", "PUNCT", ":"),
        (5, "nsubj", "NOUN", "NNS"),
        (-1, "root", "VERB", "VBD"),
    )
    assert arcs(words)[:3] == [(1, "nsubj"), (5, "parataxis"), (1, "advmod")]


def test_clause_goes_on_behind_as() -> None:
    words = parse(
        "mills lost sales, as prices bit",
        (1, "nsubj", "NOUN", "NNS"),
        (-1, "root", "VERB", "VBD"),
        (1, "obj", "NOUN", "NNS"),
        (6, "punct", "PUNCT", ","),
        (5, "case", "SCONJ", "IN"),
        (6, "obl", "NOUN", "NNS"),
        (1, "parataxis", "VERB", "VBD"),
    )
    assert arcs(words)[4:] == [(6, "mark"), (6, "nsubj"), (1, "advcl")]


def test_name_behind_told_is_whom_it_was_told() -> None:
    words = parse(
        "he told Ostrel ships sank",
        (1, "nsubj", "PRON", "PRP"),
        (-1, "root", "VERB", "VBD"),
        (4, "obl", "PROPN", "NNP"),
        (4, "nsubj", "NOUN", "NNS"),
        (1, "ccomp", "VERB", "VBD"),
    )
    assert arcs(words)[2] == (1, "iobj")


def test_noun_before_an_aside_is_the_subject_of_what_comes_after() -> None:
    words = parse(
        "ban, dated back, ends",
        (2, "nsubj", "NOUN", "NN"),
        (2, "punct", "PUNCT", ","),
        (5, "advcl", "VERB", "VBN"),
        (2, "advmod", "ADV", "RB"),
        (2, "punct", "PUNCT", ","),
        (-1, "root", "VERB", "VBZ"),
    )
    assert arcs(words)[0] == (5, "nsubj")
