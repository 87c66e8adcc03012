"""Do the verdicts of a round carry a rating? Pure: ratings and numbers in, a rating out."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Step(NamedTuple):
    """A rating as sign-off sees it: `place` is its rank among the ordered ratings of its scale, None outside them."""

    rating: int
    place: int | None


def find_decision(steps: Sequence[Step], agreeing: int, tolerance: int, places: int) -> Step | None:
    """The rating within `tolerance` steps of which at least `agreeing` verdicts lie; None where they differ.

    Among several: the one with most verdicts near it, then most verdicts on it, then nearest to the middle of the
    `places` of the scale, then the less true. Places count from 0, the least true.
    """
    counted = Counter(steps)
    support = {step: sum(n for other, n in counted.items() if _is_near(step, other, tolerance)) for step in counted}
    carried = [step for step in counted if support[step] >= agreeing]
    middle = (places - 1) / 2

    def preference(step: Step) -> tuple[float, ...]:
        place = middle if step.place is None else step.place
        return -support[step], -counted[step], abs(place - middle), place

    return min(carried, key=preference, default=None)


def _is_near(one: Step, other: Step, tolerance: int) -> bool:
    if one.place is None or other.place is None:
        return one.rating == other.rating
    return abs(one.place - other.place) <= tolerance
