"""Do verdicts carry a rating? By examples, and as properties of any verdicts."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.review.signoff import Step, find_decision

FALSE, MOSTLY_FALSE, HALF, MOSTLY_TRUE, TRUE = SCALE = [Step(10 + place, place) for place in range(5)]
UNVERIFIABLE, SATIRE = Step(20, None), Step(21, None)  # ratings outside the steps of the scale
RATINGS = [*SCALE, UNVERIFIABLE, SATIRE]


def decide(steps: list[Step], agreeing: int, tolerance: int) -> Step | None:
    return find_decision(steps, agreeing, tolerance, len(SCALE))


@pytest.mark.parametrize(
    ("steps", "agreeing", "tolerance", "decision"),
    [
        # One verdict, and verdicts that are the same.
        ([HALF], 1, 0, HALF),
        ([UNVERIFIABLE], 1, 0, UNVERIFIABLE),
        ([TRUE, TRUE], 2, 0, TRUE),
        ([UNVERIFIABLE, UNVERIFIABLE], 2, 1, UNVERIFIABLE),
        # Without tolerance a step is a difference.
        ([TRUE, MOSTLY_TRUE], 2, 0, None),
        ([TRUE, TRUE, MOSTLY_TRUE], 2, 0, TRUE),
        ([TRUE, TRUE, MOSTLY_TRUE], 3, 0, None),
        ([TRUE, HALF, FALSE], 2, 0, None),
        # With it, one step is none; the rating nearer to the middle of the scale stands.
        ([TRUE, MOSTLY_TRUE], 2, 1, MOSTLY_TRUE),
        ([FALSE, MOSTLY_FALSE], 2, 1, MOSTLY_FALSE),
        ([MOSTLY_TRUE, HALF], 2, 1, HALF),
        ([TRUE, HALF], 2, 1, None),
        ([TRUE, MOSTLY_TRUE, MOSTLY_FALSE], 2, 1, MOSTLY_TRUE),
        ([TRUE, HALF, FALSE], 2, 1, None),
        # The most verdicts near it come before all, then the most on it.
        ([TRUE, MOSTLY_TRUE, HALF], 2, 1, MOSTLY_TRUE),
        ([TRUE, MOSTLY_TRUE, HALF], 3, 1, MOSTLY_TRUE),
        ([TRUE, TRUE, MOSTLY_TRUE, HALF], 3, 1, MOSTLY_TRUE),
        ([TRUE, TRUE, MOSTLY_TRUE], 2, 1, TRUE),
        ([TRUE, TRUE, MOSTLY_TRUE], 3, 1, TRUE),
        ([TRUE, TRUE, HALF], 3, 1, None),
        # What is no step of the scale is near to nothing but itself.
        ([UNVERIFIABLE, HALF], 2, 1, None),
        ([UNVERIFIABLE, SATIRE], 2, 1, None),
        ([UNVERIFIABLE, UNVERIFIABLE, HALF], 2, 1, UNVERIFIABLE),
        ([UNVERIFIABLE, HALF, MOSTLY_TRUE], 2, 1, HALF),
        # Too few, or none.
        ([], 1, 0, None),
        ([TRUE], 2, 1, None),
    ],
)
def test_verdicts_carry_a_rating_or_differ(steps, agreeing, tolerance, decision):
    assert decide(steps, agreeing, tolerance) == decision


def test_between_two_ratings_as_near_to_the_middle_the_less_true_stands():
    lower, higher = Step(1, 1), Step(2, 2)
    assert find_decision([higher, lower], 2, 1, places=4) == lower


# Any verdicts: one to five of them, more than half of which must agree.


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Step], int, int]:
    steps = draw(st.lists(st.sampled_from(RATINGS), min_size=1, max_size=5))
    agreeing = draw(st.integers(len(steps) // 2 + 1, len(steps)))
    return steps, agreeing, draw(st.integers(0, 1))


def near(decision: Step, steps: list[Step], tolerance: int) -> list[Step]:
    """Told otherwise than the code tells it: the same rating, or a neighbour on the scale."""
    around = {decision}
    if tolerance and decision in SCALE:
        at = SCALE.index(decision)
        around |= set(SCALE[max(at - 1, 0) : at + 2])
    return [step for step in steps if step in around]


@given(rounds())
def test_the_order_of_verdicts_does_not_matter(judged):
    steps, agreeing, tolerance = judged
    assert len({decide(list(order), agreeing, tolerance) for order in permutations(steps)}) == 1


@given(rounds())
def test_a_decision_is_a_verdict_that_enough_verdicts_are_near_to(judged):
    steps, agreeing, tolerance = judged
    decision = decide(steps, agreeing, tolerance)
    assert decision is None or decision in steps
    assert decision is None or len(near(decision, steps, tolerance)) >= agreeing


@given(rounds())
def test_verdicts_differ_only_where_none_has_enough_near_to_it(judged):
    steps, agreeing, tolerance = judged
    carried = [step for step in steps if len(near(step, steps, tolerance)) >= agreeing]
    assert (decide(steps, agreeing, tolerance) is None) == (not carried)


@given(st.sampled_from(RATINGS), st.integers(1, 5), st.data())
def test_verdicts_that_are_all_the_same_carry_their_rating_whatever_the_rule(rating, judges, data):
    agreeing, tolerance = data.draw(st.integers(1, judges)), data.draw(st.integers(0, 1))
    assert decide([rating] * judges, agreeing, tolerance) == rating


@given(rounds())
def test_without_tolerance_the_rating_of_the_majority_stands(judged):
    steps, agreeing, _ = judged
    majority = [step for step in set(steps) if steps.count(step) >= agreeing]
    assert decide(steps, agreeing, 0) == (majority[0] if majority else None)


@given(rounds())
def test_one_more_verdict_for_the_decision_keeps_it_carried(judged):
    steps, agreeing, tolerance = judged
    decision = decide(steps, agreeing, tolerance)
    assert decision is None or decide([*steps, decision], agreeing, tolerance) == decision
