"""How far people who judge the same claims agree: raw, and corrected for agreement by chance."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

Value = int | float | str
Unit = Mapping[int, Value]  # one judged claim: rater's id -> value; who did not judge it is not in it
Level = Literal["nominal", "ordinal"]
V = TypeVar("V", bound=Value)


def percent_agreement(units: Sequence[Unit]) -> float | None:
    """The share (0 to 1) of agreeing pairs among all pairs of raters of one unit, pooled over the units.

    None where no unit has two raters.
    """
    pairs = [pair for unit in units for pair in combinations(unit.values(), 2)]
    if not pairs:
        return None
    return sum(one == other for one, other in pairs) / len(pairs)


def cohens_kappa(pairs: Sequence[tuple[V, V]]) -> float | None:
    """Agreement of two raters beyond chance (-1 to 1) on a nominal scale; a pair is what both said of one unit.

    None where nothing was judged, and where both always gave one and the same value: chance alone then explains all.

    Cohen (1960), A Coefficient of Agreement for Nominal Scales.
    """
    agreeing = sum(one == other for one, other in pairs)
    first = Counter(one for one, _ in pairs)
    second = Counter(other for _, other in pairs)
    # Both shares times the pairs squared: whole numbers, so that no rounding decides whether chance explains all.
    expected = sum(first[value] * second[value] for value in first)
    possible = len(pairs) ** 2
    if expected == possible:
        return None
    return (len(pairs) * agreeing - expected) / (possible - expected)


def krippendorffs_alpha(units: Sequence[Unit], level: Level) -> float | None:
    """Agreement of any number of raters beyond chance (1: perfect, 0: as by chance), where not all judged all.

    Units with one rater do not count. Ordinal values are numbers in the order of the scale, whatever the distances
    between them; a value that is no number is a ValueError. None where no unit has two raters, and where all of them
    gave one and the same value.

    The formula of Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, in our own lines: the package of
    that name is under the GPL, so that only the tests use it.
    """
    counts = [Counter(unit.values()) for unit in units if len(unit) > 1]
    values = set[Value]().union(*counts)
    if len(values) < 2:
        return None
    scale = sorted(values, key=float if level == "ordinal" else str)
    # Floats add up to the last digit the same only in a fixed order: whatever the order of the units, one alpha.
    table = np.array(sorted([count[value] for value in scale] for count in counts), dtype=float)
    totals = table.sum(axis=0)
    distances = _distances(totals, level)
    expected = totals @ distances @ totals / (totals.sum() - 1)
    return float(1 - (_coincidences(table) * distances).sum() / expected)


def _coincidences(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """How often two values meet in one unit, from a row a unit of how often each was given.

    The paper's matrix but for its diagonal, which counts for nothing: a value is at no distance from itself.
    """
    pairable = table / (table.sum(axis=1, keepdims=True) - 1)
    return pairable.T @ table


def _distances(totals: NDArray[np.float64], level: Level) -> NDArray[np.float64]:
    """How far apart two values are, squared; on an ordinal scale, by how many of the values given lie between them."""
    if level == "nominal":
        return 1 - np.eye(len(totals))
    ranks = np.cumsum(totals) - totals / 2
    return np.subtract.outer(ranks, ranks) ** 2
