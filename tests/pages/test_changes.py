"""What readers are shown of a change: what weighs most first, and of long texts only what differs."""

from claims.pages.changes import describe_changes


def change(**fields: tuple[object, object]) -> list[tuple[str, list[str], list[str]]]:
    changes = {name: {"old": old, "new": new} for name, (old, new) in fields.items()}
    return [(one.field, one.before, one.after) for one in describe_changes(changes)]


def test_the_rating_comes_first():
    changed = change(
        evidence=([], ["https://a.example/"]), text=("", "So."), title=("A", "B"), rating=("False", "True")
    )
    assert changed == [
        ("rating", ["False"], ["True"]),
        ("title", ["A"], ["B"]),
        ("text", [], ["So."]),
        ("evidence", [], ["https://a.example/"]),
    ]


def test_paragraphs_that_stay_are_left_out_at_both_ends():
    before, after = "One.\n\nTwo.\n\nThree.\n\nFour.", "One.\n\nTwo!\n\nThree.\n\nFour."
    assert change(text=(before, after)) == [("text", ["Two."], ["Two!"])]
    assert change(text=(before, "One.\n\nFour.")) == [("text", ["Two.", "Three."], [])]
    assert change(text=("A.\n\nA.", "A.\n\nA.\n\nA.")) == [("text", [], ["A."])]
    assert change(text=("A.\n\nB.", "B.\n\nA.")) == [("text", ["A.", "B."], ["B.", "A."])]
