"""How alike two claims are, and why, without a database."""

import pytest

from claims.matching.facts import compare_facts
from claims.matching.likeness import ALIKE, Comparable, compare
from tests.matching.gold import comparable, precision_and_recall, read_pairs

VELMAR = "The harbour of Velmar employs roughly 2,500 dockers."


def alike(one: str, other: str, facts: tuple = ({}, {}), claimants: tuple = (None, None)):
    texts = [Comparable.of(text, "", *rest) for text, *rest in zip((one, other), facts, claimants, strict=True)]
    return compare(*texts)


def test_a_claim_is_as_like_as_can_be_to_itself():
    assert alike(VELMAR, VELMAR).degree == 1


def test_claims_that_share_nothing_are_not_alike():
    assert alike(VELMAR, "Sugar makes children ill.").degree == 0


@pytest.mark.parametrize("text", ["", "\x00", "!!!", "of the", "134"])
def test_without_words_nothing_is_like_it(text):
    assert alike(text, text).degree == alike(text, VELMAR).degree == 0


def test_it_is_the_same_from_both_sides():
    for pair in read_pairs():
        one, other = comparable(pair.one), comparable(pair.other)
        assert compare(one, other).degree == compare(other, one).degree


def test_the_reasons_are_in_the_words_of_the_first():
    found = alike(VELMAR, "In Velmar's harbours 2500 people work")
    assert (found.shared_words, found.shared_numbers) == (("harbour", "Velmar"), ("2,500",))


def test_another_figure_is_less_alike_and_still_alike():
    one, other = ({"quantity": {"value": value, "unit": "dockers"}} for value in (2500, 1900))
    same = alike(VELMAR, VELMAR, (one, one))
    differing = alike(VELMAR, VELMAR.replace("2,500", "1,900"), (one, other))
    assert ALIKE < differing.degree < same.degree
    assert (same.same_facts, differing.differing_facts) == (("quantity",), ("quantity",))


def test_another_subject_is_less_alike_than_another_figure():
    figure, subject = VELMAR.replace("2,500", "1,900"), VELMAR.replace("Velmar", "Ostrand")
    assert alike(VELMAR, subject).degree < alike(VELMAR, figure).degree


def test_a_name_and_a_number_meet_across_languages():
    assert alike(VELMAR, "Im Hafen von Velmar arbeiten 2.500 Menschen").degree >= ALIKE
    assert alike(VELMAR, "Im Hafen von Ostrand arbeiten 2.500 Menschen").degree < ALIKE


def test_the_same_claimant_adds_to_words_and_is_nothing_without():
    other = "Velmar feeds the dockers of its harbour"
    assert alike(VELMAR, other, claimants=(1, 1)).degree > alike(VELMAR, other, claimants=(1, 2)).degree
    assert alike(VELMAR, "Sugar is sweet", claimants=(1, 1)).degree == 0


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"value": 2500, "unit": "dockers"}, {"value": 2500, "unit": "docker"}, True),
        ({"value": 2500, "unit": "dockers"}, {"value": 2600, "unit": "dockers"}, False),
        ({"value": 2500, "bound": "about", "unit": "x"}, {"value": 2519, "unit": "x"}, True),
        ({"value": 2500, "bound": "about", "unit": "x"}, {"value": 2600, "unit": "x"}, False),
        ({"value": 1, "value_max": 3}, {"value": 1}, False),
        ({"value": 2500, "unit": "dockers"}, {"value": 2500, "unit": "ships"}, None),
        ({"value": 1, "currency": "EUR"}, {"value": 1, "currency": "USD"}, None),
        ({"value": "many"}, {"value": "many"}, None),
        ({"value": True}, {"value": 1}, None),
        ("2500", {"value": 2500}, None),
    ],
)
def test_quantities_are_compared_where_they_count_the_same(one, other, found):
    same, differing = compare_facts({"quantity": one}, {"quantity": other})
    assert (bool(same), bool(differing)) == (found is True, found is False)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("2019", "2019-03", True),
        ("2019-03~", "2019-03", True),
        ("2019", "2020", False),
        ("2019-03", "2019-04", False),
        ("XXXX-07", "XXXX-07", None),
        ("", "2019", None),
        (2019, "2019", None),
    ],
)
def test_dates_are_compared_as_far_as_both_tell(one, other, found):
    same, differing = compare_facts({"date": one}, {"date": other})
    assert (bool(same), bool(differing)) == (found is True, found is False)


@pytest.mark.parametrize(("part", "precision", "recall"), [("fitted", 0.9, 0.9), ("unseen", 0.7, 0.8)])
def test_it_says_mostly_what_people_say(part, precision, recall):
    judged = [(compare(comparable(p.one), comparable(p.other)).degree >= ALIKE, p.alike) for p in read_pairs(part)]
    found = precision_and_recall(judged)
    assert found[0] >= precision
    assert found[1] >= recall
