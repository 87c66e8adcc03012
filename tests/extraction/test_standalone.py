import pytest

from tests.extraction.reading import propose


def stand_alone(text: str) -> str:
    """The last claim of the text without its context."""
    return propose(text)[-1].stand_alone


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("The port lost 40 ships.", "The port lost 40 ships."),
        ("But the council approved the plan.", "The council approved the plan."),
        ("The port lost 40 ships, officials said.", "The port lost 40 ships."),
        ("The bridge was built in 2019.", "The bridge was built in 2019."),
        ("The crew sold its 40 ships.", "The crew sold its 40 ships."),
    ],
)
def test_plain_claim_stays_as_it_is(text: str, alone: str) -> None:
    assert stand_alone(text) == alone


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Maria Keller left Ostrel.\n\nShe sold 40 ships in 2023.", "Maria Keller sold 40 ships in 2023."),
        ("Maria Keller left Ostrel.\n\nHer brother sold 40 ships.", "Maria Keller’s brother sold 40 ships."),
        ("Maria Keller said that she sold 40 ships.", "Maria Keller sold 40 ships."),
        ("The Ostrel Port Authority said that it lost 40 ships.", "Ostrel Port Authority lost 40 ships."),
    ],
)
def test_pronoun_is_resolved_where_the_article_tells(text: str, alone: str) -> None:
    assert stand_alone(text) == alone


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("He sold 40 ships.", "[He?] sold 40 ships."),
        ("It lost 40 ships.", "[It?] lost 40 ships."),
        ("They sold 40 ships.", "[They?] sold 40 ships."),
        ("Its crew sold 40 ships.", "[Its?] crew sold 40 ships."),
        ("Their crew sold 40 ships.", "[Their?] crew sold 40 ships."),
        ("Here 40 ships sank.", "[Here?] 40 ships sank."),
    ],
)
def test_what_the_article_leaves_open_is_marked(text: str, alone: str) -> None:
    assert stand_alone(text) == alone


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("The bridge was built last year.", "The bridge was built last year [2023]."),
        ("The council hired 900 sailors yesterday.", "The council hired 900 sailors yesterday [2024-01-24]."),
        ("The port closed in May.", "The port closed in May [2023-05]."),
        ("The port lost 40 ships last summer.", "The port lost 40 ships last summer [2023-22]."),
    ],
)
def test_relative_date_is_resolved(text: str, alone: str) -> None:
    assert stand_alone(text) == alone


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("The council has 40 members.", "The council has 40 members [as of 2024-01-25]."),
        ("The mill is closed.", "The mill is closed [as of 2024-01-25]."),
        ("The council had 40 members.", "The council had 40 members."),
        ("The bank will close its branch.", "The bank will close its branch."),
    ],
)
def test_present_holds_as_of_publication(text: str, alone: str) -> None:
    assert stand_alone(text) == alone


def test_without_a_day_of_publication_nothing_is_dated() -> None:
    text = "The council has 40 members.\n\nThe port lost 900 sailors last year."
    assert [claim.stand_alone for claim in propose(text, published_on=None)] == [
        "The council has 40 members.",
        "The port lost 900 sailors last year.",
    ]


def test_speakers_of_themselves_are_quoted() -> None:
    assert stand_alone("“We sold 40 ships,” said Maria Keller.") == "Maria Keller: “We sold 40 ships”."
