"""Who is at the desk, and what is drawn at random for them to do; most of it likely to be done."""

from collections.abc import Iterable

from hypothesis import strategies as st

from claims.enums import ClaimKind, Role

REVIEWERS, EDITORS = ("rita", "ruth", "remy", "rosa"), ("edna", "egon")
JUDGES, ADJUDICATORS = (*REVIEWERS, *EDITORS), (*EDITORS, "adam")
ROLES = {**dict.fromkeys(REVIEWERS, Role.REVIEWER), **dict.fromkeys(EDITORS, Role.EDITOR),
         "paul": Role.PRODUCER, "adam": Role.ADMINISTRATOR, "otto": None}  # fmt: skip
MAY_JUDGE, MAY_EDIT, MAY_ADJUDICATE = {Role.REVIEWER, Role.EDITOR}, {Role.EDITOR}, {Role.EDITOR, Role.ADMINISTRATOR}
PROOF = [{"url": "https://port.example/"}]
NO_RULE = (3, 1)  # one of three is no majority


def mostly(names: Iterable[str]) -> st.SearchStrategy[str]:
    """One of them, or anybody."""
    return st.sampled_from([*list(names) * 4, *ROLES])


judges, editors, adjudicators = mostly(JUDGES), mostly(EDITORS), mostly(ADJUDICATORS)
others = st.sampled_from([None] * 20 + list(ROLES))  # instead of who it belongs to
numbers = st.integers(0, 11)
wanted_numbers = st.integers(0, 9)
ratings = st.sampled_from([0, 0, 1, 4, 5])
reasons = st.sampled_from(["So it is."] * 5 + [" "])
kinds = st.sampled_from([ClaimKind.QUANTITY, ClaimKind.EVENT])
fences = st.sampled_from([0] * 5 + [-1, 1])  # added to the right one
hosts = st.sampled_from([None, None, "port.example", "herald.example", " "])
boosts = st.sampled_from([None, -2, 2, 3])
hours = st.sampled_from([None, -1, 9])
some_rules = st.lists(
    st.builds(
        lambda size, more: {"seats": size[0], "agreeing": size[1]} | more,
        st.sampled_from([(1, 1), (2, 2), (2, 2), (3, 2), (3, 2), (3, 3), (3, 3), NO_RULE]),
        st.fixed_dictionaries(
            {
                "tolerance": st.sampled_from([0, 0, 1]),
                "is_blind": st.booleans(),
                "adjudicated_by": st.sampled_from([Role.EDITOR, Role.EDITOR, Role.ADMINISTRATOR]),
                "min_publishers": st.sampled_from([0] * 7 + [1]),
                "hours_to_decide": st.sampled_from([1, 72]),
            }
        ),
    ),
    min_size=1,
    max_size=2,
)
a_day = {
    "number": numbers,
    "given": st.lists(ratings, min_size=1, max_size=3),
    "first": st.integers(0, 5),
    "then": st.sampled_from([None, "adjudicate", "send", "send"]),
}
some_days = st.lists(st.fixed_dictionaries(a_day), max_size=4)
