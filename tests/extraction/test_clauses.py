import pytest

from claims.extraction.clauses import find_clauses, stands_alone
from tests.extraction.reading import parse

Told = tuple[str, bool]  # a clause's words and whether they stand alone


def told(sentence: str) -> list[Told]:
    tree = parse(sentence)
    clauses = find_clauses(tree, frozenset())
    return [(tree.string(clause.words[0], clause.words[-1] + 1), stands_alone(clause, clauses)) for clause in clauses]


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("The council approved the plan.", [("The council approved the plan", True)]),
        ("But the council approved the plan.", [("the council approved the plan", True)]),
        ("The council approved the plan, and the mayor signed it.",
         [("The council approved the plan", True), ("the mayor signed it", True)]),
        ("The bridge is safe.", [("The bridge is safe", True)]),
        ("The bridge will close in May.", [("The bridge will close in May", True)]),
        ("She left.", [("She left", False)]),
        ("The old bridge.", []),
    ],
)  # fmt: skip
def test_clause_is_a_finite_verb_with_what_belongs_to_it(sentence: str, clauses: list[Told]) -> None:
    assert told(sentence) == clauses


def test_clause_with_a_reason_is_one_clause() -> None:
    sentence = "The mill closed because the river flooded it."
    assert told(sentence)[0] == (sentence.rstrip("."), True)
    assert [alone for _, alone in told(sentence)[1:]] == [False]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("The army entered the city and destroyed the bridge.", "army"),
        ("The council approved the plan.", "council"),
        ("The bridge is safe.", "bridge"),
    ],
)
def test_clause_knows_who_does_it(sentence: str, subject: str) -> None:
    tree = parse(sentence)
    subjects = {
        tree.words[clause.subject].text for clause in find_clauses(tree, frozenset()) if clause.subject is not None
    }
    assert subjects == {subject}


def test_words_outside_belong_to_no_clause() -> None:
    tree = parse("Officials said that the port lost 40 ships.")
    (clause,) = find_clauses(tree, outside=frozenset({0, 1, 2}))
    assert [tree.words[i].text for i in clause.words] == ["the", "port", "lost", "40", "ships"]
