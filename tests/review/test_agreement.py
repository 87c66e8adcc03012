"""Coefficients of agreement, against published examples and independent implementations."""

import krippendorff
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from claims.review.agreement import cohens_kappa, krippendorffs_alpha, percent_agreement

LEVELS = pytest.mark.parametrize("level", ["nominal", "ordinal"])
SCORES = st.integers(1, 4)
PAIRS = st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=20)
COMPLETE = st.integers(2, 4).flatmap(
    lambda raters: st.lists(st.fixed_dictionaries(dict.fromkeys(range(raters), SCORES)), min_size=1, max_size=12)
)
WITH_GAPS = st.lists(st.dictionaries(st.integers(1, 5), SCORES), max_size=12)


def read_units(*raters: str) -> list[dict[int, int]]:
    """Units from one line a rater, one digit a unit; a dot is a unit that the rater did not judge."""
    return [
        {rater: int(value) for rater, value in enumerate(column) if value != "."}
        for column in zip(*raters, strict=True)
    ]


def ask_nltk(units) -> AnnotationTask:
    return AnnotationTask([(rater, item, value) for item, unit in enumerate(units) for rater, value in unit.items()])


# Raw agreement.


def test_raw_agreement_is_the_share_of_agreeing_pairs():
    assert percent_agreement([{1: "true", 2: "true"}, {1: "true", 2: "false"}]) == 0.5


def test_a_unit_weighs_as_many_pairs_as_it_has():
    assert percent_agreement([{1: "true", 2: "true", 3: "false"}, {1: "true", 3: "true"}]) == 2 / 4


def test_raw_agreement_on_one_value_is_full():
    assert percent_agreement([{1: 3, 2: 3}, {1: 3, 2: 3}]) == 1


def test_raw_agreement_of_people_who_never_agree_is_none_at_all():
    assert percent_agreement([{1: 1, 2: 2}, {1: 2, 2: 1}]) == 0


@pytest.mark.parametrize("units", [[], [{}], [{1: "true"}], [{1: "true"}, {2: "true"}]])
def test_raw_agreement_needs_two_raters_of_one_unit(units):
    assert percent_agreement(units) is None


# Cohen's kappa.


def test_kappa_of_the_grant_proposals():
    """50 proposals, two readers: both said yes to 20 and no to 15, and differed on 5 and 10."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(("counts", "kappa"), [((45, 15, 25, 15), 0.1304), ((25, 35, 5, 35), 0.2593)])
def test_kappa_tells_apart_what_raw_agreement_does_not(counts, kappa):
    """Two published tables of 100 judgements, 60 agreeing in each."""
    cells = [("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")]
    pairs = [cell for cell, count in zip(cells, counts, strict=True) for _ in range(count)]
    assert percent_agreement([dict(enumerate(pair)) for pair in pairs]) == 0.6
    assert cohens_kappa(pairs) == pytest.approx(kappa, abs=5e-5)


@given(PAIRS)
def test_kappa_is_that_of_nltk(pairs):
    kappa = cohens_kappa(pairs)
    assume(kappa is not None)
    assert kappa == pytest.approx(ask_nltk([dict(enumerate(pair)) for pair in pairs]).kappa(), abs=1e-9)


def test_kappa_of_full_agreement_is_one_and_of_full_disagreement_is_negative():
    assert cohens_kappa([(1, 1), (2, 2)]) == 1
    assert cohens_kappa([(1, 2), (2, 1)]) == -1


def test_kappa_is_zero_where_only_one_rater_ever_varies():
    assert cohens_kappa([(1, 1), (1, 2), (1, 3)]) == 0


@pytest.mark.parametrize("pairs", [[], [("true", "true")], [("true", "true")] * 49])
def test_kappa_is_undefined_without_pairs_or_without_variation(pairs):
    assert cohens_kappa(pairs) is None


@given(st.data(), PAIRS)
def test_kappa_knows_no_order_of_units_or_raters(data, pairs):
    shuffled = data.draw(st.permutations(pairs))
    assert cohens_kappa(shuffled) == cohens_kappa([(other, one) for one, other in pairs]) == cohens_kappa(pairs)


# Krippendorff's alpha.


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_of_krippendorffs_four_observers(level, alpha):
    """Krippendorff (2011), sections C and D: twelve units, seven values missing."""
    units = read_units("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    assert round(krippendorffs_alpha(units, level), 3) == alpha


@pytest.mark.parametrize(
    ("one", "other", "alpha"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
    ids=["two values", "five values"],
)
def test_alpha_of_krippendorffs_two_observers(one, other, alpha):
    """Krippendorff (2011), sections A and B."""
    units = [dict(enumerate(pair)) for pair in zip(one, other, strict=True)]
    assert round(krippendorffs_alpha(units, "nominal"), 3) == alpha


@given(COMPLETE | WITH_GAPS)
def test_nominal_alpha_is_that_of_nltk(units):
    alpha = krippendorffs_alpha(units, "nominal")
    assume(alpha is not None)
    assert alpha == pytest.approx(ask_nltk(units).alpha(), abs=1e-9)


@LEVELS
@given(units=COMPLETE | WITH_GAPS)
def test_alpha_is_that_of_the_krippendorff_package(level, units):
    alpha = krippendorffs_alpha(units, level)
    assume(alpha is not None)
    counts = [[list(unit.values()).count(value) for value in range(1, 5)] for unit in units]
    assert alpha == pytest.approx(krippendorff.alpha(value_counts=counts, level_of_measurement=level), abs=1e-9)


@given(COMPLETE | WITH_GAPS)
def test_ordinal_alpha_knows_the_order_of_the_values_and_no_distances(units):
    stretched = [{rater: value**3 for rater, value in unit.items()} for unit in units]
    assert krippendorffs_alpha(stretched, "ordinal") == krippendorffs_alpha(units, "ordinal")


def test_ordinal_alpha_orders_numbers_not_their_digits():
    tens = [{1: 9, 2: 10}, {1: 10, 2: 11}, {1: 11, 2: 11}]
    ones = [{1: 1, 2: 2}, {1: 2, 2: 3}, {1: 3, 2: 3}]
    assert krippendorffs_alpha(tens, "ordinal") == krippendorffs_alpha(ones, "ordinal")


def test_only_ordinal_alpha_forgives_a_near_miss():
    near, far = read_units("112233", "122233"), read_units("112233", "132233")
    assert krippendorffs_alpha(near, "ordinal") > krippendorffs_alpha(near, "nominal")
    assert krippendorffs_alpha(far, "ordinal") < krippendorffs_alpha(far, "nominal")


def test_ordinal_alpha_refuses_values_without_an_order():
    with pytest.raises(ValueError, match="could not convert"):
        krippendorffs_alpha([{1: "true", 2: "false"}], "ordinal")


@LEVELS
def test_alpha_of_full_agreement_is_one_and_of_full_disagreement_is_negative(level):
    assert krippendorffs_alpha(read_units("12", "12"), level) == 1
    assert krippendorffs_alpha(read_units("12", "21"), level) == -0.5


@LEVELS
def test_a_unit_with_one_rater_does_not_count(level):
    units = read_units("123", "122")
    assert krippendorffs_alpha([*units, {1: 1}, {3: 4}, {}], level) == krippendorffs_alpha(units, level) != 1


@LEVELS
@pytest.mark.parametrize(
    "units",
    [[], [{}], [{1: 3}], [{1: 1}, {1: 2}, {2: 1}], [{1: 3, 2: 3}], [{1: 3, 2: 3}, {1: 3, 3: 3}, {2: 4}]],
    ids=["no unit", "no rater", "one value", "no pair", "one unit", "one value in pairs"],
)
def test_alpha_is_undefined_without_pairs_or_without_variation(level, units):
    assert krippendorffs_alpha(units, level) is None


# What does not matter.


@given(st.data(), COMPLETE | WITH_GAPS)
def test_neither_the_order_of_units_nor_who_the_raters_are_matters(data, units):
    names = data.draw(st.permutations(range(100, 106)))
    renamed = [{names[rater]: unit[rater] for rater in reversed(unit)} for unit in data.draw(st.permutations(units))]
    assert percent_agreement(renamed) == percent_agreement(units)
    for level in ("nominal", "ordinal"):
        assert krippendorffs_alpha(renamed, level) == krippendorffs_alpha(units, level)


def test_alpha_is_the_same_to_the_last_digit_whatever_the_order_of_units():
    split, even = {1: 1, 2: 2}, {1: 1, 2: 1, 3: 2, 4: 2}
    assert krippendorffs_alpha([split, even, even], "nominal") == krippendorffs_alpha([even, even, split], "nominal")
