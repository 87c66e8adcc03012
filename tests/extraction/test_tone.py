import pytest

from claims.extraction.tone import is_claimless, is_comparison, is_feeling, is_opinion, is_speech, is_vague
from claims.extraction.tree import Tree
from tests.extraction.reading import parse


@pytest.mark.parametrize(
    "sentence",
    [
        "Is the bridge safe?",
        "“Is the bridge safe?”",
        "هل الجسر آمن؟",
        "Good morning, Ostrel!",
        "Thank you for your letter.",
        "Read more: the bridge is closed.",
        "Subscribe to our newsletter.",
        "Copyright 2023 Ostrel Courier.",
        "“Please call the police.”",
        "More obituaries can be found on our website.",
        "Ana Keller covers the port for the Courier.",
        "Courier writer Ana Keller in Ostrel contributed to this report.",
        "Additional reporting by Ana Keller in Ostrel.",
        "Some names have been changed.",
        "3 June 2024 | Updated 10:15 a.m.",
        "Ana Keller · Posted: Mar 05, 2024",
        "(This report has been published from a syndicated feed.)",
        "The news service is solely responsible for all content.",
        "The Science desk receives support from the Keller Foundation.",
        "We’re closing our live coverage now.",
    ],
)
def test_question_greeting_call_or_furniture_asserts_nothing(sentence: str) -> None:
    assert is_claimless(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We put the figures on our website in 2021.",
        "The fund covers care for the Red Cross and 40 schools.",
        "The bridge is safe.",
        "He asked “why?” and left.",
        "Watchmen guard the port.",
        "The frost contributed to this harvest.",
        "Some streets have been renamed.",
        "Buyers paid $40.",
        "The school receives support from the Keller Foundation.",
        "We are closing our shop in May.",
        "The owner is solely responsible for the wall.",
        "This report was published by the bank in 2022 and found 40 errors.",
        "The research site is funded by the Keller Foundation.",
        "We are closing our coverage gap of 40% by 2025.",
        "",
    ],
)
def test_plain_assertion_is_not_claimless(sentence: str) -> None:
    assert not is_claimless(sentence)


def verb_of(tree: Tree) -> int:
    return next(index for index, word in enumerate(tree.words) if word.dep == "root")


@pytest.mark.parametrize(
    ("sentence", "feeling", "speech"),
    [
        ("The mayor hopes for rain.", True, False),
        ("The mayor loves the town.", True, False),
        ("The mayor spoke to the council.", False, True),
        ("The mayor sold the mill.", False, False),
    ],
)
def test_verb_tells_feeling_speech_or_fact(sentence: str, feeling: bool, speech: bool) -> None:
    tree = parse(sentence)
    assert (is_feeling(tree, verb_of(tree)), is_speech(tree, verb_of(tree))) == (feeling, speech)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("the mayor should resign", True),
        ("a beautiful bridge", True),
        ("Sadly, he left", True),
        ("he resigned", False),
        ("the union called the plan a disaster", True),
        ("the union called the vet", False),
        ("we were surprised by the flood", True),
        ("the crew were surprised by the flood", False),
    ],
)
def test_judgement_is_an_opinion(text: str, is_so: bool) -> None:
    assert is_opinion(text) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("more ships than in 2019", True), ("prices rose", True), ("the largest port", True), ("a large port", False)],
)
def test_ranking_or_change_is_a_comparison(text: str, is_so: bool) -> None:
    assert is_comparison(text) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("some people left", True), ("the bridge may close", True), ("often late", True), ("40 people left", False)],
)
def test_open_who_what_or_how_many_is_vague(text: str, is_so: bool) -> None:
    assert is_vague(text) is is_so


@pytest.mark.parametrize("words", ["Neither account could be independently verified", "It could not be confirmed"])
def test_what_the_outlet_could_not_check_is_no_claim(words: str) -> None:
    assert is_opinion(words)


def test_vote_that_is_still_to_be_confirmed_is_a_claim() -> None:
    assert not is_opinion("The judge will not be confirmed by the Senate before June")
